import type { Context } from '../../context.ts';
import type { Lab } from '../lab/lab.ts';
import type { Scenario } from '../scenario.ts';
import { type CallResult, placeCalls } from './calls.ts';

/** Name of the kind in ids and in the report. */
const KIND = 'clock';

/**
 * The call that is placed once more with the PBX's own clock at its time: a time that is told hides a PBX in another zone, or one that never looks at its
 * clock. One in the first minute of some hours, if there is any, since an hour beside them it goes elsewhere. null: no call has a time.
 */
export function forSystemClock(scenarios: readonly Scenario[]): Scenario | null {
  const timed = scenarios.filter((s) => s.at !== null && (s.before.calls ?? []).length === 0);
  const best = (list: readonly Scenario[]): Scenario | undefined => [...list].sort((a, b) => a.longestMs - b.longestMs)[0];
  const found = best(timed.filter((s) => s.kind === 'time-condition' && s.id.endsWith('/first'))) ?? best(timed);
  return found === undefined ? null : { ...found, id: `${KIND}/${found.id}`, kind: KIND };
}

/** Starts the PBX anew with its clock at the scenario's time, and places the call. The PBX that was there is gone. */
export function placeOnSystemClock(lab: Lab, scenario: Scenario, c: Context): Promise<CallResult[]> {
  return lab.atClock(scenario.at ?? '', (clocked) => placeCalls([clocked], [scenario], c));
}
