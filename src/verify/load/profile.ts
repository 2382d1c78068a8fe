import type { Context } from '../../context.ts';
import { calm } from './climb.ts';
import { panels } from './dialler-container.ts';
import { type Habit, habits } from './habits.ts';
import type { LoadLab } from './load-lab.ts';
import { type Attacked, type LoadStep, type Manner, takeStep } from './step.ts';

/** What a habit of old boxes costs alone, in the new one. */
export interface ProfiledHabit {
  readonly name: string;
  /** CPU of the PBX and what it starts, a call: without and with it. */
  readonly withoutMs: number;
  readonly withMs: number;
}

/** Slow enough that the dearest habit does not fill the CPU. */
const RATE = 3;
const SECONDS = 10;

/** Sends the same storm without and with each habit, in turn. */
export async function profile(lab: LoadLab, attacked: Attacked, manner: Manner, c: Context): Promise<ProfiledHabit[]> {
  const profiled: ProfiledHabit[] = [];
  for (const habit of habits({ ...lab.databaseAccount, host: lab.database.container.ip })) {
    c.progress({ step: `what it costs: ${habit.name}` });
    const without = await one(lab, attacked, manner, null, c);
    await habit.on(attacked.side);
    const withIt = await one(lab, attacked, manner, habit, c);
    await habit.off(attacked.side);
    c.log('info', 'habit', { name: habit.name, without, with: withIt });
    profiled.push({ name: habit.name, withoutMs: without.costs.cpuMsPerCall, withMs: withIt.costs.cpuMsPerCall });
  }
  return profiled;
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
