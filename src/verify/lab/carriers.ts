import type { Model } from '../../model/kinds.ts';
import { type Ref, ref } from '../../model/ref.ts';
import type { SipTrunk } from '../../model/trunk.ts';
import type { IaxParty } from './iax.ts';

/** A trunk's far end, played by `world`. */
export interface Carrier {
  readonly trunk: Ref;
  readonly model: SipTrunk;
  /** Section of world's pjsip.conf. */
  readonly endpoint: string;
  /** Address of its own in the lab; null where the trunk registers with the PBX as a telephone does. */
  readonly address: string | null;
  readonly port: number;
}

/**
 * The carriers that the lab plays: every SIP trunk that is not disabled. Each gets an address of its own, since the PBX tells
 * trunks apart by address.
 */
export function carriers(model: Model, address: (n: number) => string): Carrier[] {
  const found: Carrier[] = [];
  for (const [id, trunk] of Object.entries(model.trunk)) {
    if (trunk.technology !== 'sip' || trunk.disabled) continue;
    found.push({
      trunk: ref('trunk', id),
      model: trunk,
      endpoint: `carrier-${id}`,
      address: trunk.host === null ? null : address(found.length),
      port: trunk.port ?? 5060,
    });
  }
  return found;
}

/** True for '198.51.100.20' and IPv6 literals; false for names, which the lab resolves by itself. */
export function isLiteralAddress(host: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(host) || host.includes(':');
}

/** Names of carriers and the address under which `world` answers for each: for the lab's name server. */
export function carrierNames(list: readonly Carrier[], iax: readonly IaxParty[], world: string): Record<string, string> {
  const names: Record<string, string> = {};
  for (const { host } of iax) if (host !== null && !isLiteralAddress(host)) names[host] = world;
  for (const { model, address } of list) {
    if (address === null) continue;
    for (const host of [model.host, ...model.registrations.map((r) => r.host)]) {
      if (host !== null && !isLiteralAddress(host)) names[host] = address;
    }
  }
  return names;
}
