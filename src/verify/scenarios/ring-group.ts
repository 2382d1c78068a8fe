import { naturalOrder } from '../../model/kinds.ts';
import { type Ref, ref, refText } from '../../model/ref.ts';
import { type Draft, defineScenarios, type PlanContext, type Skipped, sample } from './define.ts';
import { ringOrder, scenarios } from './draft.ts';

/** Every ring group: the first takes the call, the second does, the first is busy, nobody does. */
export const ringGroupScenarios = defineScenarios({
  kind: 'ring-group',
  plan: (context) => {
    const ids = Object.keys(context.model['ring-group']).sort(naturalOrder);
    const { taken, skipped } = sample(ids, context.limit, (id) => `ring-group/${id}`);
    const found = taken.map((id) => drafts(context, id));
    const planned = scenarios(
      context,
      'ring-group',
      found.flatMap((f) => f.drafts),
    );
    return { scenarios: planned.scenarios, skipped: [...planned.skipped, ...found.flatMap((f) => f.skipped), ...skipped] };
  },
});

function drafts(context: PlanContext, id: string): { drafts: Draft[]; skipped: Skipped[] } {
  const call = (what: string, does: Draft['does']): Draft => ({
    id: `ring-group/${id}/${what}`,
    about: [ref('ring-group', id)],
    dial: id,
    from: { inside: context.phones },
    does,
  });
  const nobody = call('nobody', () => 'ignore');
  const [first, second] = ringOrder(context, nobody);
  const confirms = context.model['ring-group'][id]?.confirms === true;
  const list = [nobody];
  const skipped: Skipped[] = [];
  // a group that rings one after the other comes to the second as soon as the first is busy: no need to wait for the end of its ringing
  const together = context.model['ring-group'][id]?.strategy === 'ringall';
  for (const [what, who] of [
    ['first-answers', first],
    ['second-answers', together ? second : undefined],
  ] as const) {
    if (who === undefined) continue;
    if (confirms && who.kind === 'trunk')
      skipped.push({ id: `ring-group/${id}/${what}`, why: 'an outside member confirms with a key, which is not carried yet' });
    else list.push(call(what, only(who, 'answer')));
  }
  if (first !== undefined)
    list.push(call('first-busy', (leg) => (refText(leg) === refText(first) ? 'busy' : together ? 'ignore' : 'answer')));
  return { drafts: list, skipped };
}

function only(who: Ref, does: 'answer' | 'busy'): Draft['does'] {
  const name = refText(who);
  return (leg) => (refText(leg) === name ? does : 'ignore');
}
