import type { Queue } from '../queue.ts';
import type { Agent } from './agents.ts';
import { type Call, childOf, type Run } from './call.ts';
import { fateOf, type Target } from './ring.ts';
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
  if (member.kind === 'dial') return ringerFor(run, call, targetOfDial(run.model, member.number), seconds);
  const { number } = member;
  const isExtension = number in run.model.extension;
  if (!isExtension && queue.reaches === 'extensions-only') return 'no-telephone';
  if (isExtension && queue.reaches !== 'as-dialled') return telephonesAlone(run, call, number, seconds);
  return ringerFor(run, call, { ring: 'number', number, keepsNumber: false, confirms: queue.confirms && !isExtension }, seconds);
}

function ringerFor(run: Run, call: Call, target: Target, seconds: number | null): Ringer {
  const { leg, result, at } = fateOf(run, call, target, seconds);
  return { leg, at, fate: result === 'answered' ? 'answers' : result === 'rings' ? 'rings' : 'refuses' };
}

/** An extension's telephones alone: from-queue-exten-only. */
function telephonesAlone(run: Run, call: Call, number: string, seconds: number | null): Ringer {
  const child = childOf(call, seconds);
  child.telephonesOnly = true;
  const ending = run.follow({ to: 'extension', id: number, by: 'direct' }, child);
  const fate = ending === 'answered' ? 'answers' : ending === 'endless' || ending === 'cut' ? 'rings' : 'refuses';
  return { leg: { kind: 'number', number, steps: child.steps, ending }, fate, at: child.elapsed };
}
