import { readFile } from 'node:fs/promises';
import { MigrateError } from '../error.ts';
import { type Engine, reason, refusal } from './engine.ts';
import { formatAddress, formatSubnet, parseRoutes, parseSubnet, pickSubnet, type Subnet } from './subnet.ts';

const ATTEMPTS = 20;

/** The private network of a run: a bridge with no way out. */
export class Network {
  readonly id: string;
  readonly name: string;
  /** CIDR. */
  readonly subnet: string;
  /** Leading bits of the subnet, for `address/prefix`. */
  readonly prefix: number;
  readonly #first: number;

  constructor(o: { id: string; name: string; subnet: Subnet }) {
    this.id = o.id;
    this.name = o.name;
    this.subnet = formatSubnet(o.subnet);
    this.prefix = o.subnet.bits;
    this.#first = o.subnet.first;
  }

  /**
   * The n-th address, from 0, of the upper half, which the engine never gives out by itself: for carriers and for fixed
   * addresses of containers.
   * @throws RangeError where the half has no more
   */
  address(n: number): string {
    const half = 2 ** (31 - this.prefix);
    // The last address of the subnet is its broadcast address.
    if (!Number.isInteger(n) || n < 0 || n >= half - 1)
      throw new RangeError(`the lab's subnet has ${half - 1} addresses for carriers, number ${n} is not among them`);
    return formatAddress(this.#first + half + n);
  }
}

/**
 * Makes the network. Two runs may pick one subnet at once: the engine refuses the second, which picks again.
 * @throws MigrateError E_ENGINE
 */
export async function createNetwork(engine: Engine, name: string, labels: Record<string, string>): Promise<Network> {
  let last: unknown = 'no free subnet';
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const subnet = pickSubnet(await takenSubnets(engine));
    if (subnet === null) break;
    try {
      const { id } = await engine.docker.createNetwork({
        Name: name,
        Driver: 'bridge',
        Internal: true,
        Labels: labels,
        IPAM: {
          Driver: 'default',
          Config: [{ Subnet: formatSubnet(subnet), IPRange: formatSubnet({ ...subnet, bits: subnet.bits + 1 }) }],
        },
      });
      return new Network({ id, name, subnet });
    } catch (error) {
      last = error;
      if (!/overlap|conflict/i.test(reason(error)) || refusal(error) === null) break;
    }
  }
  const hint = 'Look at `docker network ls` for networks that nobody needs.';
  throw new MigrateError({
    code: 'E_ENGINE',
    where: name,
    why: `the engine makes no network: ${reason(last)}`,
    hint,
    exit: 3,
    cause: last,
  });
}

async function takenSubnets(engine: Engine): Promise<Subnet[]> {
  const networks = await engine.docker.listNetworks();
  const used = networks.flatMap((n) => n.IPAM?.Config ?? []).map((config) => parseSubnet(config.Subnet ?? ''));
  const routes = await readFile('/proc/net/route', 'utf8').then(parseRoutes, () => []);
  return [...used.filter((subnet) => subnet !== null), ...routes];
}
