import type { CallFlow } from '../call-flow.ts';
import { naturalOrder } from '../kinds.ts';
import { type Ref, ref } from '../ref.ts';
import type { TimeCondition } from '../time-condition.ts';
import { isWithin } from '../time-group.ts';
import { type Call, mayGoOn, type Run } from './call.ts';
import { goTo } from './go-on.ts';
import type { Ending } from './step.ts';

/**
 * A time condition sends the call one way or the other: context timeconditions. An override by its code goes before a call flow that forces it, that before the
 * hours; one that is not sticky is taken back once the hours themselves say the same (ELASTIX.md 10, 16).
 */
export function callByTime(run: Run, call: Call, id: string, condition: TimeCondition): Ending {
  const by = ref('time-condition', id);
  if (!mayGoOn(run, call, id)) return 'congestion';
  call.steps.push({ do: 'enter', ref: by });
  const natural = forcedBy(run, id) ?? byHours(run, condition);
  const held = run.at.state.timeConditions?.[id];
  const override = held === undefined ? condition.override : held;
  const wanted = override === null ? natural.matched : override === 'matched' || override === 'matched-sticky';
  const because = override === null ? natural.because : 'overridden';
  call.steps.push({ do: 'decide', by, because, byTime: override === null && natural.byTime });
  if (wanted === natural.matched && (override === 'matched' || override === 'unmatched'))
    call.steps.push({ do: 'set', key: `TC/${id}`, value: '' });
  return goTo(run, call, by, wanted ? condition.whenMatched : condition.otherwise);
}

/**
 * How a time condition stands: what it would do, what the hours alone would have it do, and whether somebody's override is in force (one that is not sticky is gone as
 * soon as the hours say the same).
 */
export function standingOf(run: Run, id: string): { matched: boolean; natural: boolean; overridden: boolean } {
  const condition = run.model['time-condition'][id];
  if (condition === undefined) return { matched: false, natural: false, overridden: false };
  const natural = (forcedBy(run, id) ?? byHours(run, condition)).matched;
  const held = run.at.state.timeConditions?.[id];
  const override = held === undefined ? condition.override : held;
  if (override === null) return { matched: natural, natural, overridden: false };
  const matched = override.startsWith('matched');
  return { matched, natural, overridden: matched !== natural || override.endsWith('sticky') };
}

/** Day or night, as it was switched by hand: app-daynight. */
export function callByMode(run: Run, call: Call, id: string, flow: CallFlow): Ending {
  const by: Ref = ref('call-flow', id);
  if (!mayGoOn(run, call, id)) return 'congestion';
  const mode = modeOf(run, id);
  call.steps.push({ do: 'enter', ref: by }, { do: 'decide', by, because: mode, byTime: false });
  return goTo(run, call, by, mode === 'night' ? flow.night : flow.day);
}

interface Verdict {
  readonly matched: boolean;
  readonly because: string;
  readonly byTime: boolean;
}

/** Where several call flows force one condition, the last one's line stands first in the old dialplan (daynight_hookGet_config splices at 0). */
function forcedBy(run: Run, id: string): Verdict | null {
  for (const flow of Object.keys(run.model['call-flow']).sort(naturalOrder).reverse()) {
    const held = run.model['call-flow'][flow];
    const mode = modeOf(run, flow);
    const forces = mode === 'night' ? held?.nightForces : held?.dayForces;
    if (forces?.includes(id) === true) return { matched: mode === 'day', because: `call flow ${flow} is on ${mode}`, byTime: false };
  }
  return null;
}

/** With no time given it is out of the hours, so that who plans calls sees the decision and can choose a time. */
function byHours(run: Run, condition: TimeCondition): Verdict {
  const group = condition.timeGroup === null ? undefined : run.model['time-group'][condition.timeGroup];
  if (group === undefined || group.times.length === 0) return { matched: false, because: 'no hours', byTime: false };
  const matched = run.at.time !== null && isWithin(group, run.at.time);
  return { matched, because: matched ? 'in time' : 'out of time', byTime: true };
}

/** Whether a call flow is on day or night. */
export function modeOf(run: Run, id: string): 'day' | 'night' {
  return run.at.state.callFlows?.[id] ?? run.model['call-flow'][id]?.state ?? 'day';
}
