import { ref } from '../../model/ref.ts';
import { canBeAway } from './away.ts';
import { type Draft, only, type PlanContext } from './define.ts';
import { ringOrder } from './draft.ts';
import { callsOfEach } from './each-object.ts';
import { firstBusy } from './first-busy.ts';

/** Every ring group: the first takes the call, the second does, the first is busy or away, or all are busy, nobody does. */
export const ringGroupScenarios = callsOfEach('ring-group', (context) => (id) => ({ drafts: drafts(context, id), skipped: [] }));

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
  const together = held?.strategy === 'ringall';
  if (first !== undefined) list.push(call('first-answers', only(first, 'answer')));
  if (second !== undefined && together) list.push(call('second-answers', only(second, 'answer')));
  const outside = order.find((r) => r.kind === 'trunk');
  if (outside !== undefined && held?.confirms === true) list.push(call('outside-does-not-confirm', only(outside, 'answer-only')));
  // where they ring one after the other all telephones are: each is come to, and nobody's ringing is waited for
  const busy = call('all-busy', (leg) => (leg.kind === 'device' ? 'busy' : 'answer'));
  if (first !== undefined) list.push(together ? call('first-busy', firstBusy(order, held)) : busy);
  const member = first?.kind === 'device' ? (context.model.device[first.id]?.extension ?? null) : null;
  // where all ring at once, one that is away makes no difference to the others
  if (member !== null && !together && canBeAway(context.model, member))
    list.push({ ...call('first-away', () => 'ignore'), away: [member], goes: 'rung' });
  return list;
}
