import { BlockList, isIPv4 } from 'node:net';

/** A route of one interface, as `ip route show dev NAME` prints it: 'default via 192.168.1.1', '192.168.1.0/24 proto kernel scope link src 192.168.1.5'. */
type Route = string;

/** What a line may be made of to be said again: states that the kernel only tells ('linkdown', 'dead') are left out. */
const SAYABLE = /^(default|[\d./]+)( [\w./:-]+)*$/;
const TOLD_ONLY = /\s+(linkdown|dead|offload|notify)\b/g;

/** From what `ip route show dev NAME` prints, with one space between words. */
export function routesOf(text: string): Route[] {
  const lines = text.split('\n').map((line) => line.replace(TOLD_ONLY, '').trim().replace(/\s+/g, ' '));
  return lines.filter((line) => SAYABLE.test(line));
}

/** Those that go out by the address. */
export function routesFrom(routes: readonly Route[], address: string): Route[] {
  return routes.filter((route) => wordAfter(route, 'src') === address);
}

/** Those that would go out by an address of the same network: its own, and those through a gateway in it. @param cidr '192.168.1.5/24' */
export function routesBeside(routes: readonly Route[], cidr: string): Route[] {
  const [address = '', bits = '32'] = cidr.split('/');
  const network = new BlockList();
  network.addSubnet(address, Number(bits));
  return routes.filter((route) => {
    const [to = ''] = route.split(' ');
    const through = wordAfter(route, 'src') ?? wordAfter(route, 'via') ?? to.replace(/\/.*$/, '');
    return isIPv4(through) && network.check(through);
  });
}

/** It comes and goes with an address of the interface. */
export function isOfKernel(route: Route): boolean {
  return wordAfter(route, 'proto') === 'kernel';
}

/** The same route, by the address that the kernel chooses. */
export function withoutSource(route: Route): Route {
  return route.replace(/ src \S+/, '');
}

function wordAfter(route: Route, word: string): string | null {
  return new RegExp(` ${word} (\\S+)`).exec(route)?.[1] ?? null;
}
