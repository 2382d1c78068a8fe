import type { CustomStep } from './custom-dialplan.ts';
import { customEntry, waysThroughCustom } from './custom-ways.ts';
import type { Destination } from './destination.ts';
import { type Model, naturalOrder } from './kinds.ts';
import { allDestinations } from './led.ts';
import { type Numbering, numbering, reach } from './numbering.ts';
import { KINDS, type Ref, ref, refText } from './ref.ts';
import { telephonesOf } from './walk/telephones.ts';

/** What leads where, by the texts of references. */
type Ways = ReadonlyMap<string, readonly string[]>;

/** Calls that come back to where they were without anybody doing anything: the places on the way, 'ring-group/600'. Keys that lead back to a menu are none. */
export function circlesOn(model: Model): string[][] {
  return circles(waysOn(model, numbering(model)));
}

/** Groups and queues that ring themselves, one through the other. */
export function circlesOfMembers(model: Model): string[][] {
  return circles(waysOfMembers(model, numbering(model))).filter((way) => way.some((place) => /^(?:ring-group|queue)\//.test(place)));
}

/** Each Goto() of hand-made dialplan by which a call comes back to where it was, without anybody doing anything. */
export function gotosInCircles(model: Model): ReadonlySet<CustomStep> {
  const known = gotos.get(model) ?? findGotos(model);
  gotos.set(model, known);
  return known;
}

const gotos = new WeakMap<Model, ReadonlySet<CustomStep>>();

function findGotos(model: Model): ReadonlySet<CustomStep> {
  if (Object.keys(model['custom-dialplan']).length === 0) return new Set();
  const inside = numbering(model);
  const ways = waysOn(model, inside);
  const custom = waysThroughCustom(model);
  const round = custom.filter(({ from, to }) => placesOf(model, inside, to).some((place) => place === from || leadsTo(ways, place, from)));
  return new Set(round.map(({ by }) => by));
}

function leadsTo(ways: Ways, start: string, end: string): boolean {
  const seen = new Set<string>();
  const open = [start];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === end) return true;
    if (!seen.has(at)) open.push(...(ways.get(at) ?? []));
    seen.add(at);
  }
  return false;
}

function circles(ways: Ways): string[][] {
  const seen = new Set<string>();
  return [...ways.keys()].sort(naturalOrder).flatMap((start) => {
    const way = seen.has(start) ? null : wayBack(ways, start);
    if (way === null) return [];
    for (const place of way) seen.add(place);
    return [way];
  });
}

/** The shortest way from a place back to it, itself first; null: there is none. */
function wayBack(ways: Ways, start: string): string[] | null {
  const from = new Map<string, string>();
  const open = [start];
  for (let at = open.shift(); at !== undefined; at = open.shift()) {
    for (const next of ways.get(at) ?? []) {
      if (next === start) return trail(from, start, at);
      if (from.has(next)) continue;
      from.set(next, at);
      open.push(next);
    }
  }
  return null;
}

function trail(from: ReadonlyMap<string, string>, start: string, last: string): string[] {
  const way = [last];
  for (let at = last; at !== start; ) {
    at = from.get(at) ?? start;
    way.unshift(at);
  }
  return way;
}

/** An extension after its telephones rang in vain. */
export const UNANSWERED = ' unanswered';

/** Where calls go by themselves. */
function waysOn(model: Model, inside: Numbering): Ways {
  const ways = new Drawn();
  for (const { from, to, byKey } of allDestinations(model)) {
    // who called is called back, which is another call
    if (byKey === true || from.kind === 'callback') continue;
    const place = refText(from);
    for (const next of placesOf(model, inside, to)) ways.add(from.kind === 'extension' ? `${place}${UNANSWERED}` : place, next);
  }
  for (const [id, { state }] of Object.entries(model.extension)) {
    const place = refText(ref('extension', id));
    const dialled = (number: string) => placesOf(model, inside, { to: 'number', context: 'from-internal', number });
    for (const target of telephonesOf(model, id))
      if (target.ring === 'number') for (const next of dialled(target.number)) ways.add(place, next);
    if (state.forwardAlways !== null) for (const next of dialled(state.forwardAlways)) ways.add(place, next);
    else ways.add(place, `${place}${UNANSWERED}`);
    for (const number of [state.forwardBusy, state.forwardUnavailable])
      if (number !== null && state.forwardAlways === null) for (const next of dialled(number)) ways.add(`${place}${UNANSWERED}`, next);
  }
  for (const { from, to } of waysThroughCustom(model)) for (const next of placesOf(model, inside, to)) ways.add(from, next);
  return ways.all;
}

/** Kinds that send calls on by themselves, one that rings a member too. */
const PASSING: ReadonlySet<string> = new Set([
  'announcement',
  'time-condition',
  'call-flow',
  'misc-destination',
  'misc-application',
  'set-cid',
  'language',
  'recording-rule',
  'queue-priority',
]);

/** Which groups and queues ring which, as outside numbers or agents of theirs. */
function waysOfMembers(model: Model, inside: Numbering): Ways {
  const ways = new Drawn();
  const ring = (by: Ref, number: string) => {
    for (const next of placesOf(model, inside, { to: 'number', context: 'from-internal', number }))
      if (!next.startsWith('extension/') && !next.startsWith('follow-me/')) ways.add(refText(by), next);
  };
  for (const [id, group] of Object.entries(model['ring-group']))
    for (const member of group.members) if (member.outside) ring(ref('ring-group', id), member.number);
  for (const [id, queue] of Object.entries(model.queue))
    for (const member of [...queue.members, ...queue.loggedIn]) if (member.kind === 'number') ring(ref('queue', id), member.number);
  for (const { from, to } of allDestinations(model))
    if (PASSING.has(from.kind)) for (const next of placesOf(model, inside, to)) ways.add(refText(from), next);
  for (const { from, to } of waysThroughCustom(model)) for (const next of placesOf(model, inside, to)) ways.add(from, next);
  return ways.all;
}

/** The places that a destination enters; none where the call leaves the house or ends. */
function placesOf(model: Model, inside: Numbering, to: Destination): string[] {
  if (to.to === 'number') {
    const there = to.context === 'from-internal' ? reach(model, inside, to.number, '') : null;
    if (there?.leads === 'outside') return [refText(ref('outbound-route', there.match.id))];
    return there?.leads === 'inside' && there.destination.to !== 'number' ? placesOf(model, inside, there.destination) : [];
  }
  if (to.to === 'extension') return [person(model, to)];
  if (to.to === 'custom') return [customEntry(model, to)].filter((place) => place !== null);
  const kind = KINDS.find((k) => k === to.to);
  return kind === undefined || !('id' in to) || kind === 'mailbox' ? [] : [refText({ kind, id: to.id })];
}

function person(model: Model, to: Extract<Destination, { to: 'extension' }>): string {
  const place = refText(ref('extension', to.id));
  const follows = to.by === 'forced-follow-me' || (to.by === 'follow-me' && model['follow-me'][to.id]?.enabled === true);
  if (follows) return refText(ref('follow-me', to.id));
  return to.by === 'unanswered' ? `${place}${UNANSWERED}` : place;
}

/** Ways in the making. */
class Drawn {
  readonly all = new Map<string, string[]>();
  add(from: string, to: string): void {
    this.all.set(from, [...(this.all.get(from) ?? []), to]);
  }
}
