import type { Language } from '../language.ts';
import type { MiscApplication } from '../misc-application.ts';
import { isDialled, type MiscDestination } from '../misc-destination.ts';
import type { QueuePriority } from '../queue-priority.ts';
import type { RecordingRule } from '../recording-rule.ts';
import { type Ref, ref } from '../ref.ts';
import type { SetCid } from '../set-cid.ts';
import { type Call, hangUp, mayGoOn, NO_PREFIX, type Run, shownOf } from './call.ts';
import { knownOf } from './custom-known.ts';
import { filledIn } from './custom-value.ts';
import { goTo } from './go-on.ts';
import { ruleRecording } from './recording.ts';
import type { Ending } from './step.ts';

/** The call passes something that changes what comes after; false: it was sent on once too often, and has ended. */
export function passes(run: Run, call: Call, by: Ref): boolean {
  if (!mayGoOn(run, call, by.id)) return false;
  call.steps.push({ do: 'enter', ref: by });
  return true;
}

/** app-languages: prompts are the same ones, in another language. */
export function passLanguage(run: Run, call: Call, id: string, held: Language): Ending {
  const by = ref('language', id);
  return passes(run, call, by) ? goTo(run, call, by, held.next) : 'congestion';
}

/** ext-miscdests: the number is dialled as from inside, by whomever the call is. */
export function passMiscDestination(run: Run, call: Call, id: string, held: MiscDestination): Ending {
  if (!passes(run, call, ref('misc-destination', id))) return 'congestion';
  return isDialled(held.number) ? run.dial(held.number, call) : hangUp(call);
}

/** app-miscapps: whoever dials its number is led on. */
export function passApplication(run: Run, call: Call, id: string, held: MiscApplication): Ending {
  const by = ref('misc-application', id);
  return passes(run, call, by) ? goTo(run, call, by, held.next) : 'congestion';
}

/** app-queueprio: who is before whom is seen by those who wait alone. */
export function passPriority(run: Run, call: Call, id: string, held: QueuePriority): Ending {
  const by = ref('queue-priority', id);
  return passes(run, call, by) ? goTo(run, call, by, held.next) : 'congestion';
}

/** ext-callrecording: from here on the call is recorded, or not. */
export function passRecordingRule(run: Run, call: Call, id: string, held: RecordingRule): Ending {
  const by = ref('recording-rule', id);
  if (!passes(run, call, by)) return 'congestion';
  ruleRecording(run, call, by, held.mode);
  return goTo(run, call, by, held.next);
}

/**
 * app-setcid: first the name, then the number, then variables. The name that is set is the one shown, with whatever stood before it: where the new one begins
 * otherwise, there is no prefix any more that a later one could take the place of (sub-prepend-cid).
 */
export function setCaller(run: Run, call: Call, id: string, held: SetCid): Ending {
  const by = ref('set-cid', id);
  if (!passes(run, call, by)) return 'congestion';
  const fill = (text: string): string | null => {
    const seen: Call = { ...call, caller: shownOf(call) };
    return filledIn(text, knownOf({ run, call: seen, at: { context: 'app-setcid', extension: id, priority: 1 } }));
  };
  const name = fill(held.callerName);
  if (name === null) return untold(call, by);
  const { shown } = call.prefix;
  if (shown !== '' && name.startsWith(shown)) call.caller = { ...call.caller, name: name.slice(shown.length) };
  else {
    call.prefix = NO_PREFIX;
    call.caller = { ...call.caller, name };
  }
  const number = fill(held.callerNumber);
  if (number === null) return untold(call, by);
  call.caller = { ...call.caller, number };
  // on trunks as well, where it was somebody from outside (REALCALLERIDNUM is taken later)
  if (call.from.extension === null) call.from = { ...call.from, number };
  for (const [variable, text] of Object.entries(held.variables)) {
    call.variables = { ...call.variables, [variable.replace(/^_+/, '')]: fill(text) };
  }
  return goTo(run, call, by, held.next);
}

/** It depends on what the model does not hold. */
function untold(call: Call, by: Ref): Ending {
  call.steps.push({ do: 'stay', by, at: 'not-understood' });
  return 'answered';
}
