import type { Outcome } from './outcome.ts';

/** In what a call as the dialplan takes it differs from what walk() says. */
export interface Difference {
  readonly what: string;
  readonly expected: string;
  readonly simulated: string;
}

/** The first difference; null: there is none. */
export function firstDifference(expected: Outcome, simulated: Outcome): Difference | null {
  const isOpen = expected.isOpen || simulated.isOpen;
  const cut = isOpen ? Math.min(expected.heard.length, simulated.heard.length) : Number.POSITIVE_INFINITY;
  return (
    differ('he comes to and hears', expected.heard.slice(0, cut), simulated.heard.slice(0, cut)) ??
    (isOpen
      ? null
      : (legsDiffer(expected, simulated) ??
        differ('it ends', [expected.end], [simulated.end]) ??
        endDiffers(expected, simulated) ??
        differ('AstDB holds then', keysText(expected), keysText(simulated)) ??
        differ('queues have agents', expected.agents.toSorted(), simulated.agents.toSorted()) ??
        (expected.isRecorded === null ? null : differ('it is recorded', [String(expected.isRecorded)], [String(simulated.isRecorded)]))))
  );
}

/** So many things are told from where two lists part. */
const MOST_TOLD = 3;

function differ(what: string, a: readonly string[], b: readonly string[]): Difference | null {
  const at = a.findIndex((item, i) => item !== b[i]);
  const from = at >= 0 ? at : a.length;
  if (from === a.length && a.length === b.length) return null;
  const told = (items: readonly string[]): string => items.slice(from, from + MOST_TOLD).join(', ') || 'nothing more';
  return { what, expected: told(a), simulated: told(b) };
}

type Legs = Outcome['legs'];

/** Legs in order of their beginning, told where they are more apart than people notice: seconds in which Asterisk looks once are not in walk(). */
function legsDiffer(one: Outcome, other: Outcome): Difference | null {
  const [a, b] = [sorted(lasting(one.legs, other.legs)), sorted(lasting(other.legs, one.legs))];
  const same = a.length === b.length && a.every((leg, i) => isSame(leg, b[i]));
  if (same) return null;
  const unlike = (legs: Legs, others: Legs): string[] => legs.filter((leg, i) => !isSame(leg, others[i])).map(legText);
  return differ('it rings', unlike(a, b), unlike(b, a));
}

function isSame(a: Legs[number], b: Legs[number] | undefined): boolean {
  return b !== undefined && a.who === b.who && near(a.start, b.start) && near(a.end, b.end);
}

/** Who begins to ring in the very moment in which somebody else answers, or the time for all is over, may ring or not. */
function lasting(legs: Legs, others: Legs): Legs {
  return legs.filter((leg) => leg.end !== leg.start || others.some((other) => isSame(leg, other)));
}

/** Prompts and answers take no time on either side: what is left is waiting. */
function endDiffers({ endSeconds: a }: Outcome, { endSeconds: b }: Outcome): Difference | null {
  return a === null || b === null || near(a, b) ? null : differ('it ends after seconds', [String(a)], [String(b)]);
}

const TOLERANCE_SECONDS = 2.5;

function near(a: number | null, b: number | null): boolean {
  return a === null || b === null ? a === b : Math.abs(a - b) <= TOLERANCE_SECONDS;
}

function sorted(legs: Legs): Legs {
  return legs.toSorted((a, b) => (a.who < b.who ? -1 : a.who > b.who ? 1 : a.start - b.start));
}

function legText({ who, start, end }: Legs[number]): string {
  return `${who} from ${start} to ${end ?? 'the end'} s`;
}

function keysText({ database }: Outcome): string[] {
  return Object.entries(database)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key} = '${value}'`);
}
