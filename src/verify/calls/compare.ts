import { refText } from '../../model/ref.ts';
import { ANY_PROMPT, type CdrRow, type Leg, type Scenario, type Trace } from '../scenario.ts';
import { legText } from './trace.ts';

/** One thing that was not as the model says. */
export interface Difference {
  readonly what: 'legs' | 'order' | 'shown' | 'ring time' | 'heard' | 'music' | 'keys' | 'end' | 'recorded' | 'cdr' | 'astdb' | 'through';
  readonly expected: string;
  readonly seen: string;
}

/** A leg that was left ringing may be this far from the model's time: two cores under many calls. */
const RING_TOLERANCE_MS = 2_500;

/** What differs between what the model says and what was seen; empty where the call behaved. */
export function compare(scenario: Scenario, seen: Trace): Difference[] {
  const { expect } = scenario;
  const callerCut = seen.end.at === 'caller';
  if (expect.open === true) return compareOpen(expect, seen);
  return [
    ...compareThrough(expect.through ?? [], seen.through ?? []),
    ...(expect.circles === true
      ? compareRounds([...expect.legs, ...(expect.some?.of ?? []).map((l) => ({ ...l, perhaps: true }))], seen.legs)
      : [...compareLegs(expect, seen.legs), ...compareOrder(expect.legs, seen.legs)]),
    ...heard(expect.heard, seen.heard, callerCut ? mustHear(scenario) : null),
    ...(expect.musicClass === seen.musicClass || (expect.further === true && expect.musicClass === null)
      ? []
      : [{ what: 'music', expected: String(expect.musicClass), seen: String(seen.musicClass) } as const]),
    ...(expect.keys === seen.keys ? [] : [{ what: 'keys', expected: expect.keys, seen: seen.keys } as const]),
    ...compareEnd(expect, seen),
    ...(expect.recorded === seen.recorded || (expect.further === true && seen.recorded)
      ? []
      : [{ what: 'recorded', expected: yes(expect.recorded), seen: yes(seen.recorded) } as const]),
    ...compareCdr(expect.cdr, seen.cdr),
    ...compareAstdb(expect.astdb ?? {}, seen.astdb ?? {}),
  ];
}

/** What comes after is not known: the call comes there, those who are known to ring before do, and what is known to be heard is. */
function compareOpen(expect: Trace, seen: Trace): Difference[] {
  const refused = seen.heard.find((prompt) => REFUSALS.has(prompt) && !expect.heard.includes(prompt));
  const least = Math.min(expect.heard.length, seen.heard.length);
  return [
    ...compareThrough(expect.through ?? [], seen.through ?? []),
    ...compareLegs({ ...expect, some: null }, seen.legs).filter((d) => d.expected !== 'does not ring'),
    ...heard(expect.heard, seen.heard.slice(0, expect.heard.length), least),
    ...(refused === undefined ? [] : [{ what: 'heard', expected: 'no refusal', seen: refused } as const]),
  ];
}

/** What the PBX says of a number that it does not know. */
const REFUSALS: ReadonlySet<string> = new Set(['cannot-complete-as-dialed', 'ss-noservice']);

function compareThrough(expected: readonly string[], seen: readonly string[]): Difference[] {
  const missing = expected.filter((context) => !seen.includes(context));
  return missing.map((context) => ({ what: 'through', expected: `goes through [${context}]`, seen: 'does not' }));
}

/** In a circle each is rung again and again: how often, the guards of the model and of the new PBX count in their own ways. */
function compareRounds(expected: readonly Leg[], seen: readonly Leg[]): Difference[] {
  return [
    ...expected
      .filter((leg, i) => leg.perhaps !== true && expected.findIndex((l) => isFor(l, leg)) === i && !seen.some((l) => isFor(l, leg)))
      .map((leg): Difference => ({ what: 'legs', expected: legText(leg), seen: 'did not ring' })),
    ...seen
      .filter((leg) => !expected.some((l) => isFor(leg, l)))
      .map((leg): Difference => ({ what: 'legs', expected: 'does not ring', seen: legText(leg) })),
  ];
}

function compareLegs({ legs: expected, some = null }: Trace, seen: readonly Leg[]): Difference[] {
  const differences: Difference[] = [];
  const left = [...seen];
  for (const leg of expected) {
    const at = left.findIndex((l) => isFor(l, leg));
    const found = left[at];
    if (found === undefined) {
      if (leg.perhaps !== true) differences.push({ what: 'legs', expected: legText(leg), seen: 'did not ring' });
      continue;
    }
    left.splice(at, 1);
    differences.push(...compareLeg(leg, found));
  }
  if (some !== null) return [...differences, ...compareSome(some, left)];
  for (const leg of left) differences.push({ what: 'legs', expected: 'does not ring', seen: legText(leg) });
  return differences;
}

/** Legs that a queue picked: which of them and how often is its own affair, as long as they are among those who may be rung. */
function compareSome({ of, atLeast, answered }: NonNullable<Trace['some']>, seen: readonly Leg[]): Difference[] {
  const differences: Difference[] = [];
  for (const leg of seen) {
    const like = of.find((l) => isFor(leg, l));
    if (like === undefined) differences.push({ what: 'legs', expected: 'does not ring', seen: legText(leg) });
    else if (!sameShown(like, leg)) differences.push({ what: 'shown', expected: legText(like), seen: legText(leg) });
    else if (like.rangMs > 0 && leg.rangMs > like.rangMs + RING_TOLERANCE_MS)
      differences.push({ what: 'ring time', expected: `${who(like)} at most ${like.rangMs} ms`, seen: `${leg.rangMs} ms` });
  }
  if (seen.length < atLeast)
    differences.push({ what: 'legs', expected: `${atLeast} of ${of.map(who).join(', ')} ring`, seen: `${seen.length} did` });
  const took = seen.filter((l) => l.answered);
  if (answered ? took.length === 0 || !allAtOnce(took) : took.length > 0) {
    const expected = answered ? `one of ${of.map(who).join(', ')} answers` : 'nobody answers';
    differences.push({ what: 'legs', expected, seen: took.map(legText).join('; ') || 'nobody did' });
  }
  return differences;
}

/** Those who are called through a place in the dialplan each take the call there: who takes it in the same moment as the one that is joined is let go only then. */
function allAtOnce(took: readonly Leg[]): boolean {
  const taken = took.map((l) => l.rangMs);
  return took.every((l) => l.order === took[0]?.order) && Math.max(...taken) - Math.min(...taken) <= SAME_MOMENT_MS;
}
const SAME_MOMENT_MS = 100;

/** Whether a leg that was seen is the one that is expected. */
function isFor(seen: Leg, expected: Leg): boolean {
  return who(seen) === who(expected) && (expected.dialled === '' || seen.dialled === expected.dialled);
}

function compareLeg(expected: Leg, seen: Leg): Difference[] {
  const differences: Difference[] = [];
  if (expected.answered !== seen.answered || !sameShown(expected, seen)) {
    differences.push({ what: expected.answered === seen.answered ? 'shown' : 'legs', expected: legText(expected), seen: legText(seen) });
  }
  if (!expected.answered && expected.rangMs > 0 && Math.abs(expected.rangMs - seen.rangMs) > RING_TOLERANCE_MS) {
    differences.push({ what: 'ring time', expected: `${who(expected)} ${expected.rangMs} ms`, seen: `${seen.rangMs} ms` });
  }
  return differences;
}

function sameShown(a: Leg, b: Leg): boolean {
  return a.shown.number === b.shown.number && a.shown.name === b.shown.name;
}

/** Legs of an earlier round must have rung before those of a later one; which of those that ring together came first is chance. */
function compareOrder(expected: readonly Leg[], seen: readonly Leg[]): Difference[] {
  const order = (legs: readonly Leg[]): Map<string, number> => new Map(legs.map((l) => [`${who(l)} ${l.dialled}`, l.order]));
  const was = order(seen);
  const wanted = [...order(expected)];
  for (const [a, orderA] of wanted) {
    for (const [b, orderB] of wanted) {
      const [seenA, seenB] = [was.get(a), was.get(b)];
      if (orderA < orderB && seenA !== undefined && seenB !== undefined && seenA >= seenB) {
        return [{ what: 'order', expected: `${a} before ${b}`, seen: 'not so' }];
      }
    }
  }
  return [];
}

/** A call that the caller cut has heard the beginning of what it would have heard, `least` prompts of it; null: it has heard all. */
function heard(expected: readonly string[], seen: readonly string[], least: number | null): Difference[] {
  const same = seen.every((s, i) => s === expected[i] || expected[i] === ANY_PROMPT) && seen.length >= (least ?? expected.length);
  return same ? [] : [{ what: 'heard', expected: expected.join(', ') || 'nothing', seen: seen.join(', ') || 'nothing' }];
}

/** So many prompts the caller waits for before he does the last thing that he does. */
function mustHear({ acts, expect }: Scenario): number {
  let at = 0;
  for (const { who: actor, when } of acts) {
    if (actor !== 'caller' || typeof when === 'string') continue;
    for (let n = when.nth ?? 1; n > 0; n--) {
      const next = expect.heard.indexOf(when.heard, at);
      if (next < 0) return at;
      at = next + 1;
    }
  }
  return at;
}

function compareEnd(expected: Trace, seen: Trace): Difference[] {
  if (expected.further === true) return [];
  const at = (t: Trace): string => (typeof t.end.at === 'string' ? t.end.at : refText(t.end.at));
  // how long a circle takes until the PBX ends it the model does not know: a caller may have had enough before
  if (expected.circles === true && seen.end.at === 'caller') return [];
  const unnoticed = at(expected) === 'caller' || expected.answeredFirst === true;
  const same = at(expected) === at(seen) && (unnoticed || endKind(expected) === endKind(seen));
  return same ? [] : [{ what: 'end', expected: endText(expected), seen: endText(seen) }];
}

/** What the caller notices of a cause: the busy tone, the congestion tone, or that it is over. */
function endKind({ end: { cause }, legs }: Trace): 'busy' | 'congestion' | 'over' {
  // Asterisk keeps the cause of a telephone that was busy before another took the call
  if (legs.some((leg) => leg.answered)) return 'over';
  if (cause === 17) return 'busy';
  return cause === 34 || cause === 38 || cause === 41 || cause === 42 ? 'congestion' : 'over';
}

/** Every row that the model is sure of must be there, once each; the database may hold more (a row a leg). */
function compareCdr(expected: readonly CdrRow[], seen: readonly CdrRow[]): Difference[] {
  const left = [...seen];
  const missing = expected.filter((row) => {
    const at = left.findIndex(
      (r) => r.src === row.src && r.dst === row.dst && r.disposition === row.disposition && (row.did === '' || r.did === row.did),
    );
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
  return missing.map((row) => ({ what: 'cdr', expected: cdrText(row), seen: seen.map(cdrText).join('; ') || 'no row' }));
}

function compareAstdb(expected: NonNullable<Trace['astdb']>, seen: NonNullable<Trace['astdb']>): Difference[] {
  const text = (value: string | null | undefined): string => (value === null || value === undefined ? 'no such key' : `'${value}'`);
  return Object.entries(expected).flatMap(([key, value]) =>
    seen[key] === value ? [] : [{ what: 'astdb', expected: `${key} ${text(value)}`, seen: text(seen[key]) } as const],
  );
}

export function cdrText(r: CdrRow): string {
  return `${r.src} -> ${r.dst} ${r.disposition}${r.did === '' ? '' : ` DID ${r.did}`}`;
}

export function endText(t: Trace): string {
  return t.end.at === 'caller' ? 'the caller hung up' : `hung up with cause ${t.end.cause}`;
}

function who(l: Leg): string {
  return typeof l.to === 'string' ? l.to : refText(l.to);
}

function yes(b: boolean): string {
  return b ? 'yes' : 'no';
}
