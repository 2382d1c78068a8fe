import { splitArguments } from '../../asterisk/argument-list.ts';
import type { Queue, QueueMember } from '../../model/queue.ts';
import { type Agent, isEmptyFor } from '../../model/walk/agents.ts';
import { answer } from './answering.ts';
import type { Channel, Leg } from './channel.ts';
import { call } from './dial.ts';
import { NotJudged } from './not-judged.ts';
import { agentsIn, interfaceOf } from './queue-members.ts';
import type { Next } from './run.ts';
import { Process, Scheduler, type Steps } from './scheduler.ts';
import type { Rang, Simulation } from './simulation.ts';
import { whoOf } from './who.ts';

/** How long a caller waits before he keys his way out, in seconds: walk() takes the same. */
const LEAVES_SECONDS = 5;

/** What became of an agent who was rung as if nobody else were. */
interface Tried {
  readonly fate: 'answers' | 'rings' | 'refuses';
  readonly at: number;
  readonly legs: readonly Rang[];
}

/**
 * Queue(name,options,URL,announcement,seconds). In which turn agents are rung is app_queue's affair: each is tried as if alone, those of the lowest penalty first. What
 * queues.conf says of the queue is taken from the model, since another check compares the two.
 */
export function* queue(sim: Simulation, channel: Channel, data: string): Steps<Next> {
  const [id = '', options = '', , , limit = ''] = splitArguments(data, ',');
  const held = sim.house.model.queue[id];
  if (held === undefined) throw new NotJudged(`Queue(${id})`);
  const agents = agentsIn(sim, id);
  const full = held.maxCallers > 0 && (sim.at.state.waiting?.[id] ?? 0) >= held.maxCallers;
  const letIn = !full && !isEmptyFor(held.joinEmpty, 'join', agents);
  const tried = letIn ? yield* tryAll(sim, channel, { held, agents, routine: /b\(([^)]*)\)/.exec(options)?.[1] ?? null }) : [];
  sim.hears(channel, marked(id, held, tried));
  const keys = exitKeys(sim, channel, held);
  if (!letIn) return 'next';
  const answers = tried.filter((t) => t.fate === 'answers').map((t) => t.at);
  if (answers.length > 0) return yield* joined(sim, channel, Math.min(...answers));
  if (isEmptyFor(held.leaveWhenEmpty, 'leave', agents)) return 'next';
  const seconds = shorter(
    limit === '' || limit === '0' ? null : Number(limit),
    letters(options).includes('n') ? roundSeconds(held, agents.length, tried) : null,
  );
  if (keys !== null && (seconds === null || seconds > LEAVES_SECONDS)) {
    yield { until: sim.now + LEAVES_SECONDS };
    return { to: { context: `ivr-${held.breakoutIvr}`, number: keys, priority: 1 } };
  }
  if (seconds === null && channel === sim.caller) sim.end = 'waits';
  yield { until: seconds === null ? null : sim.now + seconds };
  return 'next';
}

function* joined(sim: Simulation, channel: Channel, at: number): Steps<Next> {
  yield { until: sim.now + at };
  answer(sim, channel);
  if (channel === sim.caller) sim.end = 'talk';
  yield { until: null };
  return 'hang-up';
}

interface Trying {
  readonly held: Queue;
  readonly agents: readonly Agent[];
  readonly routine: string | null;
}

/** Others than those of the lowest penalty only where these refuse at once, and where all ring together never (find_best, wait_for_answer). */
function* tryAll(sim: Simulation, channel: Channel, { held, agents, routine }: Trying): Steps<Tried[]> {
  const tried: Tried[] = [];
  const seconds = held.agentRingSeconds === 0 ? null : held.agentRingSeconds;
  for (const penalty of [...new Set(agents.map((a) => a.member.penalty))].sort((a, b) => a - b)) {
    for (const { member, status } of agents.filter((a) => a.member.penalty === penalty)) {
      if (status === 'paused' || (status === 'in-use' && !held.ringInUse)) continue;
      const one = tryOne(sim, channel, member, routine, seconds);
      if (one !== null) tried.push(one);
    }
    if (tried.some((t) => t.fate !== 'refuses') || (held.strategy === 'ringall' && tried.length > 0)) break;
  }
  return tried;
}

/** Rings one agent in a time of its own; null: nobody rings for him. */
function tryOne(sim: Simulation, channel: Channel, member: QueueMember, routine: string | null, seconds: number | null): Tried | null {
  if (member.kind !== 'number') throw new NotJudged('an agent that is no number');
  const { scheduler, legs, isRecorded } = sim;
  sim.scheduler = new Scheduler(scheduler.now);
  sim.legs = [];
  let leg: Leg | null = null;
  const until = seconds === null ? null : scheduler.now + seconds;
  const process: Process = new Process(channel.depth, ringing());
  function* ringing(): Steps {
    leg = yield* call(sim, channel, interfaceOf(member), routine, process);
    while (leg.state === 'ringing' && (until === null || sim.now < until)) yield { until, listens: true };
  }
  sim.scheduler.start(process);
  sim.scheduler.run(() => process.isOver);
  const state = (leg as Leg | null)?.state ?? 'ringing';
  if (state === 'ringing') (leg as Leg | null)?.hangUp();
  const tried: Tried = {
    fate: state === 'answered' ? 'answers' : state === 'ringing' ? 'rings' : 'refuses',
    at: sim.now - scheduler.now,
    legs: sim.legs,
  };
  sim.scheduler = scheduler;
  sim.legs = legs;
  sim.isRecorded = isRecorded || (sim.isRecorded && tried.fate === 'answers');
  return tried;
}

/** The queue, and whom it may ring. */
function marked(id: string, { agentRingSeconds }: Queue, tried: readonly Tried[]): string {
  const who = tried.flatMap((t) => t.legs).map(whoOf);
  return `queue ${id} (${agentRingSeconds} s): ${[...new Set(who)].sort().join(', ')}`;
}

/** Keys that take him to the queue's menu; null: none of his do. */
function exitKeys(sim: Simulation, channel: Channel, { breakoutIvr }: Queue): string | null {
  if (breakoutIvr === null || !(breakoutIvr in sim.house.model.ivr)) return null;
  const keys = sim.nextKeys(channel);
  const { lookup } = sim.house;
  const context = `ivr-${breakoutIvr}`;
  if (keys === '' || !lookup.exists(context, keys, channel.caller.number)) return null;
  for (let n = 1; n < keys.length; n++) if (lookup.exists(context, keys.slice(0, n), channel.caller.number)) return null;
  return keys;
}

/** Options without their arguments. */
function letters(options: string): string {
  return options.replaceAll(/\([^)]*\)/g, '');
}

function roundSeconds(held: Queue, agents: number, tried: readonly Tried[]): number | null {
  const attempts = Math.max(1, agents);
  const one = tried.some((t) => t.fate === 'rings') ? (held.agentRingSeconds === 0 ? null : held.agentRingSeconds) : 0;
  return one === null ? null : attempts * one + (attempts - 1) * held.retrySeconds;
}

function shorter(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.min(a, b);
}
