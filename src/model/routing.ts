import { stepFor } from './custom-steps.ts';
import { matches, moreSpecific, patternLength } from './dial-pattern.ts';
import type { InboundRoute } from './inbound-route.ts';
import { type Model, naturalOrder } from './kinds.ts';
import type { OutboundRoute } from './outbound-route.ts';
import type { Trunk } from './trunk.ts';

export type RoutePattern = OutboundRoute['patterns'][number];

/** An outbound route that takes a number, and by which of its patterns. */
export interface OutboundMatch {
  readonly id: string;
  readonly route: OutboundRoute;
  readonly pattern: RoutePattern;
}

/**
 * The outbound route that takes a dialled number, or null. Routes by position: the first with a match takes the number, however well a
 * later one fits (ELASTIX.md 19). Within one route Asterisk's order: the more specific pattern first, and of equal ones the one for
 * certain callers before the one for all.
 * @param isOpen asked for a route that would take the number, whether it is there at this hour; left out: all are.
 */
export function outboundRouteFor(model: Model, dialled: string, callerNumber: string, isOpen: IsOpen = () => true): OutboundMatch | null {
  // h, i and t are no numbers: of single keys a pattern for all takes digits and signs alone
  if (/^[A-Za-z]$/.test(dialled)) return null;
  for (const [id, route] of routesInOrder(model)) {
    const fitting = route.patterns.filter((p) => takes(p, dialled, callerNumber));
    fitting.sort((a, b) => moreSpecific(whole(a), whole(b)) || rank(a.callerId) - rank(b.callerId) || moreSpecific(a.callerId, b.callerId));
    const pattern = fitting[0];
    if (pattern !== undefined && isOpen(id, route)) return { id, route, pattern };
  }
  return null;
}

/** Whether a route is there at this hour: outside its hours the number goes to the next one that takes it (old: include of outrt-N with a time). */
export type IsOpen = (id: string, route: OutboundRoute) => boolean;

/** All outbound routes, first to last. */
export function routesInOrder(model: Model): [string, OutboundRoute][] {
  return Object.entries(model['outbound-route']).sort(([a, x], [b, y]) => x.position - y.position || naturalOrder(a, b));
}

/** What is dialled for a route's pattern: the digits that are taken away and the rest, as one pattern. */
export function whole(p: RoutePattern): string {
  return `${p.prefix}${p.match}`;
}

/** The number as a route hands it to its trunks: without the pattern's prefix, with what is put before it. `[..]` counts as one digit. */
export function numberForTrunks(p: RoutePattern, dialled: string): string {
  return `${p.prepend}${dialled.slice(patternLength(p.prefix))}`;
}

/**
 * The number as a trunk sends it: the first dial rule that matches rewrites it, then the trunk's prefix is put before it
 * (macro-dialout-trunk: sub-flp-N, then OUTPREFIX_N).
 */
export function numberOnTrunk(trunk: Trunk, number: string): string {
  const rule = trunk.dialRules.find((r) => matches(`${r.prefix}${r.match}`, number));
  const rewritten = rule === undefined ? number : `${rule.prepend}${number.slice(patternLength(rule.prefix))}`;
  return `${trunk.dialPrefix}${rewritten}`;
}

/** Contexts of the site in which calls of carriers are looked up: before the inbound routes, or behind them. */
export function joinedBy(model: Model, when: 'first' | 'last'): string[] {
  const wanted = (context: string, id: string): boolean => isInboundContext(context) && (id === LAST) === (when === 'last');
  return Object.entries(model['custom-dialplan']).flatMap(([id, c]) => (c.joins.some((context) => wanted(context, id)) ? [id] : []));
}
/** FreePBX includes it behind its own routes, all others before them. */
const LAST = 'ext-did-post-custom';

/** What becomes of a call from outside. */
export type InboundMatch =
  | { readonly takes: 'route'; readonly id: string; readonly route: InboundRoute }
  /** The called number is an extension's: it rings (old box: from-pstn includes from-did-direct before the catch-all). */
  | { readonly takes: 'extension'; readonly id: string }
  /** Hand-made dialplan has the number (from-pstn-custom, ext-did-post-custom). */
  | { readonly takes: 'custom'; readonly id: string }
  | { readonly takes: 'nothing' };

/**
 * The inbound route that takes a call. The old box's contexts in order (ELASTIX.md 5, and golden: did/any@84957654321): rows for a DID and
 * a caller, with them rows for a caller alone that go first; then rows for a DID; then an extension of that number; then the row for
 * everything. A row for a caller alone that does not go first leads to the row for everything where there is one, before any extension.
 * Among equals the more specific pattern.
 */
export function inboundRouteFor(model: Model, did: string, callerNumber: string): InboundMatch {
  const fitting = Object.entries(model['inbound-route']).filter(([, r]) => fits(r.did, did) && fits(r.callerId, callerNumber));
  const of = (want: (r: InboundRoute) => boolean): InboundMatch | null => {
    const best = fitting
      .filter(([, r]) => want(r))
      .sort(([, a], [, b]) => specificFirst(a.did, b.did) || specificFirst(a.callerId, b.callerId))[0];
    return best === undefined ? null : { takes: 'route', id: best[0], route: best[1] };
  };
  const everything = of((r) => r.did === '' && r.callerId === '');
  const someone = of((r) => r.did === '' && r.callerId !== '');
  const callerAlone = someone === null ? null : (everything ?? someone);
  return (
    customFor(model, 'first', did) ??
    of((r) => r.callerId !== '' && (r.did !== '' || r.callerIdFirst)) ??
    of((r) => r.did !== '' && r.callerId === '') ??
    callerAlone ??
    customFor(model, 'last', did) ??
    (did in model.extension ? { takes: 'extension', id: did } : null) ??
    everything ?? { takes: 'nothing' }
  );
}

function customFor(model: Model, when: 'first' | 'last', did: string): InboundMatch | null {
  const context = joinedBy(model, when).find((id) => stepFor(model, id, did, 1) !== null);
  return context === undefined ? null : { takes: 'custom', id: context };
}

/** True for a context in which a carrier's calls go by the inbound routes: from-trunk, from-pstn and those that lead there. */
export function isInboundContext(context: string): boolean {
  return /^(from-(trunk|pstn|zaptel|dahdi|analog|digital)\b|ext-did\b)/.test(context);
}

/**
 * Whether a SIP peer says who calls, and is believed. A telephone inside is always shown by its extension's name and number, whatever it says of itself (macro-user-callerid);
 * a gateway that is registered as a telephone and whose calls go by the inbound routes names outside callers, as a trunk does.
 */
export function namesItsCallers(
  peer: { readonly trustsRemotePartyId: boolean; readonly context: string },
  kind: 'device' | 'trunk',
): boolean {
  return peer.trustsRemotePartyId && (kind === 'trunk' || isInboundContext(peer.context));
}

function takes(p: RoutePattern, dialled: string, callerNumber: string): boolean {
  return matches(whole(p), dialled) && (p.callerId === '' || matches(p.callerId, callerNumber));
}

function rank(callerId: string): number {
  return callerId === '' ? 1 : 0;
}

function fits(pattern: string, number: string): boolean {
  if (pattern === '') return true;
  // 'unknown', 'anonymous' and their like are words, though they hold letters that patterns have too
  return /^[a-z]{3,}$/i.test(pattern) ? pattern.toLowerCase() === number.toLowerCase() : matches(pattern, number);
}

function specificFirst(a: string, b: string): number {
  if (a === '' || b === '') return rank(a) - rank(b);
  return moreSpecific(a, b);
}
