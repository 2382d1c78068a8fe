import { example, matches } from '../../model/dial-pattern.ts';
import { reach } from '../../model/numbering.ts';
import { asksCallers, type OutboundRoute } from '../../model/outbound-route.ts';
import { ref } from '../../model/ref.ts';
import { type RoutePattern, routesInOrder, whole } from '../../model/routing.ts';
import { guardOf } from '../../model/walk/outbound.ts';
import type { Step } from '../../model/walk/step.ts';
import { parties } from '../../model/walk/timeline.ts';
import type { Phone } from './callers.ts';
import { type Draft, defineScenarios, type PlanContext, type Planned, type Skipped, sample } from './define.ts';
import { ringOrder, scenarios, stepsOf } from './draft.ts';
import { atOtherHours } from './hours.ts';
import { guardDrafts, guardOn } from './route-guard.ts';

/** Every pattern of every outbound route: a number that fits it is dialled, and goes by whichever route takes it. */
export const outboundRouteScenarios = defineScenarios({
  kind: 'outbound',
  plan: (context) => {
    const all = routesInOrder(context.model).flatMap(([id, route]) => route.patterns.map((pattern) => ({ id, route, pattern })));
    const { taken, skipped } = sample(all, context.limit, (p) => nameOf(p.id, p.pattern));
    const found = taken.map((p) => drafts(context, p.id, p.pattern));
    const planned = scenarios(context, 'outbound', [...oneFullATrunk(found.flatMap((f) => f.drafts)), ...noRoute(context).drafts]);
    const why = [...found.flatMap((f) => f.skipped), ...noRoute(context).skipped];
    return { scenarios: planned.scenarios, skipped: [...planned.skipped, ...why, ...skipped] } satisfies Planned;
  },
});

interface Found {
  readonly drafts: readonly Draft[];
  readonly skipped: readonly Skipped[];
}

function drafts(context: PlanContext, id: string, pattern: RoutePattern): Found {
  const name = nameOf(id, pattern);
  const candidates = context.everyPhone.filter((p) => pattern.callerId === '' || matches(pattern.callerId, p.extension));
  const callers = pattern.callerId === '' ? context.phones : candidates;
  const caller = callers[0];
  if (caller === undefined) return { drafts: [], skipped: [{ id: name, why: `no telephone has a number of ${pattern.callerId}` }] };
  const number = numberFor(context, id, pattern, caller);
  if (number === null) return { drafts: [], skipped: [{ id: name, why: 'no number fits the pattern' }] };
  const guard = guardOn(context.model, takenBy(context, number, caller));
  const call = (what: string, does: Draft['does']): Draft => ({
    id: `${name}/${what}`,
    about: [ref('outbound-route', id)],
    dial: number,
    from: { inside: callers.filter(guard.asks) },
    does,
    ...(guard.keys.length > 0 ? { keys: guard.keys } : {}),
  });
  const answered = call('answered', () => 'answer');
  const steps = stepsOf(context, answered) ?? [];
  if (steps.some((s) => s.do === 'closed')) return { drafts: [call('closed', () => 'answer')], skipped: [] };
  const hours = atOtherHours(context, answered);
  if (!parties(steps).some((p) => p.to.kind === 'trunk'))
    return { drafts: [answered, ...hours, ...guardDrafts(guard, answered, callers)], skipped: [] };
  const [first, ...next] = ringOrder(
    context,
    call('refused', () => 'refuse'),
  );
  // whoever has a caller id of his own for the outside, or for emergencies, must show it
  const shows = (wanted: (p: Phone) => boolean): Partial<Draft> => {
    // one pattern of a route is enough: they have other calls to take
    const own = context.model['outbound-route'][id]?.patterns[0] === pattern ? candidates.filter(guard.asks).filter(wanted) : [];
    return own.length === 0 ? {} : { from: { inside: own } };
  };
  const outside = (p: Phone): boolean => (context.model.extension[p.extension]?.outboundCallerId ?? '') !== '';
  const emergency = (p: Phone): boolean => (context.model.device[p.device]?.emergencyCallerId ?? '') !== '';
  const list = [
    answered,
    ...hours,
    { ...call('busy', () => 'busy'), ...shows(outside) },
    { ...call('refused', () => 'refuse'), ...shows(emergency) },
    call('no-such-number', () => 'wrong-number'),
  ];
  const another =
    stepsOf(
      context,
      call('refused', () => 'refuse'),
    ) ?? [];
  if (first !== undefined && (next.length > 0 || parties(another).length > 1)) {
    list.push(call('refused-then-answered', (leg) => (leg.id === first.id ? 'refuse' : 'answer')));
  }
  const tried = [...new Set(parties(another).map((p) => p.to.id))];
  if (tried.length > 2) list.push(call('last-trunk-answers', (leg) => (leg.id === tried.at(-1) ? 'answer' : 'refuse')));
  return { drafts: [...list, ...guardDrafts(guard, answered, callers), ...full(context, answered, { callers, steps })], skipped: [] };
}

/** Somebody calls while all channels of the first trunk are taken: the next trunk has the call, or the caller is told. Only where a few calls take them all. */
function full({ model }: PlanContext, answered: Draft, { callers, steps }: { callers: readonly Phone[]; steps: readonly Step[] }): Draft[] {
  const id = steps.find((s) => s.do === 'dial-out')?.leg.to.id ?? '';
  const channels = model.trunk[id]?.maxChannels ?? 0;
  const talking = callers.filter((p, i) => callers.findIndex((o) => o.extension === p.extension) === i).slice(0, channels);
  if (channels < 1 || channels > FEW_CHANNELS || talking.length < channels || callers.length <= channels) return [];
  return [
    {
      ...answered,
      id: answered.id.replace(/answered$/, 'full'),
      about: [...answered.about, ref('trunk', id)],
      earlier: talking.map((p) => ({
        dial: answered.dial,
        keys: answered.keys ?? [],
        from: { inside: [p] },
        does: () => 'answer',
        until: 'answered',
        afterMs: 300,
      })),
      notCalling: talking.map((p) => p.extension),
      inCall: talking.map((p) => p.extension),
      given: { trunks: { [id]: channels } },
      owns: Array.from({ length: channels }, (_, i) => ref('trunk', `${id}#${i + 1}`)),
    },
  ];
}
const FEW_CHANNELS = 3;

function oneFullATrunk(drafts: readonly Draft[]): Draft[] {
  const full = drafts.filter((d) => d.given?.trunks !== undefined);
  const trunkOf = ({ given }: Draft): string => Object.keys(given?.trunks ?? {}).join();
  const repeated = new Set(full.filter((d, i) => full.findIndex((other) => trunkOf(other) === trunkOf(d)) !== i));
  return drafts.filter((d) => !repeated.has(d));
}

/** Whichever route takes the number; null: none. */
function takenBy(context: PlanContext, number: string, caller: Phone): [id: string, route: OutboundRoute] | null {
  const there = reach(context.model, context.inside, number, caller.extension);
  return there.leads === 'outside' ? [there.match.id, there.match.route] : null;
}

/** A number that this very pattern takes; where another takes them all, one of those. */
function numberFor(context: PlanContext, id: string, pattern: RoutePattern, caller: Phone): string | null {
  const takes = (n: string): boolean => {
    const there = reach(context.model, context.inside, n, caller.extension);
    return there.leads === 'outside' && there.match.id === id && there.match.pattern === pattern;
  };
  return fitting(whole(pattern), takes) ?? fitting(whole(pattern), (n) => !context.inside.numbers.has(n)) ?? example(whole(pattern));
}

/** Numbers tried for one that is wanted: enough where there is one, and no long search where there is none. */
const TRIES = 400;

function fitting(pattern: string, wanted: (number: string) => boolean): string | null {
  let tried = 0;
  const found = example(pattern, (n) => !wanted(n) && ++tried < TRIES);
  return found !== null && wanted(found) ? found : null;
}

/** A number outside that an open route sends to a trunk that can be dialled, for forwards; null: there is none. */
export function outsideNumber(context: PlanContext): string | null {
  for (const [id, route] of routesInOrder(context.model)) {
    const caller = context.phones[0];
    if (
      caller === undefined ||
      guardOf(context.model, route) !== null ||
      asksCallers(route) ||
      route.timeGroup !== null ||
      route.intraCompany
    )
      continue;
    for (const pattern of route.patterns.filter((p) => p.callerId === '')) {
      const number = numberFor(context, id, pattern, caller);
      if (number !== null && goesOut(context, number)) return number;
    }
  }
  return null;
}

function goesOut(context: PlanContext, number: string): boolean {
  const steps = stepsOf(context, { id: number, about: [], dial: number, from: { inside: context.phones }, does: () => 'answer' });
  return steps?.at(-1)?.do === 'dial-out';
}

/** A number that no route takes and that is nobody's. */
function noRoute(context: PlanContext): Found {
  const id = 'outbound/no-route';
  const caller = context.phones[0];
  if (caller === undefined) return { drafts: [], skipped: [] };
  const candidates = [5, 4, 6, 3, 7, 8, 11].flatMap((length) => '3046278915'.split('').map((digit) => digit.repeat(length)));
  const number = candidates.find((n) => reach(context.model, context.inside, n, caller.extension).leads === 'nowhere');
  if (number === undefined) return { drafts: [], skipped: [{ id, why: 'every number that was tried has a route' }] };
  return { drafts: [{ id, about: [], dial: number, from: { inside: context.phones }, does: () => 'answer' }], skipped: [] };
}

function nameOf(id: string, p: RoutePattern): string {
  return `outbound/${id}/${p.prefix === '' ? '' : `${p.prefix}|`}${p.match}${p.callerId === '' ? '' : `@${p.callerId}`}`;
}
