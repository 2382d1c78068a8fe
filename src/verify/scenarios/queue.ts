import { mayLogIn } from '../../model/log-in.ts';
import { ref, refText } from '../../model/ref.ts';
import type { Step } from '../../model/walk/step.ts';
import { parties } from '../../model/walk/timeline.ts';
import type { Phone } from './callers.ts';
import { dials } from './codes.ts';
import type { Draft, PlanContext } from './define.ts';
import { stepsOf } from './draft.ts';
import { callsOfEach, type Drafted } from './each-object.ts';
import { byWay } from './ways.ts';

/** Every queue: an agent takes the call, none does, all are busy, nobody is logged in, somebody logs in and is rung. */
export const queueScenarios = callsOfEach('queue', (context) => (id) => drafts(context, id));

type Call = (what: string, does: Draft['does'], o?: Partial<Draft>) => Draft;

/** Somebody who may logs in by the queue's code: he is told so, and rung, where nobody else takes the call; then he logs out. */
function logsIn(context: PlanContext, id: string, call: Call): Draft[] {
  const queue = context.model.queue[id];
  if (queue === undefined) return [];
  const may = (p: Phone): boolean => mayLogIn(context.model, id, p.extension);
  const there = new Set([...queue.members, ...queue.loggedIn].map((m) => m.number));
  const agents = context.everyPhone.filter((p) => may(p) && !there.has(p.extension) && !(p.extension in context.model['follow-me']));
  // another one for each queue
  const agent = agents[Object.keys(context.model.queue).indexOf(id) % agents.length];
  const stranger = context.phones.find((p) => !may(p));
  const refused = stranger === undefined ? [] : [refusedAgent(call, id, stranger)];
  if (agent === undefined) return refused;
  const password = queue.asksPassword ? [`${context.model.secrets[`queue/${id}/password`] ?? ''}#`] : [];
  const comes = dials(agent, `${id}*`, { keys: [`${agent.extension}#`, ...password] });
  const goes = dials(agent, `${id}**`, { keys: [`${agent.extension}#`] });
  const does: Draft['does'] = (leg) => (leg.id === agent.device ? 'answer' : 'ignore');
  const list = [...refused, { ...call('agent-logs-in', () => 'ignore'), ...comes, after: [goes] }];
  // among others his turn may come late
  if (there.size > 0 && queue.strategy !== 'ringall') return list;
  return [...list, call('logged-in-agent-answers', does, { earlier: [comes], after: [goes], notCalling: [agent.extension] })];
}

/** He keys what the queue's menu has, and is sent there: to somebody who is not rung as an agent of the queue, or nobody could tell why he rings. */
function leavesByKey(context: PlanContext, id: string, call: Call, asked: number): Draft[] {
  const queue = context.model.queue[id];
  const menu = queue?.breakoutIvr == null ? undefined : context.model.ivr[queue.breakoutIvr];
  // what is said to those who wait would come between
  if (queue === undefined || menu === undefined || asked === 0 || queue.announceSeconds > 0) return [];
  const plain = call('leaves-by-key', () => 'ignore', { goes: 'noticed', impatient: true });
  const about = [...plain.about, ref('ivr', queue.breakoutIvr ?? '')];
  const drafts = menu.entries
    .filter((e) => /^[0-9]$/.test(e.keys))
    .map((e) => ({ ...plain, about, keys: [...(plain.keys ?? []), e.keys] }));
  return drafts.filter((draft) => leadsToOthers(stepsOf(context, draft) ?? [])).slice(0, 1);
}

function leadsToOthers(steps: readonly Step[]): boolean {
  const left = steps.findLastIndex((s) => s.do === 'queue' && s.keys !== undefined);
  const agents = new Set(parties(steps.slice(0, left + 1)).map((p) => refText(p.to)));
  return left >= 0 && parties(steps.slice(left + 1)).every((p) => !agents.has(refText(p.to)));
}

function refusedAgent(call: Call, id: string, stranger: Phone): Draft {
  return { ...call('stranger-is-refused', () => 'ignore'), ...dials(stranger, `${id}*`, { keys: [`${stranger.extension}#`] }) };
}

function drafts(context: PlanContext, id: string): Drafted {
  const about = ref('queue', id);
  const way = byWay(context, about);
  if (way === null) return { drafts: [], skipped: [{ id: refText(about), why: 'no call that the lab places reaches it' }] };
  const call = (what: string, does: Draft['does'], o: Partial<Draft> = {}): Draft => ({
    ...way,
    id: `${refText(about)}/${what}`,
    about: [about],
    does,
    ...o,
  });
  const answered = call('agent-answers', () => 'answer');
  const line = (stepsOf(context, answered) ?? []).filter((s) => s.do === 'queue' && refText(s.by) === refText(about));
  const hasAgents = parties(line).length > 0;
  const long = call('waits-out', () => 'ignore', { goes: 'through' });
  const login = logsIn(context, id, call);
  if (!hasAgents) return { drafts: [call('nobody-logged-in', () => 'ignore', { goes: { to: about } }), long, ...login], skipped: [] };
  return {
    drafts: [
      answered,
      ...login,
      call('nobody-answers', () => 'ignore', { goes: { to: about } }),
      call('all-busy', () => 'busy', { goes: { to: about } }),
      ...leavesByKey(context, id, call, line.length),
      ...(context.model.queue[id]?.maxWaitSeconds == null ? [] : [long]),
    ],
    skipped: [],
  };
}
