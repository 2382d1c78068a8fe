import type { Destination } from './destination.ts';
import { type Model, naturalOrder } from './kinds.ts';
import { type Ref, ref } from './ref.ts';
import { type OutboundMatch, outboundRouteFor } from './routing.ts';

/** What can be dialled inside. */
export interface Numbering {
  readonly numbers: ReadonlyMap<string, Destination>;
  /** Numbers that several objects claim: the first wins, the others cannot be dialled. */
  readonly collisions: readonly Collision[];
}

export interface Collision {
  readonly number: string;
  readonly wins: Ref;
  readonly loses: readonly Ref[];
}

/** Where a dialled number leads. */
export type Reach =
  | { readonly leads: 'inside'; readonly destination: Destination }
  | { readonly leads: 'outside'; readonly match: OutboundMatch }
  | { readonly leads: 'nowhere' };

/**
 * Every number that can be dialled inside, and its meaning. Where two objects have one number, the old box takes the one whose context
 * comes first in from-internal-additional: queues (ext-queues), ring groups (ext-group), conferences (ext-meetme), then extensions (ext-local, with their letters for SIP
 * callers last).
 */
export function numbering(model: Model): Numbering {
  const claims = new Map<string, { destination: Destination; by: Ref }[]>();
  const claim = (number: string, destination: Destination, by: Ref): void => {
    claims.set(number, [...(claims.get(number) ?? []), { destination, by }]);
  };
  for (const id of ids(model.queue)) claim(id, { to: 'queue', id }, ref('queue', id));
  for (const id of ids(model['ring-group'])) claim(id, { to: 'ring-group', id }, ref('ring-group', id));
  for (const id of ids(model.conference)) claim(id, { to: 'conference', id }, ref('conference', id));
  for (const id of ids(model.extension)) claim(id, { to: 'extension', id, by: 'follow-me' }, ref('extension', id));
  for (const id of ids(model.extension)) {
    const alias = model.extension[id]?.sipAlias ?? '';
    if (alias !== '' && alias !== id) claim(alias, { to: 'extension', id, by: 'follow-me' }, ref('extension', id));
  }
  const numbers = new Map<string, Destination>();
  const collisions: Collision[] = [];
  for (const [number, [first, ...others]] of claims) {
    if (first === undefined) continue;
    numbers.set(number, first.destination);
    if (others.length > 0) collisions.push({ number, wins: first.by, loses: others.map((o) => o.by) });
  }
  return { numbers, collisions };
}

/**
 * Where a number leads that somebody inside dials: an object of the house, else the first outbound route that takes it, else nowhere.
 * `callerNumber` is what routes with a caller's pattern look at. Old box: from-internal-additional includes outbound-allroutes last.
 */
export function reach(model: Model, inside: Numbering, dialled: string, callerNumber: string): Reach {
  const destination = inside.numbers.get(dialled);
  if (destination !== undefined) return { leads: 'inside', destination };
  const match = outboundRouteFor(model, dialled, callerNumber);
  return match === null ? { leads: 'nowhere' } : { leads: 'outside', match };
}

function ids(objects: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(objects).sort(naturalOrder);
}
