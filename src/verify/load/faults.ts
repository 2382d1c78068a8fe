import { setTimeout as pause } from 'node:timers/promises';
import type { Context } from '../../context.ts';
import type { Container } from '../../engine/container.ts';
import { Interrupted } from '../../error.ts';
import { calm } from './climb.ts';
import type { LoadLab, LoadSide } from './load-lab.ts';
import { type Attacked, type LoadStep, type Manner, takeStep } from './step.ts';
import { channelsUp, stillUp } from './still-up.ts';

/** Something that goes wrong in the middle of a storm. */
interface Fault {
  readonly name: string;
  strike(lab: LoadLab, side: LoadSide): Promise<void>;
  mend(lab: LoadLab, side: LoadSide): Promise<void>;
  /** What must hold of the storm itself; what of the one after it, is the same for all. */
  readonly duringIt: 'all is well' | 'calls may fail';
}

/** What became of a PBX under a fault. */
export interface FaultOutcome {
  readonly name: string;
  /** What was wrong, a line each; none: it bore the fault. */
  readonly wrong: readonly string[];
  /** Why it could not be tried. */
  readonly trouble: string | null;
}

const STORM_SECONDS = 18;
const STRIKES_AFTER_MS = 5000;
const LASTS_MS = 8000;
const AFTER_SECONDS = 6;

const FAULTS: readonly Fault[] = [
  {
    name: 'the database refuses the PBX for some seconds',
    duringIt: 'all is well',
    strike: ({ database: { container }, databaseAccount: { user } }) =>
      sql(container, `ALTER USER '${user}'@'%' ACCOUNT LOCK; KILL USER '${user}'@'%'`),
    mend: ({ database: { container }, databaseAccount: { user } }) => sql(container, `ALTER USER '${user}'@'%' ACCOUNT UNLOCK`),
  },
  {
    name: 'the database hangs for some seconds',
    duringIt: 'all is well',
    strike: ({ database }) => signal(database.container, 'STOP', 'mariadbd'),
    mend: ({ database }) => signal(database.container, 'CONT', 'mariadbd'),
  },
  {
    name: 'core reload',
    duringIt: 'all is well',
    strike: async (_, { ami }) => void (await ami.command('core reload')),
    mend: async () => undefined,
  },
  {
    name: 'carriers and telephones do not answer for some seconds',
    duringIt: 'calls may fail',
    strike: (_, { world }) => signal(world, 'STOP', 'asterisk'),
    mend: (_, { world }) => signal(world, 'CONT', 'asterisk'),
  },
  {
    name: 'the dialler dies',
    duringIt: 'calls may fail',
    strike: ({ dialler }) => signal(dialler, 'KILL', 'node'),
    mend: async () => undefined,
  },
];

/** Tries each fault in the middle of a storm, and whether the PBX bears the next storm as if nothing had been. */
export async function tryFaults(lab: LoadLab, attacked: Attacked, manner: Manner, rate: number, c: Context): Promise<FaultOutcome[]> {
  const outcomes: FaultOutcome[] = [];
  for (const fault of FAULTS) {
    c.progress({ step: `a storm, and in it: ${fault.name}` });
    try {
      outcomes.push({ name: fault.name, wrong: await tryFault(lab, attacked, manner, { fault, rate }, c), trouble: null });
    } catch (error) {
      if (error instanceof Interrupted || c.signal.aborted) throw new Interrupted();
      c.log('info', 'a fault could not be tried', { fault: fault.name, error: String(error) });
      outcomes.push({ name: fault.name, wrong: [], trouble: error instanceof Error ? error.message : String(error) });
    }
  }
  return outcomes;
}

async function tryFault(
  lab: LoadLab,
  attacked: Attacked,
  manner: Manner,
  { fault, rate }: { readonly fault: Fault; readonly rate: number },
  c: Context,
): Promise<string[]> {
  const { side } = attacked;
  const before = await channelsUp(side.ami);
  const storm = takeStep(lab, attacked, { ...manner, seconds: STORM_SECONDS }, rate, c.signal).catch((error: unknown) =>
    asOutcome(fault, error),
  );
  await pause(STRIKES_AFTER_MS);
  try {
    await fault.strike(lab, side);
    await pause(LASTS_MS);
  } finally {
    await fault.mend(lab, side);
  }
  const during = await storm;
  await calm(side, c);
  const left = stillUp(await channelsUp(side.ami), before);
  const after = await takeStep(lab, attacked, { ...manner, seconds: AFTER_SECONDS }, rate, c.signal);
  return [
    ...(fault.duringIt === 'all is well' && during !== null ? during.broken.map((line) => `while it lasted: ${line}`) : []),
    ...left,
    ...after.broken.map((line) => `afterwards: ${line}`),
  ];
}

/** A dialler that was killed tells nothing. */
function asOutcome({ duringIt }: Fault, error: unknown): LoadStep | null {
  if (error instanceof Interrupted || duringIt === 'all is well') throw error;
  return null;
}

async function signal(container: Container, name: 'STOP' | 'CONT' | 'KILL', program: string): Promise<void> {
  // by its command line: not every image has procps, and threads rename themselves
  const find = `for p in /proc/[0-9]*; do case "$(tr '\\0' ' ' < $p/cmdline 2>/dev/null)" in "${program} "*|*/"${program} "*) kill -${name} \${p#/proc/};; esac; done; true`;
  const { code, err } = await container.exec(['sh', '-c', find], { user: 'root' });
  if (code !== 0) throw new Error(`${program} gets no signal: ${err.trim()}`);
}

async function sql(database: Container, text: string): Promise<void> {
  const { code, err } = await database.exec(['mariadb', '--no-defaults', '--socket=/run/mysqld/mysqld.sock', '-e', text]);
  if (code !== 0) throw new Error(`the database would not: ${err.trim()}`);
}
