import { example } from '../../model/dial-pattern.ts';
import { naturalOrder } from '../../model/kinds.ts';
import { type Ref, refText } from '../../model/ref.ts';
import { inboundRouteFor } from '../../model/routing.ts';
import type { Step } from '../../model/walk/step.ts';
import { entered } from '../../model/walk/timeline.ts';
import { stranger } from './callers.ts';
import type { Draft, FromCarrier, PlanContext } from './define.ts';
import { place } from './placed.ts';

/** How a call comes to an object: what is dialled by whom and when, with which keys on the way, and what must be switched so. */
export type Way = Pick<Draft, 'dial' | 'from' | 'keys' | 'time' | 'astdb'>;

/** Ways tried at most: a big box has more than need be. */
const MOST_TRIED = 4000;
export const OUTSIDE_NAME = 'Outside Caller';

/**
 * A way to every object that calls reach, the plainest: an inside number first, then numbers from outside at the working hour; then menus' keys, other hours,
 * switched call flows. By 'ivr/1'.
 */
export function waysOf(context: PlanContext): ReadonlyMap<string, Way> {
  const found = new Map<string, Way>();
  // those that are come to only after somebody has rung in vain: a way without that is better
  const rung = new Set<string>();
  const waiting: Way[] = beginnings(context);
  for (let tried = 0; tried < MOST_TRIED; tried++) {
    const way = waiting.shift();
    if (way === undefined) break;
    const steps = walked(context, way);
    const fresh = entered(steps).filter((r) => !found.has(refText(r)) || (rung.has(refText(r)) && !ringsBefore(steps, r)));
    for (const r of fresh) {
      found.set(refText(r), way);
      if (ringsBefore(steps, r)) rung.add(refText(r));
      else rung.delete(refText(r));
    }
    for (const r of fresh) waiting.push(...onward(context, way, steps, r));
  }
  return found;
}

function ringsBefore(steps: readonly Step[], at: Ref): boolean {
  for (const s of steps) {
    if (s.do === 'enter' && refText(s.ref) === refText(at)) return false;
    if (s.do === 'ring' || s.do === 'dial-out' || s.do === 'queue') return true;
  }
  return true;
}

/** The draft of a call that goes this way; null: no call reaches the object. */
export function byWay(context: PlanContext, to: Ref): Way | null {
  return context.ways().get(refText(to)) ?? null;
}

/** A plain call from outside: one for which no hour matters where there is such; null: none comes from outside. */
export function wayFromOutside(context: PlanContext): (Way & { readonly from: FromCarrier }) | null {
  const all = [...context.ways().values()].flatMap((way) => {
    const { from } = way;
    return 'carrier' in from && [way.keys, way.time, way.astdb].every((o) => o === undefined) ? [{ ...way, from }] : [];
  });
  const byTime = (way: Way): boolean => walked(context, way).some((s) => s.do === 'decide' && s.byTime);
  return all.find((way) => !byTime(way)) ?? all[0] ?? null;
}

/** Numbers inside that are nobody's telephone, and a number for every inbound route. */
function beginnings(context: PlanContext): Way[] {
  const { model, inside, phones, carriers } = context;
  const dialled = [...inside.numbers].filter(([, d]) => d.to !== 'extension' && phones.length > 0);
  const within = (leads: boolean): Way[] =>
    dialled.flatMap(([number, d]) => ((d.to === 'misc-application') === leads ? [{ dial: number, from: { inside: phones } }] : []));
  const list = within(false);
  // a number that only leads to something else makes a call longer than one that a carrier sends there
  const last = within(true);
  const [carrier] = carriers;
  if (carrier === undefined) return [...list, ...last];
  for (const id of Object.keys(model['inbound-route']).sort(naturalOrder)) {
    const route = model['inbound-route'][id];
    const number = route === undefined ? '' : route.callerId === '' ? stranger(model) : (example(route.callerId) ?? '');
    if (route === undefined || route.did === '' || number === '') continue;
    const takes = (did: string): boolean => {
      const match = inboundRouteFor(model, did, number);
      return match.takes === 'route' && match.id === id;
    };
    let tries = 0;
    const did = example(route.did, (d) => !takes(d) && ++tries < 400);
    if (did !== null && takes(did)) list.push({ dial: did, from: { carrier, number, name: OUTSIDE_NAME } });
  }
  return [...list, ...last];
}

function walked(context: PlanContext, way: Way): readonly Step[] {
  return place(context, { id: 'way', about: [], does: () => 'ignore', goes: 'through', ...way })?.steps ?? [];
}

/** Where a call can be sent from an object that was come to for the first time. */
function onward(context: PlanContext, way: Way, steps: readonly Step[], at: Ref): Way[] {
  switch (at.kind) {
    case 'ivr': {
      const keys = keysBefore(steps, at);
      return (context.model.ivr[at.id]?.entries ?? []).map((entry) => ({ ...way, keys: [...keys, entry.keys] }));
    }
    case 'dynamic-route': {
      const keys = keysBefore(steps, at);
      const held = context.model['dynamic-route'][at.id];
      return held?.asksKeys === true ? held.entries.map(({ value }) => ({ ...way, keys: [...keys, `${value}#`] })) : [];
    }
    case 'time-condition':
      return steps.some((s) => s.do === 'decide' && s.byTime && refText(s.by) === refText(at))
        ? context.moments().map((time) => ({ ...way, time }))
        : [];
    case 'call-flow': {
      const other = context.model['call-flow'][at.id]?.state === 'night' ? 'DAY' : 'NIGHT';
      return [{ ...way, astdb: { ...way.astdb, [`DAYNIGHT/C${at.id}`]: other } }];
    }
    default:
      return [];
  }
}

/** What is keyed on the way to something before it asks. */
export function keysOnTheWay(context: PlanContext, way: Way, to: Ref): string[] {
  return keysBefore(walked(context, way), to);
}

/** What the caller keyed until he came to this, or was asked by it, a silence for each question that he did not answer. */
export function keysBefore(steps: readonly Step[], to: Ref): string[] {
  const isThere = (s: Step): boolean =>
    (s.do === 'enter' && refText(s.ref) === refText(to)) || (s.do === 'ask' && refText(s.by) === refText(to));
  const before = steps.slice(0, Math.max(0, steps.findIndex(isThere)));
  return before.filter((s) => s.do === 'ask').map((s) => s.keys);
}
