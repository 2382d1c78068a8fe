import type { QueueMember } from '../../model/queue.ts';
import { type Agent, agentsOf } from '../../model/walk/agents.ts';
import { NotJudged } from './not-judged.ts';
import type { Simulation } from './simulation.ts';

/** What is dialled for a member: Local/101@from-queue/n. */
export function interfaceOf(member: QueueMember): string {
  return member.kind === 'number' ? `Local/${member.number}@from-queue/n` : member.number;
}

/** Who takes calls of a queue, as app_queue sees them. That queues.conf holds them is another check's. */
export function agentsIn(sim: Pick<Simulation, 'house' | 'at'>, queue: string): Agent[] {
  const { model } = sim.house;
  const held = model.queue[queue];
  if (held === undefined) throw new NotJudged(`queue ${queue}`);
  return agentsOf({ model, at: sim.at }, queue, held);
}

/** Interfaces of a queue's members (QUEUE_MEMBER_LIST). */
export function memberList(sim: Simulation, queue: string): string[] {
  return agentsIn(sim, queue).map((a) => interfaceOf(a.member));
}

/** QUEUE_MEMBER(queue,what) counts; QUEUE_MEMBER(queue,paused,interface) tells of one. */
export function queueMember(sim: Simulation, [queue = '', what = '', of]: readonly string[]): string {
  const agents = agentsIn(sim, queue);
  if (of !== undefined && what === 'paused') return agents.some((a) => interfaceOf(a.member) === of && a.status === 'paused') ? '1' : '0';
  if (of === undefined && (what === 'free' || what === 'ready')) return String(agents.filter((a) => a.status === 'free').length);
  throw new NotJudged(`QUEUE_MEMBER(${what})`);
}
