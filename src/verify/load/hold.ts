import type { Change } from '../lab/overlay.ts';

/** Where a customer who answered is held until he is joined with an agent. */
export const HOLD_CONTEXT = 'lab-hold';
/** So long he may wait; nobody is held longer, whatever becomes of the dialler. */
const SECONDS = 30;

/**
 * A place in the dialplan: a call that is redirected out of it goes on where it is. Out of an application (`Application: Wait`) Asterisk has to move it into a new channel, and where that
 * meets its answer a channel `Surrogate/Local/...` may be left (seen in 22).
 */
export const HOLD_DIALPLAN = `[${HOLD_CONTEXT}]
exten = s,1,Wait(${SECONDS})
 same = n,Hangup()
`;

export const HOLD: Change = {
  file: 'etc/asterisk/extensions.conf',
  from: null,
  to: `\n${HOLD_DIALPLAN}`,
  because: 'the dialler holds customers there',
};
