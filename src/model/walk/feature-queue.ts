import type { FeatureUse } from '../feature-claims.ts';
import { naturalOrder } from '../kinds.ts';
import { mayLogIn } from '../log-in.ts';
import { pinsUnder } from '../pin-set.ts';
import type { Queue, QueueMember } from '../queue.ts';
import { type Ref, ref } from '../ref.ts';
import { ask, authenticate, saidAll, say, spelled } from './ask.ts';
import { type Call, hangUp, type Run } from './call.ts';
import { answerAndWait, type Feature, pauseFor, userOf } from './feature-call.ts';
import type { Ending } from './step.ts';

/** How often somebody is asked who may not log in: without end on the old box. */
const MOST_ASKS = 3;

interface At {
  readonly id: string;
  readonly queue: Queue;
  readonly by: Ref;
}

/** QUEUE*: an agent logs in; who keys no number is taken for himself (macro-agent-add). */
export const logIn: Feature = (run, call, use) => {
  const at = queueOf(run, use);
  if (at === null) return hangUp(call);
  pauseFor(call, 1);
  for (let tries = 0; tries < MOST_ASKS; tries++) {
    const agent = whoIsMeant(call, at, 'agent-login');
    if (agent === '') continue;
    if (!mayLogIn(run.model, at.id, agent)) {
      say(call, ['pbx-invalid']);
      continue;
    }
    if (at.queue.asksPassword && !authenticate(call, at.by, pinsUnder(run.model, `queue/${at.id}/password`))) return saidAll(call);
    call.steps.push({ do: 'agent', queue: at.by, agent, change: 'logs-in' });
    pauseFor(call, 1);
    say(call, ['agent-loginok', 'with', 'extension', ...spelled(agent)]);
    return saidAll(call);
  }
  call.steps.push({ do: 'stay', by: at.by, at: 'asked-again' });
  return 'answered';
};

/** QUEUE**: and out of it (macro-agent-del). */
export const logOut: Feature = (run, call, use) => {
  const at = queueOf(run, use);
  if (at === null) return hangUp(call);
  pauseFor(call, 1);
  for (let tries = 0; tries < MOST_ASKS; tries++) {
    const agent = whoIsMeant(call, at, 'agent-logoff');
    if (agent === '') continue;
    call.steps.push({ do: 'agent', queue: at.by, agent, change: 'logs-out' });
    pauseFor(call, 1);
    say(call, ['agent-loggedoff']);
    return saidAll(call);
  }
  call.steps.push({ do: 'stay', by: at.by, at: 'asked-again' });
  return 'answered';
};

/** Who keys nothing means himself; keys A to D are no number, and he is asked again. */
function whoIsMeant(call: Call, at: At, prompt: string): string {
  const keyed = ask(call, at.by, [prompt]);
  return keyed === '' ? userOf(call) || call.caller.number : keyed.replaceAll(/[^+*#0-9]/g, '');
}

/** *45QUEUE: in where he is out, out where he is in. Who is always there is told that he is in. */
export const logInAndOut: Feature = (run, call, use) => {
  const at = queueOf(run, use);
  if (at === null) return hangUp(call);
  answerAndWait(call);
  const agent = userOf(call);
  if (at.queue.members.some(isTelephoneOf(agent))) {
    say(call, ['agent-loginok']);
    return saidAll(call);
  }
  pauseFor(call, 1);
  if (isLoggedIn(run, at, agent)) return toldOut(call, at, agent);
  if (at.queue.onlyListedLogIn && !at.queue.dynamicMembers.some((m) => m.number === agent)) {
    say(call, ['pbx-invalid']);
    return toldOut(call, null, agent);
  }
  call.steps.push({ do: 'agent', queue: at.by, agent, change: 'logs-in' });
  say(call, ['agent-loginok', ...spelled(agent)]);
  return saidAll(call);
};

function toldOut(call: Call, at: At | null, agent: string): Ending {
  if (at !== null) call.steps.push({ do: 'agent', queue: at.by, agent, change: 'logs-out' });
  say(call, ['agent-loggedoff']);
  return saidAll(call);
}

/** *45: all queues that list him: into all where he is out of one, else out of all (queue_devstate.agi, getall). */
export const logInAndOutOfAll: Feature = (run, call) => {
  answerAndWait(call);
  const agent = userOf(call);
  const listed = queuesOf(run, (queue) => queue.dynamicMembers.some((m) => m.number === agent));
  const comesIn = listed.some((at) => !isLoggedIn(run, at, agent));
  for (const at of listed) {
    pauseFor(call, 1);
    call.steps.push({ do: 'agent', queue: at.by, agent, change: comesIn ? 'logs-in' : 'logs-out' });
  }
  say(call, comesIn ? ['agent-loginok', ...spelled(agent)] : ['agent-loggedoff']);
  return saidAll(call);
};

/** *46QUEUE: pauses an agent, or ends his pause. Who is not in the queue hears that he is paused, and is not. */
export const pause: Feature = (run, call, use) => {
  const at = queueOf(run, use);
  if (at === null) return hangUp(call);
  answerAndWait(call);
  return toldPause(run, call, [at]);
};

/** *46: in all queues. */
export const pauseAll: Feature = (run, call) => {
  answerAndWait(call);
  return toldPause(
    run,
    call,
    queuesOf(run, () => true),
  );
};

function toldPause(run: Run, call: Call, queues: readonly At[]): Ending {
  const agent = userOf(call);
  const own = queues.filter((at) => at.queue.members.some(isTelephoneOf(agent)) || isLoggedIn(run, at, agent));
  const ends = own.length > 0 && own.every(({ queue }) => queue.loggedIn.some((m) => isTelephoneOf(agent)(m) && m.paused));
  for (const at of own) call.steps.push({ do: 'agent', queue: at.by, agent, change: ends ? 'ends-pause' : 'pauses' });
  say(call, ['dictate/pause', ends ? 'de-activated' : 'activated']);
  return saidAll(call);
}

function isLoggedIn(run: Run, { id, queue }: At, agent: string): boolean {
  const held: readonly QueueMember[] = run.at.state.loggedIn?.[id] ?? queue.loggedIn;
  return held.some(isTelephoneOf(agent));
}

/** 'Agent/1001' who waits on the line, or a dial string of that name, is not the extension 1001. */
function isTelephoneOf(agent: string): (m: QueueMember) => boolean {
  return (m) => m.kind === 'number' && m.number === agent;
}

function queuesOf(run: Run, want: (queue: Queue) => boolean): At[] {
  return Object.entries(run.model.queue)
    .filter(([, queue]) => want(queue))
    .sort(([a], [b]) => naturalOrder(a, b))
    .map(([id, queue]) => ({ id, queue, by: ref('queue', id) }));
}

function queueOf(run: Run, use: FeatureUse): At | null {
  const id = use.given ?? '';
  const queue = run.model.queue[id];
  return queue === undefined ? null : { id, queue, by: ref('queue', id) };
}
