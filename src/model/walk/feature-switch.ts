import { naturalOrder } from '../kinds.ts';
import { pinsUnder } from '../pin-set.ts';
import { promptsOf } from '../recording.ts';
import { authenticate, saidAll, say } from './ask.ts';
import { type Call, hangUp, type Run, stateOf } from './call.ts';
import { answerAndWait, byOf, type Feature, keep, userOf } from './feature-call.ts';
import { isFollowed } from './follow-me.ts';
import type { Ending } from './step.ts';
import { modeOf, standingOf } from './time.ts';

/** *70 and *71. */
export function switchCallWaiting(on: boolean): Feature {
  return (_run, call) => {
    answerAndWait(call);
    keep(call, 'CW', userOf(call), on ? 'ENABLED' : null);
    say(call, ['call-waiting', on ? 'activated' : 'de-activated']);
    return saidAll(call);
  };
}

/** *78, *79 and *76. */
export function switchDisturb(how: 'on' | 'off' | 'toggle'): Feature {
  return (run, call) => {
    answerAndWait(call);
    const user = userOf(call);
    const on = how === 'toggle' ? !stateOf(run, user).doNotDisturb : how === 'on';
    keep(call, 'DND', user, on ? 'YES' : null);
    say(call, ['do-not-disturb', on ? 'activated' : 'de-activated']);
    return saidAll(call);
  };
}

/** *21: the caller's own follow me, whatever extension stands behind the code. Who has none hears nothing. */
export const switchFollowMe: Feature = (run, call) => {
  answerAndWait(call);
  const user = userOf(call);
  if (!(user in run.model['follow-me'])) return saidAll(call);
  const on = !isFollowed(run, user);
  call.steps.push({ do: 'set', key: `AMPUSER/${user}/followme/ddial`, value: on ? 'DIRECT' : 'EXTENSION' });
  say(call, ['followme', on ? 'activated' : 'de-activated']);
  return saidAll(call);
};

/** *28N: day to night and back, with a password where one is set. */
export function switchFlow(id: string): Feature {
  return (run, call, use) => {
    answerAndWait(call);
    const flow = run.model['call-flow'][id];
    if (flow?.asksPassword === true && !authenticate(call, byOf(use), pinsUnder(run.model, `call-flow/${id}/password`)))
      return saidAll(call);
    const day = setFlows(run, call, [id]);
    const own = promptsOf(run.model, (day ? flow?.dayRecording : flow?.nightRecording) ?? null);
    say(call, own.length > 0 ? own : ['beep', 'silence/1', 'featurecode', `digits/${id}`, day ? 'de-activated' : 'activated']);
    return saidAll(call);
  };
}

/** *28: all call flows, to day where one of them is on night, without their passwords. */
export const switchAllFlows: Feature = (run, call, use) => {
  if (use.given === null && !(userOf(call) in run.model.extension)) return hangUp(call);
  const day = setFlows(run, call, Object.keys(run.model['call-flow']).sort(naturalOrder));
  say(call, ['beep', 'silence/1', 'featurecode', day ? 'de-activated' : 'activated']);
  return saidAll(call);
};

function setFlows(run: Run, call: Call, ids: readonly string[]): boolean {
  const day = ids.some((id) => modeOf(run, id) === 'night');
  for (const id of ids) call.steps.push({ do: 'set', key: `DAYNIGHT/C${id}`, value: day ? 'DAY' : 'NIGHT' });
  return day;
}

/** *27N: against the hours until they change over; where it is overridden, back to the hours. */
export function switchCondition(id: string): Feature {
  return (run, call) => setConditions(run, call, [id]);
}

/** *27 finds nobody, since the caller is not known yet (golden: feature/timeconditions/toggle-mode-all); *27*EXTENSION switches all. */
export const switchAllConditions: Feature = (run, call, use) =>
  use.given === null ? hangUp(call) : setConditions(run, call, Object.keys(run.model['time-condition']).sort(naturalOrder));

/** macro-toggle-tc. What is said tells of the last one. */
function setConditions(run: Run, call: Call, ids: readonly string[]): Ending {
  const standing = ids.map((id) => standingOf(run, id));
  const overridden = standing.some((s) => s.overridden);
  let last = false;
  for (const [i, id] of ids.entries()) {
    const { matched = false, natural = false } = standing[i] ?? {};
    last = overridden ? natural : !matched;
    call.steps.push({ do: 'set', key: `TC/${id}`, value: overridden ? '' : String(last) });
  }
  say(call, ['beep', 'silence/1', 'time', last ? 'de-activated' : 'activated']);
  return saidAll(call);
}
