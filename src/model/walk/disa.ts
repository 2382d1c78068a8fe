import { parseCallerId, shownInside } from '../caller-id.ts';
import type { Disa } from '../disa.ts';
import { isDialledSlot } from '../feature-claims.ts';
import type { Model } from '../kinds.ts';
import { reach } from '../numbering.ts';
import { pinsUnder } from '../pin-set.ts';
import { ref } from '../ref.ts';
import { ask, authenticate, saidAll } from './ask.ts';
import { type Call, hangUp, mayGoOn, NO_PREFIX, NO_SUCH_NUMBER, type Run, sorry, tone } from './call.ts';
import { pauseFor } from './feature-call.ts';
import { retrieve } from './parking.ts';
import { passes } from './passing.ts';
import { ring } from './ring.ts';
import { answersCall, type Ending } from './step.ts';

/** How often somebody is asked for a key who presses none, and how long each time (disa_get_config: RESCOUNT). */
const MOST_ASKS = 5;
const ASK_SECONDS = 3;
/** Seconds that a number is tried. */
const DIAL_SECONDS = 300;
/** Seconds of the tone that says what became of it. */
const TONE_SECONDS = 3;

/** disa and disa-dial: a key, a PIN, a dial tone, and a number that is dialled as from inside; in vain, the dial tone once more. */
export function dialOn(run: Run, call: Call, id: string, held: Disa): Ending {
  const by = ref('disa', id);
  if (!passes(run, call, by)) return 'congestion';
  if (held.confirms && !presses(call, id)) return saidAll(call);
  if (held.asksPin) {
    // Authenticate() hangs up by itself
    if (!authenticate(call, by, pinsUnder(run.model, `disa/${id}/pin`))) return saidAll(call);
  } else if (!call.steps.some(answersCall)) call.steps.push({ do: 'wait', seconds: 0, answers: true });
  if (held.keepsCallerId) call.keepsNumber = true;
  if (held.callerId !== '') setCaller(run, call, held.callerId);
  // nobody knows what could be dialled there, and so nothing is
  if (!isKnown(run.model, held.context)) return saidAll(call);
  for (;;) {
    const number = ask(call, by, [], { seconds: held.firstDigitSeconds, settleSeconds: held.digitSeconds, takesHash: true });
    // what is no number for it gets the tone of DISA() itself
    if (!/^(?:[0-9]|[0-9*#].+)$/.test(number)) return tone(call, 'congestion');
    if (!mayGoOn(run, call, number)) return 'congestion';
    const walk = (child: Call): Ending => dialIn(run, child, held.context, number);
    const target = { ring: 'number', number, keepsNumber: held.keepsCallerId, walk } as const;
    const result = ring(run, call, { by, targets: [target], seconds: DIAL_SECONDS });
    if (result === 'answered' || result === 'cut' || result === 'endless') return result;
    pauseFor(call, TONE_SECONDS);
  }
}

/** press-1: any key will do but '#', which ends Read() with nothing read. */
function presses(call: Call, id: string): boolean {
  for (let i = 0; i < MOST_ASKS; i++) {
    if (ask(call, ref('disa', id), ['press-1'], { seconds: ASK_SECONDS, most: 1 }) !== '') return true;
  }
  return false;
}

/** Whose call it is from here on: the number of an extension is known as that extension (macro-user-callerid, REALCALLERIDNUM). */
function setCaller(run: Run, call: Call, callerId: string): void {
  const shown = parseCallerId(callerId);
  const extension = shown.number in run.model.extension ? shown.number : null;
  call.prefix = NO_PREFIX;
  call.caller = extension === null ? shown : shownInside(run.model, extension);
  call.from = { number: shown.number, extension, device: null };
}

/** Where telephones of the house dial, a class of service of theirs, a context of the site. */
function isKnown(model: Model, context: string): boolean {
  const classes = Object.values(model.device).map((d) => ('context' in d ? d.context : ''));
  return INSIDE.test(context) || classes.includes(context) || context in model['class-of-service'] || context in model['custom-dialplan'];
}
const INSIDE = /^from-internal(-|$)/;

function dialIn(run: Run, call: Call, context: string, number: string): Ending {
  if (INSIDE.test(context)) return run.dial(number, call);
  if (context in run.model['custom-dialplan']) return run.follow({ to: 'custom', context, extension: number, priority: '1' }, call);
  if (context in run.model['class-of-service']) return run.follow({ to: 'number', context, number }, call);
  // a class of service whose rules are not carried reaches numbers of the house alone, slots before all others, and no codes
  if (isDialledSlot(run.model, number)) return retrieve(run, call, { id: 'parking/parkedcall', given: number });
  const there = reach(run.model, run.inside, number, '');
  if (number in run.model.extension) return run.follow({ to: 'extension', id: number, by: 'follow-me' }, call);
  if (there.leads === 'inside' && there.destination.to !== 'feature-code') return run.follow(there.destination, call);
  return /^[0-9]./.test(number) ? sorry(call, NO_SUCH_NUMBER) : hangUp(call, 1);
}
