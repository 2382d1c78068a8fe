import { type Machine, said } from './machine.ts';
import { isOfKernel, routesBeside, routesFrom, routesOf, withoutSource } from './route.ts';
import type { Sides } from './sides.ts';
import type { Step } from './step.ts';

/** Where the address is or comes. */
interface Place {
  readonly machine: Machine;
  readonly device: string;
  readonly cidr: string;
}

/**
 * The old address goes to the other machine, so that telephones and programs find the PBX where it always was. It is taken away behind the back of the session, which may have come
 * by it: whoever is reached by that very address must be named by another one.
 */
export function moveAddress(s: Sides, to: 'to-new' | 'to-old'): Step[] {
  const { address } = s.asked;
  if (address === null) return [];
  const { cidr } = address;
  const [old, now] = [
    { machine: s.old, device: address.oldInterface, cidr },
    { machine: s.new, device: address.newInterface, cidr },
  ];
  return to === 'to-new' ? [leavesOld(s, old), comesToNew(s, now)] : [leavesNew(s, now), comesToOld(s, old)];
}

const bare = (place: Place): string => place.cidr.replace(/\/.*$/, '');
const asked = ({ device }: Place): string => `ip route show dev ${device}`;
const replaced = ({ device }: Place, route: string): string => `ip route replace ${route} dev ${device} 2> /dev/null || true`;

/** With the last address of an interface the kernel forgets its gateway: the routes are kept for the way back. */
function leavesOld(s: Sides, old: Place): Step {
  return {
    ...shown('address-to-new-leaves', `${bare(old)} leaves`, old, leaving(old, ['ROUTE'])),
    writesOld: true,
    run: async () => {
      const routes = routesOf(await said(old.machine, asked(old)));
      const from = routesFrom(routes, bare(old));
      // given once more, it finds the address gone
      if (from.length > 0) await s.journal.keep({ oldRoutes: routes });
      await said(old.machine, leaving(old, from.filter((route) => !isOfKernel(route)).map(withoutSource)));
      return 'done';
    },
  };
}

function leavesNew(s: Sides, now: Place): Step {
  return {
    ...shown('address-to-old-leaves', `${bare(now)} leaves`, now, leaving(now, ['ROUTE'])),
    run: async () => {
      await said(now.machine, leaving(now, s.journal.state.newRoutes));
      await s.journal.keep({ newRoutes: [] });
      return 'done';
    },
  };
}

/** The new PBX speaks by that address, too: an answer from another one does not come through the router of a telephone elsewhere, and a carrier does not know it. */
function comesToNew(s: Sides, now: Place): Step {
  const routed = (route: string): string => `${withoutSource(route)} src ${bare(now)}`;
  const routes = async (): Promise<string[]> => routesOf(await said(now.machine, asked(now)));
  return {
    ...shown('address-to-new-comes', `${bare(now)} comes`, now, coming(now, [routed('ROUTE')])),
    run: async () => {
      // given once more, it finds them changed
      if (s.journal.state.newRoutes.length === 0) await s.journal.keep({ newRoutes: await routes() });
      // the route of its own network is there once the address is
      await said(now.machine, coming(now, []));
      const beside = routesBeside(await routes(), now.cidr);
      await said(now.machine, coming(now, beside.map(routed)));
      return `${beside.length} routes`;
    },
  };
}

function comesToOld(s: Sides, old: Place): Step {
  return {
    ...shown('address-to-old-comes', `${bare(old)} comes`, old, coming(old, ['ROUTE'])),
    writesOld: true,
    run: async () => {
      await said(old.machine, coming(old, s.journal.state.oldRoutes));
      return `${s.journal.state.oldRoutes.length} routes`;
    },
  };
}

/** What a dry run shows of a step whose routes are not known yet. */
function shown(id: string, says: string, { machine, device }: Place, script: string): Omit<Step, 'run'> {
  return {
    id,
    says,
    lines: [
      { on: machine, script: `ip route show dev ${device}` },
      { on: machine, script },
    ],
  };
}

/**
 * Further addresses of the same network would go with their first one, were they not promoted; and routes by an address go with it, so each is given without it before and after.
 * Source: devinet.c, __inet_del_ifa, and fib_frontend.c, fib_sync_down_addr.
 */
function leaving(place: Place, routes: readonly string[]): string {
  const { device, cidr } = place;
  const again = routes.map((route) => replaced(place, route));
  return [
    `{ echo 1 > /proc/sys/net/ipv4/conf/${device}/promote_secondaries; } 2> /dev/null || true`,
    ...again,
    `ip address delete ${cidr} dev ${device} 2> /dev/null || true`,
    ...again,
  ].join('\n');
}

/** Neighbours learn it at once where arping is there, which nobody waits for; else when they next ask. */
function coming(place: Place, routes: readonly string[]): string {
  const { device, cidr } = place;
  return [
    `ip address replace ${cidr} dev ${device} || exit 1`,
    ...routes.map((route) => replaced(place, route)),
    `{ ! command -v arping || arping -c 3 -A -I ${device} ${bare(place)}; } > /dev/null 2>&1 < /dev/null &`,
  ].join('\n');
}
