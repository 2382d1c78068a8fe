import type { Context } from '../../context.ts';
import type { Model } from '../../model/kinds.ts';
import { type CallResult, placeCalls } from '../calls/calls.ts';
import type { Scenario } from '../scenario.ts';
import type { Clone } from './clone.ts';
import { EXPECTED, type ExpectedDifference, type PlacedInBoth } from './expected.ts';
import { type Judged, verdictOf } from './verdict.ts';

export interface Comparison {
  readonly judged: readonly Judged[];
  readonly rules: readonly { readonly id: string; readonly because: string; readonly calls: number }[];
}

/** Calls at a time in the clone: its dialplan takes ten times the processor. */
const WIDTH = 32;
/** And so many of those that differ, the second time and the third. */
const WIDTHS_AGAIN = [10, 3];
/** The end of a way tells most. */
const WAY_LOGGED = 30;

/** Places the calls into the clone, with the ways that they take. */
export function placeInto(clone: Clone, scenarios: readonly Scenario[], c: Context): Promise<CallResult[]> {
  return placeCalls([clone], scenarios, c, { width: WIDTH, again: false });
}

/**
 * Holds what the new side did against what the old one did. Where they differ and nothing explains it both are called again, fewer at a time: what is gone then was load, or the
 * lab had lost sight of the call; and in what the old side differs from itself, it does not judge.
 */
export async function judge(clone: Clone, sides: { old: readonly CallResult[]; new: readonly CallResult[] }, o: Again): Promise<Judged[]> {
  const known = { model: o.model, gaps: clone.gaps };
  const times = new Map(pairsOf(sides.old, sides.new).map((pair) => [pair.old.scenario.id, [pair] as [PlacedInBoth, ...PlacedInBoth[]]]));
  const judged = (): Judged[] => [...times.values()].map((of) => verdictOf(of, known));
  for (const width of WIDTHS_AGAIN) {
    const differ = judged().filter((j) => j.verdict === 'differs');
    if (differ.length === 0) break;
    o.context.log('info', 'calls that differ from the old PBX are placed once more', { calls: differ.map(logged) });
    const unlike = differ.map((j) => j.scenario);
    const [old, is] = await Promise.all([placeCalls([clone], unlike, o.context, { width, again: false }), o.placeNew(unlike, width)]);
    for (const pair of pairsOf(old, is)) times.get(pair.old.scenario.id)?.push(pair);
  }
  return judged();
}

function logged({ scenario, differences, calls }: Judged): object {
  return { id: scenario.id, differences, old: calls.old.way.slice(-WAY_LOGGED) };
}

/** What was judged, with what each rule covers of it. */
export function comparisonOf(judged: readonly Judged[]): Comparison {
  return { judged, rules: EXPECTED.map((rule) => ({ id: rule.id, because: rule.because, calls: coveredBy(rule, judged) })) };
}

/** How calls are placed once more. */
export interface Again {
  readonly context: Context;
  readonly model: Model;
  placeNew(scenarios: readonly Scenario[], width: number): Promise<CallResult[]>;
}

function pairsOf(old: readonly CallResult[], is: readonly CallResult[]): PlacedInBoth[] {
  const byId = new Map(is.map((r) => [r.scenario.id, r]));
  return old.flatMap((one) => {
    const other = byId.get(one.scenario.id);
    return other === undefined ? [] : [{ old: one, new: other }];
  });
}

function coveredBy(rule: ExpectedDifference, judged: readonly Judged[]): number {
  return judged.filter((j) => j.differences.some((d) => d.rule === rule.id)).length;
}

/** Counts for the JSON document. */
export function comparisonCounts({ judged }: Comparison): { same: number; differs: number; expected: number } {
  const count = (verdict: Judged['verdict']): number => judged.filter((j) => j.verdict === verdict).length;
  return { same: count('same'), differs: count('differs'), expected: count('expected') };
}
