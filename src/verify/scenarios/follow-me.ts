import { ref } from '../../model/ref.ts';
import { parties } from '../../model/walk/timeline.ts';
import { type Draft, only, type PlanContext } from './define.ts';
import { ringOrder, stepsOf } from './draft.ts';
import { callsOfEach } from './each-object.ts';
import { firstBusy } from './first-busy.ts';

/** Follow me of every extension, switched on: the second telephone takes the call, an outside one confirms or does not, the first is busy; switched off. */
export const followMeScenarios = callsOfEach('follow-me', (context) => (id) => ({ drafts: drafts(context, id), skipped: [] }));

function drafts(context: PlanContext, id: string): Draft[] {
  const key = `AMPUSER/${id}/followme/ddial`;
  const call = (what: string, does: Draft['does'], on = true): Draft => ({
    id: `follow-me/${id}/${what}`,
    about: [ref('follow-me', id), ref('extension', id)],
    dial: id,
    from: { inside: context.phones },
    notCalling: [id],
    does,
    impatient: true,
    ...(on === context.model['follow-me'][id]?.enabled ? {} : { astdb: { [key]: on ? 'DIRECT' : 'EXTENSION' } }),
  });
  const nobody = call('nobody', () => 'ignore');
  const order = ringOrder(context, nobody);
  const [first, second] = order;
  const outside = order.find((r) => r.kind === 'trunk');
  const { enabled = false } = context.model['follow-me'][id] ?? {};
  // where it is on, the calls to the extension try the rest already; where it is off, they try that
  const list: Draft[] = [];
  if (first !== undefined && !enabled) list.push(call('first-busy', firstBusy(order, context.model['follow-me'][id])));
  if (second !== undefined && second.kind === 'device' && enabled) list.push(call('second-answers', only(second, 'answer')));
  if (outside !== undefined) {
    list.push(call('outside-confirms', only(outside, 'answer')));
    if (context.model['follow-me'][id]?.confirms === true) list.push(call('outside-does-not-confirm', only(outside, 'answer-only')));
  }
  const own = context.model.extension[id]?.devices ?? [];
  const off = call('switched-off', (leg) => (own.includes(leg.id) ? 'ignore' : 'answer'), false);
  if (enabled && parties(stepsOf(context, off) ?? []).length > 0) list.push(off);
  return list;
}
