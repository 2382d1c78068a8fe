import type { Context } from '../../context.ts';
import { Interrupted, MigrateError } from '../../error.ts';
import type { Build } from '../../model/build.ts';
import { whatLacks } from '../old/missing-include.ts';
import { readOldBox } from '../old/old-box.ts';
import type { AgainstOptions } from '../old/old-pbx.ts';
import { dialplanOf } from '../static/dialplan-files.ts';
import { type Climbed, calm, climb } from './climb.ts';
import { idleCpuOf } from './costs.ts';
import type { Mode } from './dialler/job.ts';
import { farSideDialplan, SLOTS } from './far-side.ts';
import { drawAgentTurns, drawFates, type Shares, USUAL_SHARES } from './fate.ts';
import { type FaultOutcome, tryFaults } from './faults.ts';
import { habitDialplan } from './habits.ts';
import { type Length, PLANS, SOAK_SHARE } from './length.ts';
import { type LoadLab, startLoadLab } from './load-lab.ts';
import { grows, type Memory, watchMemory } from './memory.ts';
import { startOldSide } from './old-side.ts';
import { type ProfiledHabit, profile } from './profile.ts';
import { programPlaces, raiseFirst } from './raise-first.ts';
import { seatsFor, takeSeveralCalls } from './seats.ts';
import { type Attacked, type LoadStep, type Manner, takeStep } from './step.ts';
import { channelsUp, stillUp } from './still-up.ts';
import { type Thresholds, USUAL_THRESHOLDS } from './thresholds.ts';
import { type Whom, whomToCall } from './whom.ts';

export interface LoadOptions {
  readonly length: Length;
  readonly mode?: Mode;
  /** Customers who are called for one agent. */
  readonly perAgent?: number;
  /** Speech both ways. */
  readonly media?: boolean;
  /** The same seed, the same customers. */
  readonly seed?: number;
  /** What customers do; usual: USUAL_SHARES. */
  readonly shares?: Shares;
  /** Those that are not the usual ones. */
  readonly thresholds?: Partial<Thresholds>;
  /** Originates a second that it must bear. */
  readonly leastRate?: number;
  /** The same storms go into this old PBX as it was found. */
  readonly against?: AgainstOptions;
  /** Also what each habit of old boxes costs. */
  readonly profileCost?: boolean;
}

/** What the load test found. */
export interface Load {
  readonly length: Length;
  readonly mode: Mode;
  readonly perAgent: number;
  readonly seed: number;
  readonly shares: Shares;
  readonly thresholds: Thresholds;
  /** Why there was no storm: nobody to call. null: there was one. */
  readonly trouble: string | null;
  readonly whom: (Omit<Whom, 'agents'> & { readonly agents: number }) | null;
  readonly climbed: readonly Climbed[];
  /** Why the old PBX was not sent any, though it was asked for; null: it was, or was not asked for. */
  readonly oldTrouble: string | null;
  /** For minutes at four fifths of the capacity; null: none was asked for, or there was no capacity. */
  readonly soak: LoadStep | null;
  /** Of the PBX meanwhile; null: not looked at for long enough. */
  readonly memory: Memory | null;
  /** What became of it where something went wrong in the middle of a storm; null: not tried. */
  readonly faults: readonly FaultOutcome[] | null;
  /** What to raise first for more calls a second, what weighs most before the rest; none: no storm broke it. */
  readonly raiseFirst: readonly string[];
  /** null: it was not asked for. */
  readonly profile: readonly ProfiledHabit[] | null;
  /** What is wrong, a line each. */
  readonly failed: readonly string[];
}

/** Names of the sides, as the report has them. */
export const NEW_SIDE = 'new';
const OLD_SIDE = 'old';

const DEFAULT_PER_AGENT = 4;
const DEFAULT_SEED = 1;
const TURNS = 100;
const PROFILE_MS = 8 * 60_000;

/**
 * Brings the build up once more, alone on a CPU, and sends the storms of a dialler into it, harder and harder until a threshold breaks.
 * @throws MigrateError E_NO_ENGINE, E_LOAD_CPUS, E_LOAD_FILES, E_LOAD_DIALLER (exit 3), E_LAB; Interrupted
 */
export async function measureLoad(build: Build, migrations: string, o: LoadOptions, c: Context): Promise<Load> {
  const { length, mode = 'race', perAgent = DEFAULT_PER_AGENT, seed = DEFAULT_SEED, shares = USUAL_SHARES } = o;
  const thresholds = { ...USUAL_THRESHOLDS, ...o.thresholds };
  const whom = whomToCall(build.model);
  const nothing: Load = {
    ...{ length, mode, perAgent, seed, shares, thresholds },
    ...{
      trouble: null,
      whom: null,
      climbed: [],
      oldTrouble: null,
      soak: null,
      memory: null,
      faults: null,
      raiseFirst: [],
      profile: null,
      failed: [],
    },
  };
  if ('why' in whom) return { ...nothing, trouble: whom.why };
  const fates = drawFates(seed, shares, SLOTS);
  const dialplan = farSideDialplan({ fates, turns: drawAgentTurns(seed, TURNS), media: o.media ?? false });
  const longestMs = PLANS[length].longestMs + (o.profileCost === true ? PROFILE_MS : 0);
  const seats = seatsFor(PLANS[length].ramp.most, perAgent, whom.agents.length);
  const lab = await startLoadLab(build, { migrations, dialplan, longestMs }, c);
  try {
    const manner: Manner = { mode, perAgent, seats, seconds: PLANS[length].stepSeconds, fates, thresholds };
    const found = await measureIn(lab, { whom, dialplan, manner, asked: o }, c);
    const { agents, ...rest } = whom;
    return { ...nothing, whom: { ...rest, agents: agents.length }, ...found };
  } finally {
    await lab.end();
  }
}

interface Measuring {
  readonly whom: Whom;
  /** Of the far side. */
  readonly dialplan: string;
  readonly manner: Manner;
  readonly asked: LoadOptions;
}

async function measureIn(lab: LoadLab, m: Measuring, c: Context): Promise<Partial<Load>> {
  const { whom, manner, asked } = m;
  const plan = PLANS[asked.length];
  const side = await lab.start(NEW_SIDE, asked.profileCost === true ? [habitDialplan(whom)] : []);
  await takeSeveralCalls(side, whom, manner.seats);
  const attacked: Attacked = { name: NEW_SIDE, side, whom, records: true, idleCpu: await idleCpuOf(side.pbx) };
  const old = asked.against === undefined ? null : await startOld(lab, asked.against, m, c);
  const sides = [attacked, ...(old?.attacked ?? [])];
  const bounds = sides.map(() => plan.ramp);
  const climbed = await climb(lab, sides, manner, bounds, c);
  const capacity = climbed[0]?.capacity ?? 0;
  const soak = await soakAt(lab, attacked, { ...manner, seconds: plan.soakSeconds }, SOAK_SHARE * capacity, c);
  const faults = plan.triesFaults && capacity > 0 ? await tryFaults(lab, attacked, manner, capacity / 2, c) : null;
  return {
    climbed,
    oldTrouble: old?.trouble ?? null,
    soak: soak?.came ?? null,
    memory: soak?.memory ?? null,
    faults,
    raiseFirst: climbed[0] === undefined ? [] : raiseFirst(climbed[0], programPlaces(dialplanOf(lab.bringing.build.entries), whom)),
    profile: asked.profileCost === true ? await profile(lab, attacked, manner, c) : null,
    failed: [...whatFailed(climbed, soak, asked.leastRate ?? plan.ramp.first), ...whatFaultsBroke(faults ?? [])],
  };
}

/** The old PBX beside the new one. Whatever is wrong with it is told, and the new one is measured all the same. */
async function startOld(
  lab: LoadLab,
  { source, reading }: AgainstOptions,
  { dialplan, whom, manner }: Measuring,
  c: Context,
): Promise<{ readonly attacked: readonly Attacked[]; readonly trouble: string | null }> {
  try {
    const box = await readOldBox(source, reading, c);
    const lacks = whatLacks(box);
    if (box === null || lacks !== null) return { attacked: [], trouble: lacks };
    const side = await startOldSide(lab, box, { dialplan, more: '' });
    await takeSeveralCalls(side, whom, manner.seats);
    return { attacked: [{ name: OLD_SIDE, side, whom, records: false, idleCpu: await idleCpuOf(side.pbx) }], trouble: null };
  } catch (error) {
    if (error instanceof Interrupted || !(error instanceof MigrateError)) throw error;
    // what its Asterisk printed last may hold a line of its configuration
    return { attacked: [], trouble: `the old PBX does not start (${error.code})` };
  }
}

interface Soaked {
  readonly came: LoadStep;
  readonly memory: Memory | null;
  /** Calls that are up after it, a line. */
  readonly left: readonly string[];
}

async function soakAt(lab: LoadLab, attacked: Attacked, manner: Manner, rate: number, c: Context): Promise<Soaked | null> {
  if (manner.seconds === 0 || rate === 0) return null;
  c.progress({ step: `${(manner.seconds / 60).toFixed(0)} minutes at ${rate.toFixed(1)} originates a second` });
  const before = await channelsUp(attacked.side.ami);
  const soaked = await watchMemory(attacked.side.pbx, takeStep(lab, attacked, manner, rate, c.signal), c.signal);
  await calm(attacked.side, c);
  return { ...soaked, left: stillUp(await channelsUp(attacked.side.ami), before) };
}

function whatFaultsBroke(faults: readonly FaultOutcome[]): string[] {
  return faults.flatMap(({ name, wrong }) => wrong.map((line) => `${name}: ${line}`));
}

function whatFailed(climbed: readonly Climbed[], soak: Soaked | null, leastRate: number): string[] {
  const wrong = soak === null ? [] : [...soak.came.broken, ...grows(soak.memory), ...soak.left];
  const failed = wrong.map((line) => `at ${soak?.came.figures.asked.toFixed(1)} originates a second for minutes: ${line}`);
  const own = climbed.find((c) => c.name === NEW_SIDE);
  if (own === undefined || own.capacity >= leastRate) return failed;
  const worst = own.steps.find((s) => s.broken.length > 0 || s.inconclusive !== null);
  const why = worst === undefined ? '' : `: at ${worst.figures.asked.toFixed(1)}, ${worst.inconclusive ?? worst.broken.join(', ')}`;
  return [...failed, `it bears ${own.capacity.toFixed(1)} originates a second of ${leastRate} that it must${why}`];
}
