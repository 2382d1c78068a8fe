import type { CallResult } from '../calls/calls.ts';
import type { Difference } from '../calls/compare.ts';
import type { Scenario } from '../scenario.ts';
import { compareSides } from './compare-sides.ts';
import { EXPECTED, type Known, type PlacedInBoth } from './expected.ts';

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

/** Judges a call that was placed into both once or several times. A time of which the lab lost sight says nothing beside another that it saw. */
export function verdictOf(times: readonly [PlacedInBoth, ...PlacedInBoth[]], known: Known): Judged {
  const [first] = times;
  const old = seenOf(times.map((t) => t.old));
  const noise = new Set(old.slice(1).flatMap((again) => differencesOf({ old: old[0], new: again }).map((d) => d.what)));
  const calls = mostAlike(old, seenOf(times.map((t) => t.new)), first);
  const differences = differencesOf(calls)
    .filter((d) => !noise.has(d.what))
    .map((d) => ({ ...d, rule: EXPECTED.find((rule) => rule.covers(d, calls, known))?.id ?? null }));
  const verdict = differences.length === 0 ? 'same' : differences.every((d) => d.rule !== null) ? 'expected' : 'differs';
  return { scenario: first.old.scenario, calls, verdict, differences, noise: [...noise] };
}

/** Those whose way the lab saw; the first where it saw none. */
function seenOf(calls: readonly CallResult[]): [CallResult, ...CallResult[]] {
  const [first, ...others] = calls.filter(isSeen);
  return first === undefined ? [calls[0] as CallResult] : [first, ...others];
}

/** A PBX under load may be done with a call before the lab knows which of its channels that was: then nothing of it is known. */
function isSeen({ trouble, trace }: CallResult): boolean {
  return trouble === null && trace !== null && (trace.through ?? []).length > 0;
}

/** Of the calls of both sides, the two that differ least: a fault is in all of them. */
function mostAlike(old: readonly CallResult[], is: readonly CallResult[], first: PlacedInBoth): PlacedInBoth {
  const all = old.flatMap((was) => is.map((now) => ({ old: was, new: now })));
  return all.reduce((best, one) => (differencesOf(one).length < differencesOf(best).length ? one : best), all[0] ?? first);
}

/** A call that one side could not be given at all, or of which the lab saw nothing there, differs as a whole. */
function differencesOf(calls: PlacedInBoth): Difference[] {
  const { old, new: is } = calls;
  if (old.trouble !== null || is.trouble !== null || old.trace === null || is.trace === null) {
    const [expected, seen] = [old.trouble ?? 'placed', is.trouble ?? 'placed'];
    return expected === seen ? [] : [{ what: 'end', expected, seen }];
  }
  if (isSeen(old) !== isSeen(is)) return [{ what: 'through', expected: wayOf(old), seen: wayOf(is) }];
  return compareSides(old.scenario, old.trace, is.trace);
}

function wayOf(call: CallResult): string {
  return isSeen(call) ? 'goes through the dialplan' : 'reaches no dialplan, or is over before the lab sees it';
}
