import type { Model } from '../../model/kinds.ts';
import { type Ref, ref } from '../../model/ref.ts';
import type { SipTrunk } from '../../model/trunk.ts';
import type { Caller } from '../scenario.ts';
import type { IaxParty } from './iax.ts';

/** A carrier that is behind a router calls from any port. */
const OTHER_PORT = 15_060;

/** A trunk's far end, played by `world`. */
export interface Carrier {
  readonly trunk: Ref;
  readonly model: SipTrunk;
  /** Section of world's pjsip.conf. */
  readonly endpoint: string;
  /** Address of its own in the lab; null where the trunk registers with the PBX as a telephone does. */
  readonly address: string | null;
  readonly port: number;
  /** Where in the lab its further addresses are, in their order. */
  readonly further: readonly { readonly host: string; readonly address: string }[];
}

/**
 * The carriers that the lab plays: every SIP trunk that is not disabled. Each host of the model is an address of its own, since the PBX tells
 * trunks apart by address; several trunks may lead to one.
 */
export function carriers(model: Model, address: (n: number) => string): Carrier[] {
  const found: Carrier[] = [];
  const addresses = new Map<string, string>();
  const addressOf = (host: string): string => {
    const known = addresses.get(host) ?? address(addresses.size);
    addresses.set(host, known);
    return known;
  };
  for (const [id, trunk] of Object.entries(model.trunk)) {
    if (trunk.technology !== 'sip' || trunk.disabled) continue;
    found.push({
      trunk: ref('trunk', id),
      model: trunk,
      endpoint: `carrier-${id}`,
      address: trunk.host === null ? null : addressOf(trunk.host),
      port: trunk.port ?? 5060,
      further: trunk.host === null ? [] : trunk.addresses.map((host) => ({ host, address: addressOf(host) })),
    });
  }
  return found;
}

/** All addresses in the lab that carriers have, each once. */
export function addressesOf(list: readonly Carrier[]): string[] {
  return [...new Set(list.flatMap((c) => (c.address === null ? [] : [c.address, ...c.further.map((f) => f.address)])))];
}

/** Whether the PBX calls both at one place. */
export function sameHost(a: Carrier, b: Carrier): boolean {
  return a.address !== null && a.address === b.address && a.port === b.port;
}

/** Every name and address of a carrier in the model, and where in the lab it is. */
export function hosts({ model, address, further }: Carrier): { readonly host: string; readonly address: string }[] {
  if (address === null) return [];
  const own = [model.host, ...model.registrations.map((r) => r.host)].filter((host) => host !== null);
  return [...further, ...own.map((host) => ({ host, address }))];
}

/** One way in which a carrier calls, with an endpoint of its own in world. */
export interface Way {
  /** Section of world's pjsip.conf. */
  readonly endpoint: string;
  /** Address and port that it calls from. */
  readonly bind: string;
  readonly protocol: Protocol;
}

/** What carriers speak in the lab. What the kit does not carry yet (TLS) is rendered as UDP. */
export type Protocol = 'udp' | 'tcp';

/** The ways in which a carrier with an address calls: first from where it is called, at its main address. */
export function waysOf({ endpoint, address, port, further, model }: Carrier): Way[] {
  if (address === null) return [];
  const [second] = further;
  const protocol = protocolOf(model);
  const ways = [
    { endpoint, bind: `${address}:${port}` },
    { endpoint: wayEndpoint(endpoint, 'other-port'), bind: `${address}:${port === OTHER_PORT ? OTHER_PORT + 1 : OTHER_PORT}` },
    ...(second === undefined ? [] : [{ endpoint: wayEndpoint(endpoint, 'second-address'), bind: `${second.address}:${port}` }]),
  ];
  return ways.map((way) => ({ ...way, protocol }));
}

export function protocolOf({ transport }: SipTrunk): Protocol {
  return transport === 'tcp' ? 'tcp' : 'udp';
}

/** Section of world's pjsip.conf that listens there. */
export function transportOf({ bind, protocol }: Pick<Way, 'bind' | 'protocol'>): string {
  return `carrier-${bind.replace(/[.:]/g, '-')}${protocol === 'udp' ? '' : `-${protocol}`}`;
}

/** Section of world's pjsip.conf by which a carrier calls in a way other than the first. */
export function wayEndpoint(endpoint: string, way: NonNullable<Caller['way']>): string {
  return `${endpoint}-${way}`;
}

/** True for '198.51.100.20' and IPv6 literals; false for names, which the lab resolves by itself. */
export function isLiteralAddress(host: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(host) || host.includes(':');
}

/** Names of carriers and the address under which `world` answers for each: for the lab's name server. */
export function carrierNames(list: readonly Carrier[], iax: readonly IaxParty[], world: string): Record<string, string> {
  const names: Record<string, string> = {};
  for (const { host } of iax) if (host !== null && !isLiteralAddress(host)) names[host] = world;
  for (const { host, address } of list.flatMap(hosts)) if (!isLiteralAddress(host)) names[host] = address;
  return names;
}
