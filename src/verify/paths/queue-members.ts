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

/** An agent who logs in, as a queue has him from then on. `watches`: what says whether he is free; '': his channel alone. */
interface LogsIn {
  readonly member: string;
  readonly queue: string;
  readonly penalty: number;
  readonly name: string;
  readonly watches: string;
}

/** A log-in in words that can be compared. What parts arguments or fields cannot stand in a name. */
export function logInText({ member, queue, penalty, name, watches }: LogsIn): string {
  const words = name.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim();
  return `${member} logs-in ${queue}, penalty ${penalty}, name '${words}', watched by ${watches === '' ? 'nothing' : watches}`;
}

/** What the model says of a number that logs in by a queue's code: an extension with a lamp is watched by that. */
export function logInOf({ model, lookup }: Pick<Simulation['house'], 'model' | 'lookup'>, queue: string, agent: string): string {
  return logInText({
    member: interfaceOf({ kind: 'number', number: agent, penalty: 0 }),
    queue,
    penalty: model.queue[queue]?.dynamicMembers.find((m) => m.number === agent)?.penalty ?? 0,
    name: model.extension[agent]?.name ?? '',
    watches: lookup.hint(agent, 'ext-local') === null ? '' : `hint:${agent}@ext-local`,
  });
}
