import { isIP, isIPv4 } from 'node:net';

/**
 * Whether Asterisk takes a text for a network: an address, alone or with bits or a mask behind `/`, `!` before it turns it round (acl.c, ast_append_ha). What it
 * does not take costs the whole section that it stands in.
 */
export function isNetwork(text: string): boolean {
  const [, address = '', mask] = /^!?([^/]*)(?:\/(.*))?$/.exec(text) ?? [];
  const version = isIP(address);
  if (version === 0) return false;
  if (mask === undefined) return true;
  if (/^\d{1,3}$/.test(mask)) return Number(mask) <= (version === 4 ? 32 : 128);
  return version === 4 && isIPv4(mask);
}

/** Whether a network takes in every address. */
export function isEverybody(network: string): boolean {
  return /^(?:0\.0\.0\.0\/(?:0|0\.0\.0\.0)|::\/0)$/.test(network.trim());
}

/** A host as it stands in a URI: an address of IPv6 has brackets there. */
export function bracketed(host: string): string {
  return isIP(host) === 6 ? `[${host}]` : host;
}
