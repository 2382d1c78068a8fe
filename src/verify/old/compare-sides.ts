import { refText } from '../../model/ref.ts';
import { cdrText, compare, type Difference } from '../calls/compare.ts';
import type { CdrRow, Leg, Scenario, Trace } from '../scenario.ts';
import { normal } from './normal.ts';

/**
 * What the new side did otherwise than the old one, whose trace is `expected` here. What the model knows of a call that chance decides (whom a queue
 * picks) it knows of both sides. Empty where callers and reports notice nothing.
 */
export function compareSides(scenario: Scenario, oldTrace: Trace, newTrace: Trace): Difference[] {
  const [was, is] = sameLength(normal(oldTrace), normal(newTrace));
  const expect = { ...was, ...legsOf(scenario.expect, was), cdr: [], through: [], stepsToDial: null };
  return [...compare({ ...scenario, expect }, is), ...compareRecords(scenario.expect.cdr, was, is), ...compareState(was, is)];
}

/** A caller who hangs up after a time has heard as much as there was time for: both are compared as far as the shorter goes. */
function sameLength(was: Trace, is: Trace): [Trace, Trace] {
  if (was.end.at !== 'caller' || is.end.at !== 'caller') return [was, is];
  const least = Math.min(was.heard.length, is.heard.length);
  return [
    { ...was, heard: was.heard.slice(0, least) },
    { ...is, heard: is.heard.slice(0, least) },
  ];
}

/** Of legs that a queue picks only what the model says of all of them counts. */
function legsOf({ some }: Trace, was: Trace): Pick<Trace, 'legs' | 'some'> {
  if (some === undefined || some === null) return { legs: was.legs, some: null };
  const isPicked = (leg: Leg): boolean => some.of.some((one) => who(one) === who(leg));
  const picked = was.legs.filter(isPicked);
  return {
    legs: was.legs.filter((leg) => !isPicked(leg)),
    some: {
      of: picked.length === 0 ? some.of : like(some.of, picked),
      atLeast: Math.min(some.atLeast, picked.length),
      answered: picked.some((l) => l.answered),
    },
  };
}

/** Those whom the queue may ring, each as the old side rang one: what they show is the same for all. */
function like(of: readonly Leg[], picked: readonly Leg[]): Leg[] {
  return of.map((leg) => ({ ...leg, shown: (picked.find((p) => who(p) === who(leg)) ?? picked[0] ?? leg).shown, rangMs: 0 }));
}

function who(leg: Leg): string {
  return typeof leg.to === 'string' ? leg.to : refText(leg.to);
}

/**
 * Rows that a report of calls reads, those of which the model is sure: each side has them, or neither. The old dialplan writes more of them, one a
 * Local channel, which the new one does without.
 */
function compareRecords(sure: readonly CdrRow[], was: Trace, is: Trace): Difference[] {
  return sure.flatMap((row) => {
    const [before, after] = [has(was, row), has(is, row)];
    if (before === after) return [];
    return [{ what: 'cdr', expected: before ? cdrText(row) : listed(was), seen: after ? cdrText(row) : listed(is) } as const];
  });
}

/** State that the old dialplan kept in AstDB and the new one does not: lamps, codes and programs of the site may read it. */
function compareState(was: Trace, is: Trace): Difference[] {
  const lost = (was.wrote ?? []).filter((key) => !(is.wrote ?? []).includes(key));
  return lost.length === 0 ? [] : [{ what: 'astdb', expected: `writes ${lost.join(', ')}`, seen: 'does not' }];
}

function has({ cdr }: Trace, row: CdrRow): boolean {
  return cdr.some(
    (r) => r.src === row.src && r.dst === row.dst && r.disposition === row.disposition && (row.did === '' || r.did === row.did),
  );
}

function listed({ cdr }: Trace): string {
  return cdr.map(cdrText).join('; ') || 'no row';
}
