import type { Ivr } from '../ivr.ts';
import type { Queue } from '../queue.ts';
import { promptsOf } from '../recording.ts';
import { type Ref, ref } from '../ref.ts';
import { type Agent, agentsOf, isEmptyFor } from './agents.ts';
import { type Call, mayGoOn, putPrefix, type Run } from './call.ts';
import { goTo } from './go-on.ts';
import { leaveByKey } from './ivr.ts';
import { nextKeys } from './keys.ts';
import { musicFor } from './music.ts';
import { recordQueue } from './recording.ts';
import { type Ringer, ringerOf } from './ring-agent.ts';
import { endsWithinItself } from './ring-group.ts';
import { answersCall, type Ending, type QueueStep } from './step.ts';

/** The caller waits for agents: ext-queues and Queue(). */
export function callQueue(run: Run, call: Call, id: string, queue: Queue): Ending {
  const by = ref('queue', id);
  if (!mayGoOn(run, call, id)) return 'congestion';
  call.steps.push({ do: 'enter', ref: by });
  if (call.within.includes(id)) return endsWithinItself(call, id);
  if (!queue.withoutAnswer && !call.steps.some(answersCall)) call.steps.push({ do: 'wait', seconds: 0, answers: true });
  call.insideGroup = true;
  call.skipsBusy = queue.skipsBusy;
  putPrefix(run, call, queue.callerNamePrefix);
  if (queue.musicClass !== null) call.musicClass = queue.musicClass;
  const stopRecording = recordQueue(run, call, id, queue.recordingFormat !== null);
  const agents = agentsOf(run, id, queue);
  announceTo(run, call, queue, agents);
  const exit = exitOf(run, call, queue);
  const { within } = call;
  call.within = [...within, id];
  const result = waitInLine(run, call, { by, queue, agents, keys: exit?.entry.keys ?? null });
  call.within = within;
  if (result === 'answered') return result;
  // for who rings this queue, the queue itself has answered
  if (result === 'endless' || result === 'cut') return queue.withoutAnswer ? result : 'answered';
  stopRecording();
  call.insideGroup = false;
  call.skipsBusy = false;
  return result === 'leaves' && exit !== null ? leaveByKey(run, call, exit.menu, exit.entry) : goTo(run, call, by, queue.next);
}

/** How long a caller waits before he keys his way out, in seconds. */
const LEAVES_SECONDS = 5;

interface Exit {
  readonly menu: string;
  readonly entry: Ivr['entries'][number];
}

/** Where the caller's next key takes him out of the line: to what the queue's menu has for it (app_queue: valid_exit takes the first keys that fit). */
function exitOf(run: Run, call: Call, { breakoutIvr }: Queue): Exit | null {
  const menu = breakoutIvr === null ? undefined : run.model.ivr[breakoutIvr];
  if (breakoutIvr === null || menu === undefined) return null;
  const keys = nextKeys(call);
  const entry = menu.entries.find((e) => e.keys === keys && !menu.entries.some((o) => o !== e && keys.startsWith(o.keys)));
  return entry === undefined ? null : { menu: breakoutIvr, entry };
}

interface Waiting {
  readonly by: Ref;
  readonly queue: Queue;
  readonly agents: readonly Agent[];
  /** With which he leaves, where nobody takes the call before; null: he does not. */
  readonly keys: string | null;
}

/**
 * Queue() in hand-made dialplan: the queue itself, with nothing that the PBX puts around it. It is not answered for it, agents are dialled as from inside, and nobody
 * records.
 * @param seconds that the caller waits at most; null: for ever.
 */
export function queueByHand(run: Run, call: Call, id: string, queue: Queue, seconds: number | null): QueueStep['result'] {
  const by = ref('queue', id);
  call.steps.push({ do: 'enter', ref: by });
  const bare: Queue = { ...queue, maxWaitSeconds: seconds, withoutAnswer: true, reaches: 'as-dialled', skipsBusy: false, confirms: false };
  if (queue.musicClass !== null) call.musicClass = queue.musicClass;
  return waitInLine(run, call, { by, queue: bare, agents: agentsOf(run, id, queue), keys: null });
}

/** Where some could be rung already, the announcement may be left out. */
function announceTo(run: Run, call: Call, queue: Queue, agents: readonly Agent[]): void {
  const prompts = promptsOf(run.model, queue.joinAnnouncement);
  if (prompts.length === 0) return;
  if (queue.skipsJoinAnnouncement !== null && agents.some((a) => a.status === 'free')) return;
  call.steps.push({ do: 'play', prompts, early: queue.withoutAnswer });
}

function waitInLine(run: Run, call: Call, { by, queue, agents, keys }: Waiting): QueueStep['result'] {
  const full = queue.maxCallers > 0 && (run.at.state.waiting?.[by.id] ?? 0) >= queue.maxCallers;
  const letIn = !full && !isEmptyFor(queue.joinEmpty, 'join', agents);
  const ringers = letIn ? ringersOf(run, call, queue, agents) : [];
  const until = shorter(queue.maxWaitSeconds, queue.oneRound ? roundsSeconds(queue, agents.length, ringers) : null);
  const left = call.limit === null ? null : call.limit - call.elapsed;
  const cut = left !== null && (until === null || left <= until);
  const unanswered =
    keys !== null && (until === null || until > LEAVES_SECONDS) ? 'leaves' : cut ? 'cut' : until === null ? 'endless' : 'timeout';
  const result = letIn ? resultOf(queue, agents, ringers, unanswered) : 'not-let-in';
  call.elapsed +=
    result === 'answered' ? Math.min(...ringers.flatMap((r) => (r.fate === 'answers' ? [r.at] : []))) : waited(result, until, left);
  call.steps.push({
    do: 'queue',
    by,
    legs: ringers.map((r) => r.leg),
    some: queue.strategy !== 'ringall' && ringers.length > 1,
    agentSeconds: ringSeconds(queue),
    retrySeconds: queue.retrySeconds,
    seconds:
      result === 'timeout' ? until : result === 'leaves' ? LEAVES_SECONDS : result === 'not-let-in' || result === 'sent-away' ? 0 : null,
    musicClass: !letIn || queue.callersHear === 'ringing' ? null : musicFor(run, call),
    announces: announcesOf(run, queue),
    result,
    ...(result === 'leaves' && keys !== null ? { keys } : {}),
  });
  return result;
}

function resultOf(
  queue: Queue,
  agents: readonly Agent[],
  ringers: readonly Ringer[],
  unanswered: 'cut' | 'endless' | 'leaves' | 'timeout',
): QueueStep['result'] {
  if (ringers.some((r) => r.fate === 'answers')) return 'answered';
  return isEmptyFor(queue.leaveWhenEmpty, 'leave', agents) ? 'sent-away' : unanswered;
}

function waited(result: QueueStep['result'], until: number | null, left: number | null): number {
  if (result === 'timeout') return until ?? 0;
  if (result === 'leaves') return LEAVES_SECONDS;
  return result === 'cut' ? (left ?? 0) : 0;
}

/**
 * Who is rung, each as if alone: those of the lowest penalty; others only where these refuse at once, and where all ring together never, since a call that is out
 * is not followed by another of the same round (app_queue: find_best, wait_for_answer).
 */
function ringersOf(run: Run, call: Call, queue: Queue, agents: readonly Agent[]): Ringer[] {
  const rung: Ringer[] = [];
  const penalties = [...new Set(agents.map((a) => a.member.penalty))].sort((a, b) => a - b);
  for (const penalty of penalties) {
    for (const agent of agents.filter((a) => a.member.penalty === penalty)) {
      const ringer = ringerOf(run, call, queue, agent, ringSeconds(queue));
      if (typeof ringer === 'string') call.steps.push({ do: 'leave-out', who: agent.member.number, because: ringer });
      else rung.push(ringer);
    }
    if (rung.some((r) => r.fate !== 'refuses') || (queue.strategy === 'ringall' && rung.length > 0)) break;
  }
  return rung;
}

/** Seconds that one agent rings; null: without end. */
function ringSeconds(queue: Queue): number | null {
  return queue.agentRingSeconds === 0 ? null : queue.agentRingSeconds;
}

/** One round: as many attempts as there are agents, whatever the strategy (queue_exec: `tries >= members`); null: the first has no end. */
function roundsSeconds(queue: Queue, agents: number, ringers: readonly Ringer[]): number | null {
  const attempts = Math.max(1, agents);
  const one = ringers.some((r) => r.fate === 'rings') ? ringSeconds(queue) : 0;
  return one === null ? null : attempts * one + (attempts - 1) * queue.retrySeconds;
}

function shorter(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.min(a, b);
}

/** The caller is the next one; how long others waited is not known, so no time is told. Else the recording of the menu that he may leave to. */
function announcesOf(run: Run, queue: Queue): QueueStep['announces'] {
  const own = (prompt: string): string[] => {
    const said = queue.prompts[prompt] ?? prompt;
    return said === '' ? [] : [said];
  };
  if (queue.announceSeconds > 0) {
    const prompts = [...(queue.announcePosition === 'no' ? [] : own('queue-youarenext')), ...own('queue-thankyou')];
    return prompts.length === 0 ? null : { seconds: queue.announceSeconds, afterSeconds: 0, prompts };
  }
  if (queue.periodicAnnounceSeconds === 0) return null;
  const menu = queue.breakoutIvr === null ? undefined : run.model.ivr[queue.breakoutIvr];
  const prompts = menu === undefined ? own('queue-periodic-announce') : promptsOf(run.model, menu.announcement);
  return prompts.length === 0 ? null : { seconds: queue.periodicAnnounceSeconds, afterSeconds: queue.periodicAnnounceSeconds, prompts };
}
