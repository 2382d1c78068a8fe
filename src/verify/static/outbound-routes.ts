import { namedBy } from '../../asterisk/named.ts';
import type { Model } from '../../model/kinds.ts';
import type { OutboundRoute } from '../../model/outbound-route.ts';
import { ref } from '../../model/ref.ts';
import { routesInOrder, whole } from '../../model/routing.ts';
import { guardOf } from '../../model/walk/outbound.ts';
import { leavesTo } from './destinations.ts';
import { leadsTo } from './dialplan.ts';
import { entryOf } from './entry.ts';
import type { HeldDialplan, HeldStep } from './held-dialplan.ts';
import { defineCheck, differing, yes } from './mismatch.ts';
import { spelled } from './numbers.ts';
import { onOneLine, routineArguments, setTo } from './step-data.ts';

/**
 * Through which trunks a route goes, in order: those that its patterns come to by Gosub. A route that no number reaches, since another takes them
 * all, is not called in the lab, and is looked at here all the same.
 */
export const outboundRouteCheck = defineCheck(async ({ dialplan }, model) => {
  const contexts = [...dialplan.within('from-internal')].map((name) => {
    const steps = dialplan.stepsIn(name);
    return { steps, spells: new Set(steps.map((s) => spelled(s.extension, s.callerId ?? ''))) };
  });
  return routesInOrder(model).flatMap(([id, route]) => {
    // a route whose hours are nowhere is shut
    const hours = route.timeGroup === null ? null : (model['time-group'][route.timeGroup]?.times ?? []);
    if (route.patterns.length === 0 || guardOf(model, route) !== null || hours?.length === 0) return [];
    const wanted = route.patterns.map((p) => spelled(whole(p), p.callerId));
    // a number of the house may be a pattern of a route as well: the route's context is the one that has them all, and few others
    const context = contexts
      .filter(({ spells }) => wanted.every((text) => spells.has(text)))
      .sort((a, b) => a.spells.size - b.spells.size)[0];
    const of = (text: string): readonly HeldStep[] => context?.steps.filter((s) => spelled(s.extension, s.callerId ?? '') === text) ?? [];
    const first = of(wanted[0] ?? '');
    return first.length === 0
      ? []
      : differing(ref('outbound-route', id), {
          ...tells(model, id, route, reachedBySubroutine(dialplan, first)),
          trunks: [expected(model, route).join(', '), held(model, dialplan, first).join(', ')],
          ...Object.assign({}, ...wanted.map((text) => goesOn(model, dialplan, route, text, of(text)))),
        });
  });
});

/** Where a number of the route goes that no trunk took: seldom met, and so looked at for every pattern. */
function goesOn(
  model: Model,
  dialplan: HeldDialplan,
  { onFailure }: OutboundRoute,
  pattern: string,
  steps: readonly HeldStep[],
): Record<string, readonly [string, string]> {
  const entry = onFailure === null ? null : entryOf(model, dialplan, onFailure);
  if (entry === null) return {};
  const held = steps.flatMap(leavesTo);
  return {
    [`${pattern} goes on where no trunk takes it`]: [entry, held.includes(entry) ? entry : held.join(', ')],
    [`${pattern} then has its caller's own number again`]: ['yes', yes(setTo(steps, 'CALLERID(num)') !== null)],
  };
}

/** Any other is a trunk that is not carried, and a finding of render. */
const PEER = /^[\w.-]+$/;

/** Names of the peers, as far as the model has any. */
function expected(model: Model, route: OutboundRoute): string[] {
  const peers = route.trunks.flatMap((id) => {
    const trunk = model.trunk[id];
    return trunk === undefined || trunk.disabled || !('peer' in trunk) || trunk.host === null || !PEER.test(trunk.peer) ? [] : [trunk.peer];
  });
  return [...new Set(peers)];
}

/** Peers that are dialled on the way, in order, each once. */
function held(model: Model, dialplan: HeldDialplan, steps: readonly HeldStep[]): string[] {
  const peers = new Set(Object.values(model.trunk).flatMap((t) => ('peer' in t && t.host !== null ? [t.peer] : [])));
  const dialled = reachedBySubroutine(dialplan, steps).flatMap(namedBy);
  const named = dialled.flatMap((n) => (n.is === 'endpoint' || n.is === 'IAX peer' ? [n.name] : []));
  return [...new Set(named.filter((name) => peers.has(name)))];
}

/** These steps and those that they come to by Gosub, in order. */
function reachedBySubroutine(dialplan: HeldDialplan, steps: readonly HeldStep[]): HeldStep[] {
  const seen = new Set<HeldStep>();
  const visit = (step: HeldStep): void => {
    if (seen.has(step)) return;
    seen.add(step);
    for (const named of namedBy(step)) {
      if (named.is === 'place' && /^gosub(if)?$/i.test(step.application))
        for (const next of leadsTo(dialplan, step, named.place)) visit(next);
    }
  };
  for (const step of steps) visit(step);
  return [...seen];
}

/** Extensions of [password] that know what callers key, and whether the call record says it. */
function guardsOf(model: Model, id: string, { pinSet, asksPassword }: OutboundRoute): string[] {
  const set = pinSet === null ? undefined : model['pin-set'][pinSet];
  return [
    // what no name can hold is a dash there
    ...(pinSet === null ? [] : [`pin-set-${pinSet.replace(/[^\w-]/g, '-')}${set?.recordsPin === true ? ' account' : ''}`]),
    ...(asksPassword ? [`outbound-route-${id}`] : []),
  ];
}

/** What a route tells its trunks: whom to show, and what for. They look at ROUTE_CALLER_ID, ROUTE_OVERRIDES and EMERGENCY, and at 'company' (trunk.conf). */
function tells(
  model: Model,
  id: string,
  route: OutboundRoute,
  steps: readonly HeldStep[],
): Record<string, readonly [string | boolean, string]> {
  const trunks = route.trunks.flatMap((id) => routineArguments(steps, `trunk-${id}`));
  const set = (variable: string): string => setTo(steps, variable) ?? '';
  return {
    'caller id': [onOneLine(route.callerId), onOneLine(set('ROUTE_CALLER_ID'))],
    ...(route.callerId === ''
      ? {}
      : { 'caller id before the extension’s own': [route.overridesExtension, set('ROUTE_OVERRIDES') || 'no'] as const }),
    'asks for': [
      guardsOf(model, id, route).join(', '),
      routineArguments(steps, 'ask-pin')
        .map(([password = '', account = '']) => `${password} ${account}`.trim())
        .join(', '),
    ],
    'emergency calls': [route.emergency, set('EMERGENCY') || 'no'],
    ...(trunks.length === 0
      ? {}
      : { 'shows the inside caller id': [route.intraCompany, yes(trunks.every(([, company]) => company === 'company'))] as const }),
  };
}
