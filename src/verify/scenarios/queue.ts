import { naturalOrder } from '../../model/kinds.ts';
import { ref, refText } from '../../model/ref.ts';
import { parties } from '../../model/walk/timeline.ts';
import { type Draft, defineScenarios, type PlanContext, type Skipped, sample } from './define.ts';
import { scenarios, stepsOf } from './draft.ts';
import { byWay } from './ways.ts';

/** Every queue: an agent takes the call, none does, all are busy, nobody is logged in, somebody logs in and is rung. */
export const queueScenarios = defineScenarios({
  kind: 'queue',
  plan: (context) => {
    const ids = Object.keys(context.model.queue).sort(naturalOrder);
    const { taken, skipped } = sample(ids, context.limit, (id) => `queue/${id}`);
    const found = taken.map((id) => drafts(context, id));
    const planned = scenarios(
      context,
      'queue',
      found.flatMap((f) => f.drafts),
    );
    return { scenarios: planned.scenarios, skipped: [...planned.skipped, ...found.flatMap((f) => f.skipped), ...skipped] };
  },
});

function drafts(context: PlanContext, id: string): { drafts: Draft[]; skipped: Skipped[] } {
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
  if (!hasAgents) return { drafts: [call('nobody-logged-in', () => 'ignore', { goes: { to: about } }), long], skipped: [] };
  return {
    drafts: [
      answered,
      call('nobody-answers', () => 'ignore', { goes: { to: about } }),
      call('all-busy', () => 'busy', { goes: { to: about } }),
      ...(context.model.queue[id]?.maxWaitSeconds == null ? [] : [long]),
    ],
    skipped: [],
  };
}
