import { split } from '../../asterisk/arguments.ts';
import { namedBy } from '../../asterisk/named.ts';
import { featureFor, numbering } from '../../model/numbering.ts';
import type { Queue } from '../../model/queue.ts';
import { ref } from '../../model/ref.ts';
import { leadsTo } from './dialplan.ts';
import type { HeldDialplan, HeldStep } from './held-dialplan.ts';
import { defineCheck, differing, missing, yes } from './mismatch.ts';
import { onOneLine, prefixOf } from './step-data.ts';

/** Contexts in which agents are dialled, by FreePBX's names for them. */
const REACHES: Record<Queue['reaches'], string> = {
  'as-dialled': 'from-internal',
  'no-forwards': 'from-queue-exten-internal',
  'extensions-only': 'from-queue-exten-only',
};

/** What callers of a queue go through before they wait, and in which way its agents are dialled. */
export const queueCallCheck = defineCheck(async ({ dialplan }, model) =>
  Object.entries(model.queue).flatMap(([id, queue]) => {
    const steps = dialplan.stepsOf('ext-queues', id);
    const call = steps.find((s) => s.application.toLowerCase() === 'queue');
    if (call === undefined) return [];
    const letters = (split(call.data, ',')[1] ?? '').replaceAll(/\w\([^()]*\)/g, '');
    const agents = beforeAgents(dialplan, call);
    const dialled = agents.flatMap((s) => Object.values(REACHES).filter((context) => s.data.endsWith(`=${context}`)));
    return differing(ref('queue', id), {
      'put before the name': [onOneLine(queue.callerNamePrefix), prefixOf(steps)],
      'answers before callers wait': [!queue.withoutAnswer, yes(steps.some((s) => s.application.toLowerCase() === 'answer'))],
      'callers hear ringing': [queue.callersHear === 'ringing', yes(letters.includes('r'))],
      'callers hear ringing when an agent rings': [queue.callersHear === 'ringing-when-agent-rings', yes(letters.includes('R'))],
      'is over after one round': [queue.oneRound, yes(letters.includes('n'))],
      'agents are dialled in': [REACHES[queue.reaches], dialled[0] ?? 'from-internal'],
      'agents in a call are left out': [queue.skipsBusy, yes(agents.some((s) => s.data.includes('SKIP_BUSY=yes')))],
    });
  }),
);

/** Members for ever take no code: who they are stands in the dialplan, which cannot ask queues.conf. */
export const fixedAgentCheck = defineCheck(async ({ dialplan }, model) => {
  if (!dialplan.has('fixed-agents')) return [];
  const members = Object.entries(model.queue).flatMap(([id, q]) =>
    q.members.flatMap((m) => (m.kind === 'number' ? [`${id}*${m.number}`] : [])),
  );
  const held = new Set(dialplan.stepsIn('fixed-agents').map((s) => s.extension));
  return members
    .filter((one) => /^[0-9+*#]+$/.test(one) && !held.has(one))
    .map((one) => missing(ref('queue', one.split('*')[0] ?? ''), `member for ever ${one}`));
});

/** A code that is about one queue does nothing to another. */
export const queueCodeCheck = defineCheck(async ({ dialplan }, model) => {
  const inside = numbering(model);
  return [...inside.numbers.keys()].flatMap((number) => {
    const queue = featureFor(inside, number)?.given ?? null;
    if (queue === null || !(queue in model.queue) || !number.includes(queue)) return [];
    const steps = dialplan.extensionsFor('from-internal', number)[0] ?? [];
    const own = steps.filter((s) => s.extension === number).flatMap((s) => s.data.split(/[^0-9A-Za-z]+/));
    const others = [...new Set(own)].filter((word) => word !== queue && word in model.queue);
    return others.map((other) => ({
      about: ref('queue', queue),
      what: `code ${number}`,
      expected: `queue ${queue}`,
      held: `queue ${other}`,
    }));
  });
});

/** Steps that run on the way to each agent: option b of Queue. */
function beforeAgents(dialplan: HeldDialplan, call: HeldStep): HeldStep[] {
  const [, place] = /b\(([^()]*)\)/.exec(call.data) ?? [];
  if (place === undefined) return [];
  const step = { ...call, application: 'Gosub', data: place.replaceAll('^', ',') };
  return namedBy(step).flatMap((named) => (named.is === 'place' ? leadsTo(dialplan, step, named.place) : []));
}
