import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Shares, USUAL_SHARES } from '../verify/load/fate.ts';
import { type Thresholds, USUAL_THRESHOLDS } from '../verify/load/thresholds.ts';

const LENGTHS = ['none', 'short', 'full'] as const;
const DIALLER_MODES = ['race', 'progressive', 'plain'] as const;
const FATES: Readonly<Record<string, keyof Shares>> = {
  answers: 'answers',
  machine: 'machine',
  'leaves-early': 'leavesEarly',
  busy: 'busy',
  silent: 'silent',
};
const LIMITS: Readonly<Record<string, keyof Thresholds>> = {
  'failed-percent': 'failuresPercent',
  'ring-ms': 'originateToRingP95Ms',
  'agent-ms': 'answerToAgentP95Ms',
  'orphans-percent': 'orphansPercent',
  'event-lag-ms': 'eventLagP95Ms',
  'speech-lost-percent': 'speechLostPercent',
};

/** The storms of a dialler. */
export interface Loading {
  /** short: it bears a usual pace, in half a minute; full: where it breaks, in three quarters of an hour. */
  readonly length: 'short' | 'full';
  readonly mode?: (typeof DIALLER_MODES)[number];
  /** Customers who are called for one agent. */
  readonly perAgent?: number;
  /** Speech both ways. */
  readonly media: boolean;
  readonly seed?: number;
  /** Of customers; what is not named none does. */
  readonly shares?: Shares;
  /** What is not named is as usual. */
  readonly thresholds?: Partial<Thresholds>;
  /** Originates a second that the PBX must bear. */
  readonly leastRate?: number;
  /** What each habit of old boxes would cost is measured as well. */
  readonly profileCost: boolean;
}

/** The options as commander gives them. */
export interface LoadAsked {
  readonly load?: (typeof LENGTHS)[number];
  readonly dialler?: (typeof DIALLER_MODES)[number];
  readonly customers?: number;
  readonly media?: boolean;
  readonly seed?: number;
  readonly fates?: Shares;
  readonly thresholds?: Partial<Thresholds>;
  readonly leastRate?: number;
  readonly profileCost?: boolean;
}

export function withLoad(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--load <length>',
        'storms of a dialler: short (half a minute) or full (three quarters of an hour); default: none',
      ).choices(LENGTHS),
    )
    .addOption(
      new Option('--dialler <mode>', 'of the load: race (several customers an agent, the first is joined), progressive, plain').choices(
        DIALLER_MODES,
      ),
    )
    .option('--customers <number>', 'of the load: customers who are called for one agent in a race (default: 4)', whole(1, 50))
    .option('--media', 'of the load: speech both ways')
    .option('--profile-cost', 'of the load: what each habit of old boxes would cost (some minutes more)')
    .option('--seed <number>', 'of the load: another draw of customers (default: 1)', whole(0, 2 ** 32 - 1))
    .option('--fates <shares>', `of the load: what customers do, in parts (default: ${written(FATES, USUAL_SHARES)})`, shares)
    .option('--thresholds <limits>', `of the load: what breaks it, where not as usual (${written(LIMITS, USUAL_THRESHOLDS)})`, (text) =>
      valuesOf(text, LIMITS),
    )
    .option('--least-rate <rate>', 'of the load: originates a second that the PBX must bear (default: 4)', whole(1, 10_000));
}

/** @param named `--only` names the layer: then it is short unless it is said otherwise. @returns null: no load is measured */
export function loading(o: LoadAsked, named: boolean): Loading | null {
  const length = o.load ?? (named ? 'short' : 'none');
  if (length === 'none') return null;
  return {
    length,
    media: o.media === true,
    profileCost: o.profileCost === true,
    ...(o.dialler === undefined ? {} : { mode: o.dialler }),
    ...(o.customers === undefined ? {} : { perAgent: o.customers }),
    ...(o.seed === undefined ? {} : { seed: o.seed }),
    ...(o.fates === undefined ? {} : { shares: o.fates }),
    ...(o.thresholds === undefined ? {} : { thresholds: o.thresholds }),
    ...(o.leastRate === undefined ? {} : { leastRate: o.leastRate }),
  };
}

function shares(text: string): Shares {
  const named = { answers: 0, machine: 0, leavesEarly: 0, busy: 0, silent: 0, ...valuesOf(text, FATES) };
  if (Object.values(named).every((share) => share === 0)) throw new InvalidArgumentError('Somebody must do something: answers=1.');
  return named;
}

/** 'busy=13,silent=30' */
function valuesOf<K extends string>(text: string, names: Readonly<Record<string, K>>): Partial<Record<K, number>> {
  const values: Partial<Record<K, number>> = {};
  for (const part of text.split(',')) {
    const [, name = '', value] = /^([a-z-]+)=([0-9]{1,6}(?:\.[0-9]{1,3})?)$/.exec(part.trim()) ?? [];
    const key = Object.hasOwn(names, name) ? names[name] : undefined;
    if (key === undefined || key in values)
      throw new InvalidArgumentError(`It is name=number, parted by commas, each once, of ${Object.keys(names).join(', ')}.`);
    values[key] = Number(value);
  }
  return values;
}

function written<K extends string>(names: Readonly<Record<string, K>>, values: Readonly<Record<K, number>>): string {
  return Object.entries(names)
    .map(([name, key]) => `${name}=${values[key]}`)
    .join(',');
}

function whole(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^[0-9]+$/.test(text) || value < least || value > most)
      throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`);
    return value;
  };
}
