import { type Command, InvalidArgumentError, Option } from 'commander';

const LENGTHS = ['none', 'short', 'full'] as const;
const DIALLER_MODES = ['race', 'progressive', 'plain'] as const;

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
    ...(o.leastRate === undefined ? {} : { leastRate: o.leastRate }),
  };
}

function whole(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^[0-9]+$/.test(text) || value < least || value > most)
      throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`);
    return value;
  };
}
