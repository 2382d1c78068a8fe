import { setTimeout as pause } from 'node:timers/promises';
import { throwIfAborted } from '../../error.ts';
import { type Backlog, forgetBacklogs, worstBacklog } from './backlog.ts';
import { type Costs, costsOf, countersOf } from './costs.ts';
import type { Job, Mode } from './dialler/job.ts';
import { storm } from './dialler-container.ts';
import { SLOT_DIGITS, SLOTS } from './far-side.ts';
import type { Fate } from './fate.ts';
import { figuresOf, type StormFigures } from './figures.ts';
import { HOLD_CONTEXT } from './hold.ts';
import { bringLateRecords } from './late-records.ts';
import type { LoadLab, LoadSide } from './load-lab.ts';
import { broken, inconclusive, type Thresholds } from './thresholds.ts';
import type { Whom } from './whom.ts';

/** One storm at one rate, and what it cost. */
export interface LoadStep {
  readonly figures: StormFigures;
  readonly costs: Costs;
  /** The longest queue inside Asterisk; null: it does not say. */
  readonly backlog: Backlog | null;
  /** What the thresholds say; none: the PBX bears it. */
  readonly broken: readonly string[];
  /** Why it says nothing of the PBX; null: it does. */
  readonly inconclusive: string | null;
}

/** A side of a comparison: the same storm goes into each, by a context of its own. */
export interface Attacked {
  readonly name: string;
  readonly side: LoadSide;
  readonly whom: Whom;
  /** Its call records go to the lab's database. */
  readonly records: boolean;
  readonly variables?: Readonly<Record<string, string>>;
  /** CPU that the PBX takes with no call up, in seconds a second: it is no call's. */
  readonly idleCpu: number;
}

export interface Manner {
  readonly mode: Mode;
  readonly perAgent: number;
  readonly seats: number;
  readonly seconds: number;
  readonly fates: readonly Fate[];
  readonly thresholds: Thresholds;
}

/** No customer rings longer. */
const RING_MS = 3000;
const DRAIN_MS = 9000;
const WRAP_UP_MS = 200;
/** Records are written in batches; after a storm they are asked for. */
const RECORDS_MS = 5000;
const RECORDS_POLL_MS = 200;

/** Places one storm. What is still up after it was hung up. */
export async function takeStep(lab: LoadLab, a: Attacked, m: Manner, rate: number, signal: AbortSignal): Promise<LoadStep> {
  const job: Job = {
    pbx: { host: a.side.pbx.ip, port: 5038, ...lab.account },
    world: { host: a.side.world.ip, port: 5038, ...lab.account },
    mode: m.mode,
    perAgent: m.perAgent,
    context: a.whom.context,
    stem: a.whom.stem,
    slotDigits: SLOT_DIGITS,
    firstSlot: nextSlot(rate),
    holdContext: HOLD_CONTEXT,
    agentContext: a.whom.agentContext,
    agents: a.whom.agents,
    seats: m.seats,
    rate,
    seconds: m.seconds,
    ringMs: RING_MS,
    wrapUpMs: WRAP_UP_MS,
    drainMs: DRAIN_MS,
    variables: a.variables ?? {},
  };
  const measured = { pbx: a.side.pbx, world: a.side.world, database: a.records ? lab.database.container : null };
  const rowsBefore = a.records ? await rowsOf(lab, job.stem) : 0;
  await forgetBacklogs(a.side.ami);
  const before = await countersOf(measured);
  const startedAt = performance.now();
  const told = await storm(lab.dialler, job);
  throwIfAborted(signal);
  const backlog = await worstBacklog(a.side.ami);
  const figures = figuresOf(told, { fates: m.fates, asked: rate, placingSeconds: m.seconds });
  const recordsMissing = a.records ? await missingRecords(lab, a.side, { stem: job.stem, wanted: rowsBefore + figures.rang }) : null;
  const after = await countersOf(measured);
  const idleCpuSeconds = (a.idleCpu * (performance.now() - startedAt)) / 1000;
  const costs = costsOf(before, after, { calls: figures.originates, rate: figures.rate, idleCpuSeconds });
  const over = broken(figures, { recordsMissing, backlog }, m.thresholds);
  return { figures, costs, backlog, broken: over, inconclusive: inconclusive(figures) };
}

/** Steps of different rates begin with different customers, the same rate always with the same. */
function nextSlot(rate: number): number {
  return Math.round(rate * 997) % SLOTS;
}

/** Lets the PBX write what it holds back, and counts; what the database missed comes by the file. */
async function missingRecords(lab: LoadLab, side: LoadSide, o: { stem: string; wanted: number }): Promise<number> {
  await side.ami.command('cdr submit').catch(() => '');
  const missing = await untilThere(lab, o);
  if (missing === 0) return 0;
  await bringLateRecords(lab, side);
  return untilThere(lab, o);
}

async function untilThere(lab: LoadLab, { stem, wanted }: { stem: string; wanted: number }): Promise<number> {
  const until = performance.now() + RECORDS_MS;
  for (;;) {
    const missing = wanted - (await rowsOf(lab, stem));
    if (missing <= 0 || performance.now() > until) return Math.max(0, missing);
    await pause(RECORDS_POLL_MS);
  }
}

/** Call records of customers. */
async function rowsOf({ database }: LoadLab, stem: string): Promise<number> {
  const sql = `SELECT COUNT(*) FROM cdr WHERE dst LIKE '${stem}${'_'.repeat(SLOT_DIGITS)}' AND dstchannel <> ''`;
  const argv = ['mariadb', '--no-defaults', '--socket=/run/mysqld/mysqld.sock', '-N', 'asteriskcdrdb', '-e', sql];
  const { code, out, err } = await database.container.exec(argv);
  if (code !== 0) throw new Error(`call records cannot be counted: ${err.trim()}`);
  return Number(out);
}
