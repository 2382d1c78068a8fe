import type { Context } from '../../context.ts';
import { Interrupted } from '../../error.ts';
import { calm } from './climb.ts';
import { panels } from './dialler-container.ts';
import { type Habit, habits } from './habits.ts';
import type { LoadLab } from './load-lab.ts';
import { type Attacked, type LoadStep, type Manner, takeStep } from './step.ts';

/** What a habit of old boxes costs alone, in the new one. */
export interface ProfiledHabit {
  readonly name: string;
  /** CPU of the PBX and what it starts, a call: without and with it; null: it could not be tried. */
  readonly withoutMs: number | null;
  readonly withMs: number | null;
}

/** Slow enough that the dearest habit does not fill the CPU. */
const RATE = 3;
const SECONDS = 10;

/** Sends the same storm without and with each habit, in turn. */
export async function profile(lab: LoadLab, attacked: Attacked, manner: Manner, c: Context): Promise<ProfiledHabit[]> {
  const profiled: ProfiledHabit[] = [];
  for (const habit of habits({ ...lab.databaseAccount, host: lab.database.container.ip })) {
    c.progress({ step: `what it costs: ${habit.name}` });
    profiled.push(
      await costOf(lab, attacked, manner, habit, c).catch((error: unknown) => {
        if (error instanceof Interrupted || c.signal.aborted) throw new Interrupted();
        c.log('info', 'a habit could not be tried', { habit: habit.name, error: String(error) });
        return { name: habit.name, withoutMs: null, withMs: null };
      }),
    );
  }
  return profiled;
}

async function costOf(lab: LoadLab, attacked: Attacked, manner: Manner, habit: Habit, c: Context): Promise<ProfiledHabit> {
  const without = await one(lab, attacked, manner, null, c);
  await habit.on(attacked.side);
  try {
    const withIt = await one(lab, attacked, manner, habit, c);
    c.log('info', 'habit', { name: habit.name, without, with: withIt });
    return { name: habit.name, withoutMs: without.costs.cpuMsPerCall, withMs: withIt.costs.cpuMsPerCall };
  } finally {
    await habit.off(attacked.side);
  }
}

async function one(lab: LoadLab, attacked: Attacked, manner: Manner, habit: Habit | null, c: Context): Promise<LoadStep> {
  const { context = attacked.whom.context, variables = {}, panels: logins = 0 } = habit ?? {};
  const side = { ...attacked, whom: { ...attacked.whom, context }, variables };
  const pbx = { host: attacked.side.pbx.ip, port: 5038, ...lab.account };
  const watching = logins === 0 ? null : panels(lab.dialler, { pbx, panels: logins, seconds: SECONDS });
  const step = await takeStep(lab, side, { ...manner, seconds: SECONDS }, RATE, c.signal);
  await watching;
  await calm(attacked.side, c);
  return step;
}
