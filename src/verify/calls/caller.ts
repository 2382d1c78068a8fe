import { type Ref, refText } from '../../model/ref.ts';
import { type Carrier, sameHost, wayEndpoint, waysOf } from '../lab/carriers.ts';
import { type IaxParty, iaxSection } from '../lab/iax.ts';
import { registeredAs } from '../lab/registrar.ts';
import type { Side } from '../lab/side.ts';
import type { Caller } from '../scenario.ts';
import { endpointOf } from './watch.ts';

/** Dial string by which `world` calls a number for a caller; null: it plays no such telephone or carrier. */
export function dialString(side: Side, caller: Caller, number: string): string | null {
  if (caller.ref === null) return null;
  const iax = iaxOf(side, caller.ref);
  if (iax !== undefined) return `IAX2/${iaxSection(iax)}/${number}`;
  const endpoint = caller.as === 'extension' ? caller.ref.id : carrierEndpoint(carrierOf(side, caller.ref), caller);
  return endpoint === null ? null : `PJSIP/${number}@${endpoint}`;
}

function carrierEndpoint(carrier: Carrier | undefined, { way }: Caller): string | null {
  if (carrier === undefined) return null;
  if (carrier.address === null) return carrier.model.inboundUser ?? carrier.model.peer;
  if (way === undefined) return carrier.endpoint;
  const endpoint = wayEndpoint(carrier.endpoint, way);
  if (way === 'by-registration') return registeredAs(carrier) === null ? null : endpoint;
  return waysOf(carrier).some((w) => w.endpoint === endpoint) ? endpoint : null;
}

/** The section of the PBX's pjsip_wizard.conf or iax.conf that takes the caller's call. */
export function pbxEndpointOf(side: Side, caller: Caller): string {
  if (caller.ref === null) return '';
  const iax = iaxOf(side, caller.ref);
  if (iax !== undefined) return iax.user;
  return caller.as === 'extension' ? caller.ref.id : (carrierOf(side, caller.ref)?.model.peer ?? '');
}

/**
 * Whom a channel of the PBX calls, by the endpoint that it is named after: world has one socket for all on IAX2, and one endpoint for trunks that lead to
 * one host. null: world's own word stands.
 */
export function calledBy(side: Side, pbxChannel: string, told: string): Ref | null {
  const endpoint = endpointOf(pbxChannel);
  if (pbxChannel.startsWith('IAX2/')) return side.iax.find((p) => p.peer === endpoint)?.leg ?? null;
  const first = side.carriers.find((c) => refText(c.trunk) === told);
  const meant = first === undefined ? undefined : side.carriers.find((c) => sameHost(first, c) && c.model.peer === endpoint);
  return meant?.trunk ?? null;
}

function carrierOf(side: Side, trunk: Ref): Carrier | undefined {
  return side.carriers.find((c) => refText(c.trunk) === refText(trunk));
}

function iaxOf(side: Side, leg: Ref): IaxParty | undefined {
  return side.iax.find((p) => refText(p.leg) === refText(leg));
}
