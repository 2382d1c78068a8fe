import { naturalOrder } from '../../model/kinds.ts';
import { ref, refText } from '../../model/ref.ts';
import { type Draft, defineScenarios, only, type PlanContext, sample } from './define.ts';
import { ringOrder, scenarios } from './draft.ts';

/** Every ring group: the first takes the call, the second does, the first is busy, nobody does. */
export const ringGroupScenarios = defineScenarios({
  kind: 'ring-group',
  plan: (context) => {
    const ids = Object.keys(context.model['ring-group']).sort(naturalOrder);
    const { taken, skipped } = sample(ids, context.limit, (id) => `ring-group/${id}`);
    const planned = scenarios(
      context,
      'ring-group',
      taken.flatMap((id) => drafts(context, id)),
    );
    return { scenarios: planned.scenarios, skipped: [...planned.skipped, ...skipped] };
  },
});

function drafts(context: PlanContext, id: string): Draft[] {
  const call = (what: string, does: Draft['does']): Draft => ({
    id: `ring-group/${id}/${what}`,
    about: [ref('ring-group', id)],
    dial: id,
    from: { inside: context.phones },
    does,
  });
  const nobody = call('nobody', () => 'ignore');
  const order = ringOrder(context, nobody);
  const [first, second] = order;
  const list = [nobody];
  const held = context.model['ring-group'][id];
  // one that rings one after the other comes to the second as soon as the first is busy: no need to wait for the end of its ringing
  const together = held?.strategy === 'ringall';
  if (first !== undefined) list.push(call('first-answers', only(first, 'answer')));
  if (second !== undefined && together) list.push(call('second-answers', only(second, 'answer')));
  const outside = order.find((r) => r.kind === 'trunk');
  if (outside !== undefined && held?.confirms === true) list.push(call('outside-does-not-confirm', only(outside, 'answer-only')));
  if (first !== undefined)
    list.push(call('first-busy', (leg) => (refText(leg) === refText(first) ? 'busy' : together ? 'ignore' : 'answer')));
  return list;
}
