import { setTimeout as pause } from 'node:timers/promises';
import type { Ami } from '../../asterisk/ami.ts';
import { MigrateError } from '../../error.ts';

/** A channel that has only just come to be may not know its Call-ID yet (func_channel.c: "Unknown or unavailable item"). */
const ASKED_AT_MOST = 20;
const ASK_AGAIN_MS = 50;

/** SIP Call-ID of a channel, or null where it is already gone. */
export async function callIdOf(ami: Ami, channel: string): Promise<string | null> {
  for (let tries = 0; tries < ASKED_AT_MOST; tries++) {
    const callId = await askCallId(ami, channel);
    if (callId !== '') return callId;
    await pause(ASK_AGAIN_MS);
  }
  return null;
}

/** '': the channel is there and does not tell; null: it is gone, as one that was refused at once. */
async function askCallId(ami: Ami, channel: string): Promise<string | null> {
  try {
    // chan_sip leaves it in a variable (sip_new())
    const Variable = channel.startsWith('SIP/') ? 'SIPCALLID' : 'CHANNEL(pjsip,call-id)';
    const reply = await ami.action({ Action: 'Getvar', Channel: channel, Variable });
    return reply['Value'] ?? '';
  } catch (error) {
    return error instanceof MigrateError && /no such channel/i.test(error.why) ? null : '';
  }
}
