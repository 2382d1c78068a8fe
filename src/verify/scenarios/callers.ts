import { type Model, naturalOrder } from '../../model/kinds.ts';
import { type Ref, ref, refText } from '../../model/ref.ts';
import { inboundRouteFor, isInboundContext } from '../../model/routing.ts';
import { iaxParties } from '../lab/iax.ts';
import { busyLeadsElsewhere, takesOneCall } from './busy-matters.ts';

/** A telephone that the lab plays: it registers. */
export interface Phone {
  readonly device: string;
  readonly extension: string;
}

/** So few callers make calls wait for one another. */
export const FEW_PHONES = 4;

/**
 * Telephones that the lab plays and that may dial everything that from-internal has. Those for which it matters whether they are in a call
 * place none, where there are enough others: each call to one of them would wait for those that it places.
 */
export function phonesOf(model: Model): Phone[] {
  const all = allPhones(model);
  const free = all.filter(({ extension }) => !takesOneCall(model, extension) && !busyLeadsElsewhere(model, extension));
  return free.length < FEW_PHONES ? all : free;
}

/** All telephones that the lab plays and that may dial everything. */
export function allPhones(model: Model): Phone[] {
  return Object.keys(model.extension)
    .sort(naturalOrder)
    .flatMap((extension) => (model.extension[extension]?.devices ?? []).map((device) => ({ device, extension })))
    .filter(({ device }) => isPlayed(model, ref('device', device)) && contextOf(model, device) === 'from-internal');
}

/** Trunks whose far ends the lab plays and whose calls go by the inbound routes. */
export function carriersOf(model: Model): string[] {
  return Object.keys(model.trunk)
    .sort(naturalOrder)
    .filter((id) => {
      const trunk = model.trunk[id];
      if (trunk === undefined || !('context' in trunk) || !isInboundContext(trunk.context)) return false;
      // nobody calls in by a section of IAX2 that is no user's
      if (trunk.technology === 'sip' && trunk.host === null && !hasSecret(model, id)) return false;
      return !(trunk.technology === 'iax2' && trunk.inboundUser === null) && isPlayed(model, ref('trunk', id));
    });
}

/** A gateway with neither an address nor a secret is told by the name in its calls alone: where their caller's number stands else. */
function hasSecret(model: Model, trunk: string): boolean {
  return (model.secrets[`trunk/${trunk}/outbound`] ?? '') !== '';
}

/** True where the lab can play this telephone or trunk. */
export function isPlayed(model: Model, leg: Ref): boolean {
  if (iaxParties(model).some((p) => refText(p.leg) === refText(leg))) return true;
  const trunk = leg.kind === 'trunk' ? model.trunk[leg.id] : undefined;
  if (trunk !== undefined) return trunk.technology === 'sip' && !trunk.disabled;
  const device = model.device[leg.id];
  return device?.technology === 'sip' && device.host === null;
}

/** The same number for the same text: spreads callers evenly, and keeps them between runs. */
export function spread(text: string, among: number): number {
  let hash = 0;
  for (const c of text) hash = (Math.imul(hash, 31) + (c.codePointAt(0) ?? 0)) >>> 0;
  return among === 0 ? 0 : hash % among;
}

/** Numbers that belong to nobody, for callers from outside. */
const STRANGERS = ['79990001122', '70001112233', '15550100', '442071234567', '5550123', '900100'];

/** A caller from outside for whom no inbound route makes a difference. */
export function stranger(model: Model): string {
  const special = Object.values(model['inbound-route']).filter((r) => r.callerId !== '');
  const known = (number: string): boolean =>
    number in model.extension || number in model.blacklist || special.some((r) => takesCaller(model, r.did, number, r.callerId));
  return STRANGERS.find((number) => !known(number)) ?? '79990009999';
}

/** A number that a carrier may send and that no route names: it goes where all the rest goes. Null: every number has a route. */
export function unknownDid(model: Model, caller: string): string | null {
  for (const did of ['79995550199', '15550199', '99999999', '40999', '0999999999999']) {
    const match = inboundRouteFor(model, did, caller);
    if (match.takes === 'nothing' || (match.takes === 'route' && match.route.did === '')) return did;
  }
  return null;
}

function takesCaller(model: Model, did: string, number: string, callerId: string): boolean {
  const match = inboundRouteFor(model, did === '' ? '0' : did, number);
  return match.takes === 'route' && match.route.callerId === callerId;
}

function contextOf(model: Model, device: string): string | null {
  const d = model.device[device];
  return d === undefined || d.technology === 'custom' ? null : d.context;
}
