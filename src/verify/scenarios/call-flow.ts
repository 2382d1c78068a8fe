import { naturalOrder } from '../../model/kinds.ts';
import { ref, refText } from '../../model/ref.ts';
import { type Draft, defineScenarios, type PlanContext, type Skipped, sample } from './define.ts';
import { scenarios } from './draft.ts';
import { byWay } from './ways.ts';

/** Every call flow, by day and by night. */
export const callFlowScenarios = defineScenarios({
  kind: 'call-flow',
  plan: (context) => {
    const ids = Object.keys(context.model['call-flow']).sort(naturalOrder);
    const { taken, skipped } = sample(ids, context.limit, (id) => `call-flow/${id}`);
    const found = taken.map((id) => drafts(context, id));
    const planned = scenarios(
      context,
      'call-flow',
      found.flatMap((f) => f.drafts),
    );
    return { scenarios: planned.scenarios, skipped: [...planned.skipped, ...found.flatMap((f) => f.skipped), ...skipped] };
  },
});

function drafts(context: PlanContext, id: string): { drafts: Draft[]; skipped: Skipped[] } {
  const about = ref('call-flow', id);
  const way = byWay(context, about);
  if (way === null) return { drafts: [], skipped: [{ id: refText(about), why: 'no call that the lab places reaches it' }] };
  const call = (mode: 'day' | 'night'): Draft => ({
    ...way,
    id: `${refText(about)}/${mode}`,
    about: [about],
    does: () => 'answer',
    impatient: true,
    astdb: { ...way.astdb, [`DAYNIGHT/C${id}`]: mode === 'day' ? 'DAY' : 'NIGHT' },
  });
  return { drafts: [call('day'), call('night')], skipped: [] };
}
