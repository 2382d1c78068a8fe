import type { LoadSide } from './load-lab.ts';
import type { Whom } from './whom.ts';

/** From the first originate of a race to its agent's wrap-up. */
const RACE_SECONDS = 4;

/** Calls that each agent's telephone must take at a time, so that this rate is not held up by want of agents. */
export function seatsFor(rate: number, perAgent: number, agents: number): number {
  return Math.ceil(((rate / perAgent) * RACE_SECONDS) / agents);
}

/** A telephone that stands for several agents rings beside its calls: call waiting, which both generations keep under the same key. */
export async function takeSeveralCalls({ ami }: LoadSide, { agents }: Whom, seats: number): Promise<void> {
  if (seats === 1) return;
  for (const { extension } of agents) await ami.action({ Action: 'DBPut', Family: 'CW', Key: extension, Val: 'ENABLED' });
}
