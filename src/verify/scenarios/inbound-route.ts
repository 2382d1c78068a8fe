import { example } from '../../model/dial-pattern.ts';
import type { InboundRoute } from '../../model/inbound-route.ts';
import { naturalOrder } from '../../model/kinds.ts';
import { type Ref, ref } from '../../model/ref.ts';
import { inboundRouteFor } from '../../model/routing.ts';
import { parties } from '../../model/walk/timeline.ts';
import { stranger, unknownDid } from './callers.ts';
import { type Draft, defineScenarios, type PlanContext, sample } from './define.ts';
import { scenarios, stepsOf } from './draft.ts';
import type { Drafted } from './each-object.ts';
import { atOtherHours } from './hours.ts';
import { OUTSIDE_NAME } from './ways.ts';

/** Every DID from every carrier that may bring it, with a caller for whom its row is made and with one who is nobody; and a DID of no one. */
export const inboundRouteScenarios = defineScenarios({
  kind: 'did',
  plan: (context) => {
    const ids = Object.keys(context.model['inbound-route']).sort(naturalOrder);
    if (context.carriers.length === 0)
      return { scenarios: [], skipped: ids.map((id) => ({ id: `did/${id}`, why: 'no carrier that the lab plays brings calls to it' })) };
    const { taken, skipped } = sample(ids, context.limit, (id) => `did/${id}`);
    const found = [...taken.map((id) => routeDrafts(context, id)), unknown(context), nameless(context, taken)];
    const planned = scenarios(
      context,
      'did',
      found.flatMap((f) => f.drafts),
    );
    return { scenarios: planned.scenarios, skipped: [...planned.skipped, ...found.flatMap((f) => f.skipped), ...skipped] };
  },
});

function routeDrafts(context: PlanContext, id: string): Drafted {
  const route = context.model['inbound-route'][id] as InboundRoute;
  if (route.did === '' && route.callerId === '') return { drafts: [], skipped: [] };
  const caller = route.callerId === '' ? stranger(context.model) : (example(route.callerId) ?? '');
  const did = numberOf(context, id, route, caller);
  if (did === null || caller === '') return { drafts: [], skipped: [{ id: `did/${id}`, why: 'no number fits the row' }] };
  return {
    drafts: [...callsTo(context, did, caller, [ref('inbound-route', id)], id), ...numberless(context, did, id, route)],
    skipped: [],
  };
}

/** Where callers who send no number must key one: who does, who does so after a try that is too short, and who never does. */
function numberless(context: PlanContext, did: string, id: string, { privacyManager, callerId }: InboundRoute): Draft[] {
  // when a prompt is over the lab can tell by packets of RTP alone
  const carrier = carriersFor(context, id).find((trunk) => context.model.trunk[trunk]?.technology === 'sip');
  if (privacyManager === null || callerId !== '' || carrier === undefined) return [];
  const call = (what: string, keys: readonly string[], o: Partial<Draft> = {}): Draft => ({
    id: `did/${id}/numberless/${what}`,
    about: [ref('inbound-route', id)],
    dial: did,
    from: { carrier, number: '', name: '' },
    keys,
    does: () => 'answer',
    goes: 'through',
    impatient: true,
    ...o,
  });
  const { retries, shortest } = privacyManager;
  const number = `${'79161112233'.padEnd(shortest, '0')}#`;
  const short = shortest > 1 ? `${number.slice(0, shortest - 1)}#` : '';
  return [
    call('keys-one', [number]),
    ...(retries > 1 ? [call('too-short-first', [short, number])] : []),
    call('keys-none', ['', ...Array.from({ length: retries - 1 }, () => short)], { goes: { hearing: 'sorry-youre-having-problems' } }),
  ];
}

/** A number that this row takes; a row for a caller alone is tried with a DID that has no row. */
function numberOf(context: PlanContext, id: string, route: InboundRoute, caller: string): string | null {
  if (route.did === '') return unknownDid(context.model, stranger(context.model));
  const takes = (did: string): boolean => {
    const match = inboundRouteFor(context.model, did, caller);
    return match.takes === 'route' && match.id === id;
  };
  let tried = 0;
  return example(route.did, (did) => !takes(did) && ++tried < 400) ?? example(route.did);
}

/**
 * So many DIDs are tried by every carrier, and without an answer; the others by one each, in turn: what comes after the number does not know the
 * carrier, and where it leads has calls of its own.
 */
const IN_FULL = 3;

/**
 * Answered by every carrier; not answered by the first alone, where that makes a difference; and by the first at every hour that sends the call another way.
 */
function callsTo(context: PlanContext, did: string, caller: string, about: readonly Ref[], name: string): Draft[] {
  const call = (carrier: string, what: string, does: Draft['does']): Draft => ({
    id: `did/${name}/trunk-${carrier}/${what}`,
    about: [...about, ref('trunk', carrier)],
    dial: did,
    from: { carrier, number: caller, name: OUTSIDE_NAME },
    does,
    impatient: what === 'answered',
  });
  const carriers = carriersFor(context, name);
  const [first] = carriers;
  const list = carriers.map((carrier) => call(carrier, 'answered', () => 'answer'));
  if (first === undefined) return list;
  list.push(
    ...atOtherHours(
      context,
      call(first, 'answered', () => 'answer'),
    ),
  );
  const rings =
    parties(
      stepsOf(
        context,
        call(first, 'answered', () => 'answer'),
      ) ?? [],
    ).length > 0;
  return rings && isTriedInFull(context, name)
    ? [...list, call(first, 'unanswered', () => 'ignore'), call(first, 'busy', () => 'busy')]
    : list;
}

function carriersFor(context: PlanContext, name: string): readonly string[] {
  const { carriers } = context;
  const one = carriers[Math.max(0, turnOf(context, name)) % carriers.length];
  return isTriedInFull(context, name) || one === undefined ? carriers : [one];
}

function isTriedInFull(context: PlanContext, name: string): boolean {
  return turnOf(context, name) < IN_FULL;
}

function turnOf({ model }: PlanContext, name: string): number {
  return Object.keys(model['inbound-route']).sort(naturalOrder).indexOf(name);
}

function unknown(context: PlanContext): Drafted {
  const caller = stranger(context.model);
  const did = unknownDid(context.model, caller);
  if (did === null) return { drafts: [], skipped: [{ id: 'did/unknown', why: 'every number that was tried has a route' }] };
  const match = inboundRouteFor(context.model, did, caller);
  const all = callsTo(context, did, caller, match.takes === 'route' ? [ref('inbound-route', match.id)] : [], 'unknown');
  // where it leads, other calls show what comes of one that nobody takes
  return { drafts: all.filter((draft) => draft.id.endsWith('/answered')), skipped: [] };
}

/** A caller without a name, at the first DID that rings somebody. */
function nameless(context: PlanContext, ids: readonly string[]): Drafted {
  for (const id of ids) {
    const draft = routeDrafts(context, id).drafts[0];
    if (draft === undefined || !('carrier' in draft.from) || parties(stepsOf(context, draft) ?? []).length === 0) continue;
    return { drafts: [{ ...draft, id: `did/${id}/nameless/answered`, from: { ...draft.from, name: '' } }], skipped: [] };
  }
  return { drafts: [], skipped: [] };
}
