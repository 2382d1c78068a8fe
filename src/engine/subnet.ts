/** An IPv4 range: its first address as a number, and how many leading bits are fixed. */
export interface Subnet {
  readonly first: number;
  readonly bits: number;
}

/** @returns null for what is not IPv4 in CIDR notation */
export function parseSubnet(text: string): Subnet | null {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(text);
  if (match === null) return null;
  const [a = 256, b = 256, c = 256, d = 256, bits = 33] = match.slice(1).map(Number);
  if (Math.max(a, b, c, d) > 255 || bits > 32) return null;
  const size = 2 ** (32 - bits);
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  return { first: address - (address % size), bits };
}

export function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}

export function formatSubnet({ first, bits }: Subnet): string {
  return `${formatAddress(first)}/${bits}`;
}

export function overlaps(a: Subnet, b: Subnet): boolean {
  return a.first < b.first + 2 ** (32 - b.bits) && b.first < a.first + 2 ** (32 - a.bits);
}

/** Of RFC 2544, for tests of devices: no office numbers its phones or servers from it, so a lab hides nobody's address. */
const POOL: Subnet = { first: 198 * 2 ** 24 + 18 * 2 ** 16, bits: 15 };
const SUBNET_BITS = 24;

/**
 * A random /24 that overlaps none of `taken`.
 * @returns null where the whole pool is taken
 */
export function pickSubnet(taken: readonly Subnet[], random: () => number = Math.random): Subnet | null {
  const count = 2 ** (SUBNET_BITS - POOL.bits);
  const start = Math.floor(random() * count);
  for (let i = 0; i < count; i++) {
    const subnet = { first: POOL.first + ((start + i) % count) * 2 ** (32 - SUBNET_BITS), bits: SUBNET_BITS };
    if (!taken.some((other) => overlaps(subnet, other))) return subnet;
  }
  return null;
}

/** The ranges of /proc/net/route without the default route; numbers there are little-endian hex. */
export function parseRoutes(text: string): Subnet[] {
  const routes: Subnet[] = [];
  for (const line of text.split('\n').slice(1)) {
    const fields = line.trim().split(/\s+/);
    const [destination, mask] = [fields[1], fields[7]].map((hex) => Buffer.from(hex ?? '', 'hex'));
    if (destination?.length !== 4 || mask?.length !== 4) continue;
    const bits = [...mask].reduce((sum, byte) => sum + byte.toString(2).replace(/0/g, '').length, 0);
    if (bits > 0) routes.push({ first: destination.readUInt32LE(0), bits });
  }
  return routes;
}
