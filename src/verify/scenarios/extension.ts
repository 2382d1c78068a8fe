import { naturalOrder } from '../../model/kinds.ts';
import { type Ref, ref, refText } from '../../model/ref.ts';
import type { Behaviour } from '../../model/walk/situation.ts';
import { busyLeadsElsewhere } from './busy-matters.ts';
import { isPlayed } from './callers.ts';
import { type Draft, defineScenarios, type PlanContext, sample } from './define.ts';
import { scenarios } from './draft.ts';

/** Every extension called from another telephone: answered, busy, not answered, and where its forwards and its mailbox come in. */
export const extensionScenarios = defineScenarios({
  kind: 'ext',
  plan: (context) => {
    const ids = Object.keys(context.model.extension).sort(naturalOrder);
    const isCode = (id: string): boolean => context.inside.numbers.get(id)?.to === 'feature-code';
    const { taken, skipped } = sample(
      ids.filter((id) => !isCode(id)),
      context.limit,
      (id) => `ext/${id}`,
    );
    const codes = ids.filter(isCode).map((id) => ({ id: `ext/${id}`, why: 'a feature code has its number: whoever dials it uses that' }));
    const ringing = new Set(taken.filter((id) => !busyLeadsElsewhere(context.model, id)).slice(0, RING_FOR_EVER));
    const worthIt = (draft: Draft): boolean =>
      !draft.id.endsWith('/unanswered') || busyLeadsElsewhere(context.model, draft.dial) || ringing.has(draft.dial);
    const planned = scenarios(
      context,
      'ext',
      taken.flatMap((id) => drafts(context, id).filter(worthIt)),
    );
    return { scenarios: planned.scenarios, skipped: [...planned.skipped, ...codes, ...skipped] };
  },
});

/** One that goes nowhere when nobody answers only rings: so many of them are tried. */
const RING_FOR_EVER = 8;

function drafts(context: PlanContext, id: string): Draft[] {
  const { model } = context;
  const x = model.extension[id];
  if (x === undefined) return [];
  const own = x.devices.map((d) => ref('device', d)).filter((d) => isPlayed(model, d));
  const { forwardAlways, forwardBusy, forwardUnavailable } = x.state ?? {};
  const notCalling = [id, forwardAlways, forwardBusy, forwardUnavailable].filter((n) => typeof n === 'string');
  const call = (what: string, does: Draft['does']): Draft => ({
    id: `ext/${id}/${what}`,
    about: [ref('extension', id)],
    dial: id,
    from: { inside: context.phones },
    notCalling,
    does,
  });
  // nothing of its own rings in the lab: whoever is reached in its stead takes the call
  if (own.length === 0) return [call('called', () => 'answer')];
  const list = [
    { ...call('answered', own.length > 1 ? firstOf(own, 'answer', 'answer') : ownDoes(own, 'answer', 'answer')), alone: true },
    call('busy', ownDoes(own, 'busy', 'answer')),
    call('unanswered', ownDoes(own, 'ignore', 'ignore')),
  ];
  if (own.length > 1) list.push(call('second-answers', firstOf(own.slice(1), 'answer', 'answer')));
  if (typeof forwardBusy === 'string') list.push(call('busy-forward-unanswered', ownDoes(own, 'busy', 'ignore')));
  if (typeof forwardUnavailable === 'string') list.push(call('forward-answered', ownDoes(own, 'ignore', 'answer')));
  return list;
}

function ownDoes(own: readonly Ref[], does: Behaviour, others: Behaviour): Draft['does'] {
  const names = new Set(own.map(refText));
  return (leg) => (names.has(refText(leg)) ? does : others);
}

/** Of several telephones the first; the extension's others ring on. */
function firstOf(own: readonly Ref[], does: Behaviour, others: Behaviour): Draft['does'] {
  const first = own[0];
  return (leg) => (first !== undefined && refText(leg) === refText(first) ? does : leg.kind === 'trunk' ? others : 'ignore');
}
