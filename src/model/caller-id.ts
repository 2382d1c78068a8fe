import type { Model } from './kinds.ts';
import type { OutboundRoute } from './outbound-route.ts';
import type { Trunk } from './trunk.ts';

/** A caller as somebody sees it. */
export interface Shown {
  readonly number: string;
  readonly name: string;
}

/** What a far end sees of a caller who hides. */
export const HIDDEN: Shown = { number: 'anonymous', name: 'Anonymous' };
/** Elastix's word for a caller id that is to be hidden (macro-outbound-callerid, label hidecid). */
const HIDE = 'hidden';

/** Reads '"Name" <number>', '<number>', 'number' or 'Name' as CALLERID(all) does: a text that is no number is a name. */
export function parseCallerId(text: string): Shown {
  const angled = /^\s*(.*?)\s*<([^>]*)>\s*$/.exec(text);
  if (angled !== null) return { name: (angled[1] ?? '').replace(/^"(.*)"$/, '$1'), number: (angled[2] ?? '').trim() };
  const bare = text.trim();
  return /^[0-9*#+]+$/.test(bare) ? { number: bare, name: '' } : { number: '', name: bare.replace(/^"(.*)"$/, '$1') };
}

/** Who is behind a call that goes out. */
export interface Outgoing {
  /** As it stands so far. */
  readonly shown: Shown;
  /** Number of the telephone or outside caller with whom the call began. */
  readonly callerNumber: string;
  /** Extension that calls; null: somebody outside. */
  readonly extension: string | null;
  /** Telephone that calls, where it is known. */
  readonly device: string | null;
  /** The call was forwarded, so that the first caller's number stays. */
  readonly keepsNumber: boolean;
  /** Caller id that a ring group has set for outside members. */
  readonly override: string | null;
}

/** Caller id that a route sets, or null. A forwarded call's stays, and one set by a ring group goes before it (old outrt-N, TRUNKCIDOVERRIDE). */
export function routeOverride(model: Model, route: OutboundRoute, o: Outgoing): string | null {
  if (o.override !== null) return o.override;
  if (route.callerId === '' || o.keepsNumber) return null;
  return route.overridesExtension || ownOutside(model, o.extension) === '' ? route.callerId : null;
}

/**
 * Caller id of a call on a trunk, before the trunk's own `fromUser`: macro-outbound-callerid. A later one replaces an earlier: the caller as
 * he is, the trunk's, the extension's (or the first caller's number of a forwarded call), the route's, and the trunk's again where it is
 * for every call. An emergency route shows the telephone's emergency caller id before all others.
 */
export function outboundCallerId(model: Model, trunk: Trunk, route: OutboundRoute, o: Outgoing): Shown {
  const emergency = route.emergency ? emergencyCallerId(model, o) : '';
  if (emergency !== '') return parseCallerId(emergency);
  const foreign = o.keepsNumber && o.callerNumber !== '' && trunk.callerIdPolicy !== 'no-foreign' && !hasTelephones(model, o.callerNumber);
  const layers = [
    trunk.callerId,
    foreign ? o.callerNumber : ownOutside(model, o.extension),
    routeOverride(model, route, o) ?? '',
    trunk.callerIdPolicy === 'always' ? trunk.callerId : '',
  ];
  const last = layers.findLast((text) => text !== '');
  const shown = last === undefined ? o.shown : parseCallerId(last);
  if (shown.name === HIDE) return HIDDEN;
  return trunk.callerIdPolicy === 'number-only' ? { number: shown.number, name: '' } : shown;
}

/**
 * What the far end of a trunk sees: `fromUser` takes the place of the number (golden: outbound/1-9_outside) and, with chan_pjsip, the name's as well
 * (res_pjsip_session.c, set_from_header). A caller without a name has none there either; chan_sip put the number in its place, which says nothing more.
 */
export function seenByCarrier(trunk: Trunk, shown: Shown): Shown {
  return trunk.technology === 'sip' && trunk.fromUser !== null ? { number: trunk.fromUser, name: '' } : shown;
}

/** An extension as others in the house see it. */
export function shownInside(model: Model, extension: string): Shown {
  const x = model.extension[extension];
  return { number: x?.callerIdNumber ?? extension, name: x?.name ?? '' };
}

function ownOutside(model: Model, extension: string | null): string {
  return extension === null ? '' : (model.extension[extension]?.outboundCallerId ?? '');
}

function hasTelephones(model: Model, number: string): boolean {
  return (model.extension[number]?.devices.length ?? 0) > 0;
}

function emergencyCallerId(model: Model, o: Outgoing): string {
  const devices = o.device !== null ? [o.device] : o.extension === null ? [] : (model.extension[o.extension]?.devices ?? []);
  return devices.map((id) => model.device[id]?.emergencyCallerId ?? '').find((text) => text !== '') ?? '';
}
