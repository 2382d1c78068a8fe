import type { Context } from '../../context.ts';
import type { Model } from '../../model/kinds.ts';
import { type CallResult, placeCalls } from '../calls/calls.ts';
import type { Difference } from '../calls/compare.ts';
import type { Scenario } from '../scenario.ts';
import type { Clone } from './clone.ts';
import { compareSides } from './compare-sides.ts';
import { EXPECTED, type ExpectedDifference, type Known, type PlacedInBoth } from './expected.ts';

/** What one call did otherwise in the new PBX than in the old one. */
export interface Judged {
  readonly scenario: Scenario;
  readonly calls: PlacedInBoth;
  readonly verdict: 'same' | 'expected' | 'differs';
  /** `expected`: of the old side; `rule`: the id of what explains it. */
  readonly differences: readonly (Difference & { readonly rule: string | null })[];
  /** What the old side does not do twice in the same way: it says nothing. */
  readonly noise: readonly Difference['what'][];
}

export interface Comparison {
  readonly judged: readonly Judged[];
  readonly rules: readonly { readonly id: string; readonly because: string; readonly calls: number }[];
}

/** Calls at a time in the clone: its dialplan takes ten times the processor. */
const WIDTH = 32;
const WIDTH_AGAIN = 12;

/** Places the calls into the clone, with the ways that they take. */
export function placeInto(clone: Clone, scenarios: readonly Scenario[], c: Context): Promise<CallResult[]> {
  return placeCalls(clone, scenarios, c, { width: WIDTH, again: false });
}

/**
 * Holds what the new side did against what the old one did. Where they differ and nothing explains it both are called once more, fewer at a time: what is gone
 * then was load, and in what the old side differs from itself, it does not judge.
 */
export async function judge(
  clone: Clone,
  sides: { old: readonly CallResult[]; new: readonly CallResult[] },
  o: Again,
): Promise<Comparison> {
  const pairs = pairsOf(sides.old, sides.new);
  const known = { model: o.model, gaps: clone.gaps };
  const unlike = pairs.filter((p) => verdictOf(p, null, known).verdict === 'differs').map((p) => p.old.scenario);
  const [oldAgain, newAgain] = await Promise.all([
    placeCalls(clone, unlike, o.context, { width: WIDTH_AGAIN, again: false }),
    o.placeNew(unlike, WIDTH_AGAIN),
  ]);
  const second = new Map(pairsOf(oldAgain, newAgain).map((p) => [p.old.scenario.id, p]));
  const judged = pairs.map((pair) => verdictOf(pair, second.get(pair.old.scenario.id) ?? null, known));
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

function verdictOf(first: PlacedInBoth, second: PlacedInBoth | null, known: Known): Judged {
  const calls = second === null ? first : mostAlike(first, second);
  const noise = new Set(second === null ? [] : differencesOf({ old: first.old, new: second.old }).map((d) => d.what));
  const differences = differencesOf(calls)
    .filter((d) => !noise.has(d.what))
    .map((d) => ({ ...d, rule: EXPECTED.find((rule) => rule.covers(d, calls, known))?.id ?? null }));
  const verdict = differences.length === 0 ? 'same' : differences.every((d) => d.rule !== null) ? 'expected' : 'differs';
  return { scenario: first.old.scenario, calls, verdict, differences, noise: [...noise] };
}

/** Of both calls of both sides, the two that differ least: a fault is in all of them. */
function mostAlike(first: PlacedInBoth, second: PlacedInBoth): PlacedInBoth {
  const all = [first, { old: first.old, new: second.new }, { old: second.old, new: first.new }, second];
  return all.reduce((best, one) => (differencesOf(one).length < differencesOf(best).length ? one : best));
}

/** A call that one side could not be given at all differs at its end. */
function differencesOf({ old, new: is }: PlacedInBoth): Difference[] {
  if (old.trouble !== null || is.trouble !== null || old.trace === null || is.trace === null) {
    const [expected, seen] = [old.trouble ?? 'placed', is.trouble ?? 'placed'];
    return expected === seen ? [] : [{ what: 'end', expected, seen }];
  }
  return compareSides(old.scenario, old.trace, is.trace);
}

function coveredBy(rule: ExpectedDifference, judged: readonly Judged[]): number {
  return judged.filter((j) => j.differences.some((d) => d.rule === rule.id)).length;
}

/** Counts for the JSON document. */
export function comparisonCounts({ judged }: Comparison): { same: number; differs: number; expected: number } {
  const count = (verdict: Judged['verdict']): number => judged.filter((j) => j.verdict === verdict).length;
  return { same: count('same'), differs: count('differs'), expected: count('expected') };
}
