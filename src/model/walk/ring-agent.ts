import type { Queue } from '../queue.ts';
import type { Agent } from './agents.ts';
import { type Call, childOf, type Run } from './call.ts';
import { fateOf } from './ring.ts';
import type { LeftOut, RingLeg } from './step.ts';
import { targetOfDial } from './telephones.ts';

/** An agent who is rung, as if nobody else were. `at`: seconds after which he answers. */
export interface Ringer {
  readonly leg: RingLeg;
  readonly fate: 'answers' | 'rings' | 'refuses';
  readonly at: number;
}

/** Rings one agent for at most so many seconds, the way the queue does; or says why he is not rung. */
export function ringerOf(run: Run, call: Call, queue: Queue, agent: Agent, seconds: number | null): Ringer | LeftOut {
  const { member, status } = agent;
  if (status === 'paused') return 'paused';
  if (status === 'in-use' && !queue.ringInUse) return 'in-a-call';
  if (member.kind === 'agent') return 'not-carried';
  if (member.kind === 'dial') {
    const { leg, result, at } = fateOf(run, call, targetOfDial(run.model, member.number), seconds);
    return { leg, at, fate: result === 'answered' ? 'answers' : result === 'rings' ? 'rings' : 'refuses' };
  }
  const isExtension = member.number in run.model.extension;
  if (!isExtension && queue.reaches === 'extensions-only') return 'no-telephone';
  const child = childOf(call, seconds);
  child.telephonesOnly = isExtension && queue.reaches !== 'as-dialled';
  const ending = child.telephonesOnly
    ? run.follow({ to: 'extension', id: member.number, by: 'direct' }, child)
    : run.dial(member.number, child);
  const fate = ending === 'answered' ? 'answers' : ending === 'endless' || ending === 'cut' ? 'rings' : 'refuses';
  return { leg: { kind: 'number', number: member.number, steps: child.steps, ending }, fate, at: child.elapsed };
}
