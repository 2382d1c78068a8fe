import { type Ref, refText } from '../../model/ref.ts';
import type { Carrier } from '../lab/carriers.ts';
import { type IaxParty, iaxSection } from '../lab/iax.ts';
import type { Lab } from '../lab/lab.ts';
import type { Caller } from '../scenario.ts';

/** Dial string by which `world` calls a number for a caller; null: it plays no such telephone or carrier. */
export function dialString(lab: Lab, caller: Caller, number: string): string | null {
  if (caller.ref === null) return null;
  const iax = iaxOf(lab, caller.ref);
  if (iax !== undefined) return `IAX2/${iaxSection(iax)}/${number}`;
  const endpoint = caller.as === 'extension' ? caller.ref.id : carrierEndpoint(carrierOf(lab, caller.ref));
  return endpoint === null ? null : `PJSIP/${number}@${endpoint}`;
}

function carrierEndpoint(carrier: Carrier | undefined): string | null {
  if (carrier === undefined) return null;
  return carrier.address === null ? (carrier.model.inboundUser ?? carrier.model.peer) : carrier.endpoint;
}

/** The section of the PBX's pjsip_wizard.conf or iax.conf that takes the caller's call. */
export function pbxEndpointOf(lab: Lab, caller: Caller): string {
  if (caller.ref === null) return '';
  const iax = iaxOf(lab, caller.ref);
  if (iax !== undefined) return iax.user;
  return caller.as === 'extension' ? caller.ref.id : (carrierOf(lab, caller.ref)?.model.peer ?? '');
}

function carrierOf(lab: Lab, trunk: Ref): Carrier | undefined {
  return lab.carriers.find((c) => refText(c.trunk) === refText(trunk));
}

function iaxOf(lab: Lab, leg: Ref): IaxParty | undefined {
  return lab.iax.find((p) => refText(p.leg) === refText(leg));
}
