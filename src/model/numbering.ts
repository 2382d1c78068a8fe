import { extensionsOf } from './custom-steps.ts';
import type { Destination } from './destination.ts';
import { matches, moreSpecific } from './dial-pattern.ts';
import { type FeatureClaim, type FeatureUse, featureClaims, placeOf } from './feature-claims.ts';
import { type Model, naturalOrder } from './kinds.ts';
import { onceFor } from './once.ts';
import { type Ref, ref, refText } from './ref.ts';
import { type IsOpen, type OutboundMatch, outboundRouteFor } from './routing.ts';

/** What can be dialled inside. */
export interface Numbering {
  readonly numbers: ReadonlyMap<string, Destination>;
  /** Numbers that several objects claim: the first wins, the others cannot be dialled. */
  readonly collisions: readonly Collision[];
  /** Who has a number, and who has numbers that begin in a certain way, first to last. */
  readonly claims: { readonly numbers: ReadonlyMap<string, Claim>; readonly patterns: readonly Claim[] };
}

/** Somebody's right to a number, or to numbers that match a pattern. */
export interface Claim {
  readonly pattern: string;
  readonly by: Ref;
  /** Where it stands among the contexts of the old box: the lower is asked first. */
  readonly place: number;
  /** null: a feature code's. */
  readonly destination: Destination | null;
  readonly feature: FeatureClaim | null;
  /** It is a pattern, of whatever form; left out: where it ends with a dot. */
  readonly takesMore?: boolean;
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
 * Every number that can be dialled inside, and its meaning. Where two objects have one number, the old box takes the one whose context comes first in
 * from-internal-additional (feature-claims.ts); extensions come last, and with them their letters for SIP callers. So `*720` belongs to `_*72.` of another code.
 */
export function numbering(model: Model): Numbering {
  const held = new Map<string, Claim[]>();
  const patterns: Claim[] = [];
  for (const claim of claimsOf(model)) {
    if (claim.takesMore ?? takesMore(claim.pattern)) patterns.push(claim);
    else held.set(claim.pattern, [...(held.get(claim.pattern) ?? []), claim]);
  }
  patterns.sort((a, b) => a.place - b.place || moreSpecific(a.pattern, b.pattern));
  const exact = new Map<string, Claim>();
  const numbers = new Map<string, Destination>();
  const collisions: Collision[] = [];
  for (const [number, claims] of held) {
    const [first, ...others] = claims.toSorted((a, b) => a.place - b.place);
    if (first === undefined) continue;
    exact.set(number, first);
    const winner = shadowing({ numbers: exact, patterns }, number) ?? first;
    numbers.set(number, destinationOf(winner, number));
    const loses = (winner === first ? others : [first, ...others]).map((o) => o.by).filter((o) => refText(o) !== refText(winner.by));
    if (loses.length > 0) collisions.push({ number, wins: winner.by, loses });
  }
  return { numbers, collisions, claims: { numbers: exact, patterns } };
}

function claimsOf(model: Model): Claim[] {
  const claims: Claim[] = [];
  const claim = (number: string, destination: Destination, by: Ref): void => {
    claims.push({ pattern: number, by, place: placeOf(by.kind), destination, feature: null });
  };
  for (const id of ids(model.parking)) claim(model.parking[id]?.extension ?? '', { to: 'parking', id }, ref('parking', id));
  for (const id of ids(model['page-group'])) claim(id, { to: 'page-group', id }, ref('page-group', id));
  for (const id of ids(model.queue)) claim(id, { to: 'queue', id }, ref('queue', id));
  for (const id of ids(model['ring-group'])) claim(id, { to: 'ring-group', id }, ref('ring-group', id));
  for (const id of ids(model['voicemail-blast'])) claim(id, { to: 'voicemail-blast', id }, ref('voicemail-blast', id));
  for (const id of ids(model['misc-application'])) {
    const { number = '', enabled = false } = model['misc-application'][id] ?? {};
    if (enabled && number !== '') claim(number, { to: 'misc-application', id }, ref('misc-application', id));
  }
  for (const id of ids(model.conference)) claim(id, { to: 'conference', id }, ref('conference', id));
  for (const id of ids(model.extension)) claim(id, { to: 'extension', id, by: 'follow-me' }, ref('extension', id));
  for (const id of ids(model.extension)) {
    const alias = model.extension[id]?.sipAlias ?? '';
    if (alias !== '' && alias !== id) claim(alias, { to: 'extension', id, by: 'follow-me' }, ref('extension', id));
  }
  for (const { context, extension, place } of customNumbers(model)) {
    const by = ref('custom-dialplan', context);
    const pattern = extension.replace(/^_/, '');
    claims.push({
      pattern,
      by,
      place,
      destination: { to: 'custom', context, extension: pattern, priority: '1' },
      feature: null,
      takesMore: extension.startsWith('_'),
    });
  }
  for (const feature of featureClaims(model))
    claims.push({ pattern: feature.pattern, by: feature.by, place: placeOf(feature.id), destination: null, feature });
  return claims;
}

/**
 * Numbers of hand-made dialplan that telephones reach, which comes before all else: by whole numbers below zero, since the contexts are asked one after the other, and a
 * number in a later one does not go before a pattern in an earlier one. What joins from-internal itself is asked before what joins the contexts within.
 */
function customNumbers(model: Model): { context: string; extension: string; place: number }[] {
  const joined = (wanted: (context: string) => boolean): string[] =>
    Object.keys(model['custom-dialplan']).filter((id) => model['custom-dialplan'][id]?.joins.some(wanted) === true);
  const outer = new Set([...joined((c) => c === 'from-internal'), ...joined((c) => c.startsWith('from-internal'))]);
  const held = [...outer].flatMap((context) =>
    extensionsOf(model, context).map(({ context: asked, extension }) => ({ context, asked, extension })),
  );
  const order = [...new Set(held.map(({ asked }) => asked))];
  return held
    .filter(({ extension }) => !SPECIAL.has(extension))
    .map(({ context, asked, extension }) => ({ context, extension, place: order.indexOf(asked) - order.length }));
}

/** Extensions that nobody dials. */
const SPECIAL: ReadonlySet<string> = new Set(['h', 's', 'i', 't', 'T', 'e', 'o', 'a']);

/** Numbers of people and objects are no patterns, whatever letters they have: only what a code ends with is one. */
function takesMore(pattern: string): boolean {
  return pattern.endsWith('.');
}

/** Who takes a number that is dialled inside; null: nobody in the house. */
export function claimFor(inside: Numbering, dialled: string): Claim | null {
  return shadowing(inside.claims, dialled) ?? inside.claims.numbers.get(dialled) ?? null;
}

/** A pattern whose context comes before that of the number itself. */
function shadowing(claims: Numbering['claims'], dialled: string): Claim | null {
  const place = claims.numbers.get(dialled)?.place ?? Number.POSITIVE_INFINITY;
  return claims.patterns.find((p) => p.place < place && matches(p.pattern, dialled)) ?? null;
}

/** The feature that a number uses; null: it is somebody's number, or nobody's. */
export function featureFor(inside: Numbering, dialled: string): FeatureUse | null {
  const feature = claimFor(inside, dialled)?.feature ?? null;
  if (feature === null) return null;
  return { id: feature.id, given: feature.always ?? (feature.after === null ? null : dialled.slice(feature.after)) };
}

function destinationOf(claim: Claim, dialled: string): Destination {
  if (claim.destination?.to === 'custom') return { ...claim.destination, extension: dialled };
  return claim.destination ?? { to: 'feature-code', code: dialled };
}

/**
 * Where a number leads that somebody inside dials: an object of the house, else the first outbound route that takes it, else nowhere.
 * `callerNumber` is what routes with a caller's pattern look at. Old box: from-internal-additional includes outbound-allroutes last.
 */
export function reach(model: Model, inside: Numbering, dialled: string, callerNumber: string, isOpen?: IsOpen): Reach {
  const claim = claimFor(inside, dialled);
  if (claim !== null) return { leads: 'inside', destination: destinationOf(claim, dialled) };
  const match = outboundRouteFor(model, dialled, callerNumber, isOpen);
  return match === null ? { leads: 'nowhere' } : { leads: 'outside', match };
}

const insideOf = onceFor(numbering);

/** Whether a channel can be opened to a number: somebody has it, a route takes it, or bad-number does, which has all that begin with a digit. */
export function opensChannel(model: Model, number: string): boolean {
  return /^[0-9]./.test(number) || reach(model, insideOf(model), number, '').leads !== 'nowhere';
}

function ids(objects: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(objects).sort(naturalOrder);
}
