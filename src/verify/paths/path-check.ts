import type { Destination } from '../../model/destination.ts';
import { destinationText } from '../../model/destination.ts';
import { type Numbering, numbering } from '../../model/numbering.ts';
import { type Ref, ref, refText } from '../../model/ref.ts';
import type { Step } from '../../model/walk/step.ts';
import { parties, promptsOf } from '../../model/walk/timeline.ts';
import { walk } from '../../model/walk.ts';
import { defineCheck, type Mismatch } from '../static/mismatch.ts';
import { type Difference, firstDifference } from './differences.ts';
import { type House, houseOf } from './house.ts';
import { NotJudged } from './not-judged.ts';
import { databaseAt, simulate } from './outcome.ts';
import { Random } from './random.ts';
import { type SomeCall, SomeCalls } from './some-calls.ts';
import { outcomeOfWalk } from './walked.ts';

const SEED = 1;
/** Calls from each beginning, and at all; on a large box each has four at least. */
const EACH = 12;
const LEAST_EACH = 4;
const LEAST = 2000;
const CALLS = 5000;
/** A difference is told where a second call from the same beginning has one as well: so many more are tried for it. */
const FURTHER = 60;
/** A box with thousands of numbers is looked at for so long, in time of the processor. */
const MOST_MS = 8000;
const MOST_OF_ONE = 2;
const MOST = 40;

/**
 * Thousands of calls by chance, taken by the dialplan that Asterisk holds in simulated time, and held against what the model says of each. What the simulation does not
 * know for sure is not judged.
 */
export const pathCheck = defineCheck(async (asked, model) => {
  const house = await houseOf(asked, model);
  const differences = new Differences(house, new SomeCalls(model, new Random(SEED)));
  return differences.told().map((m) => masked(m, secretsOf(house)));
});

interface Seen {
  readonly call: SomeCall;
  readonly about: Ref;
  readonly difference: Difference;
}

class Differences {
  private readonly house: House;
  private readonly calls: SomeCalls;
  private readonly inside: Numbering;
  private readonly text: string;

  constructor(house: House, calls: SomeCalls) {
    this.house = house;
    this.calls = calls;
    this.inside = numbering(house.model);
    this.text = house.lookup.dialplan
      .steps()
      .map((s) => s.data)
      .join('\n');
  }

  told(): Mismatch[] {
    const until = usedMs() + MOST_MS;
    const { count } = this.calls;
    const first = new Map<string, Seen & { readonly n: number }>();
    const told = new Map<string, Mismatch[]>();
    const tell = (seen: Seen): void => {
      const of = told.get(refText(seen.about)) ?? [];
      if (of.length < MOST_OF_ONE) told.set(refText(seen.about), [...of, mismatchOf(seen)]);
    };
    const calls = Math.max(LEAST, Math.min(CALLS, count * EACH), count * LEAST_EACH);
    for (let n = 0; n < calls && usedMs() < until; n++) {
      const seen = this.look(n);
      if (seen === null) continue;
      const beginning = destinationText(seen.call.from);
      const before = first.get(beginning);
      if (before !== undefined) tell(before);
      first.set(beginning, { ...seen, n });
    }
    for (const seen of first.values()) if (!told.has(refText(seen.about)) && this.again(seen.n, until)) tell(seen);
    return [...told.values()].flat().slice(0, MOST);
  }

  /** A call like none before may hang on what nobody settled: one alone is no fault. */
  private again(n: number, until: number): boolean {
    const { count } = this.calls;
    for (let i = 1; i <= FURTHER && usedMs() < until; i++) if (this.look(n + i * count) !== null) return true;
    return false;
  }

  /** Every trunk that is dialled and every prompt of the house has a place in the dialplan: what has none is another check's. */
  private isThere(steps: readonly Step[]): boolean {
    const { model } = this.house;
    const peers = parties(steps).flatMap(({ to }) => {
      const trunk = to.kind === 'trunk' ? model.trunk[to.id] : undefined;
      return trunk !== undefined && 'peer' in trunk ? [trunk.peer] : [];
    });
    const prompts = steps.flatMap(promptsOf).filter((p) => p.startsWith('custom/'));
    return (
      peers.every((p) => this.text.includes(`@${p}`) || this.text.includes(`IAX2/${p}/`)) && prompts.every((p) => this.text.includes(p))
    );
  }

  private look(n: number): Seen | null {
    const { house, inside } = this;
    const call = this.calls.call(n);
    try {
      const before = databaseAt(house, call.at);
      const steps = walk(house.model, call.from, call.at, inside);
      if (!this.isThere(steps)) return null;
      const expected = outcomeOfWalk(house, steps, call.at, before);
      const difference = firstDifference(expected, simulate(house, call, before));
      return difference === null ? null : { call, about: aboutOf(steps), difference };
    } catch (error) {
      if (error instanceof NotJudged) return null;
      throw error;
    }
  }
}

function usedMs(): number {
  return process.cpuUsage().user / 1000;
}

/** The object that has the call last. */
function aboutOf(steps: readonly Step[]): Ref {
  const entered = steps.findLast((s) => s.do === 'enter');
  return entered?.do === 'enter' ? entered.ref : ref('settings', 'pbx');
}

function mismatchOf({ call, about, difference }: Seen): Mismatch {
  const { at, from, byProgram } = call;
  const own = byProgram ? `a program for ${at.caller.extension}` : at.caller.extension;
  const who = own ?? (at.caller.number === '' ? 'a caller without a number' : at.caller.number);
  return {
    about,
    what: `a call of ${who} to ${numberOf(from)}, ${at.time ?? 'at any time'}: ${difference.what}`,
    expected: difference.expected,
    held: difference.simulated,
  };
}

function numberOf(from: Destination): string {
  return from.to === 'number' ? from.number : destinationText(from);
}

/** What a caller may key that nobody else is to know. */
function secretsOf({ model }: House): string[] {
  return Object.entries(model.secrets).flatMap(([key, secret]) => (/(pin|password)(\/\d+)?$/.test(key) && secret !== '' ? [secret] : []));
}

/** He may have keyed his PIN where something else was asked for. */
function masked(mismatch: Mismatch, secrets: readonly string[]): Mismatch {
  const told = (text: string): string =>
    secrets.reduce((t, secret) => t.replaceAll(secret, '?'), text.replaceAll(/digits\/\w+(, digits\/\w+)*/g, 'digits'));
  return { ...mismatch, expected: told(mismatch.expected), held: told(mismatch.held) };
}
