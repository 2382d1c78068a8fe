import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { routesBeside, routesFrom, routesOf, withoutSource } from '../../src/cutover/move/route.ts';

/** As the iproute of CentOS 5 prints it, with its spaces. */
const OLD =
  'default via 192.168.1.1 \n192.168.1.0/24  proto kernel  scope link  src 192.168.1.5 \n10.8.0.0/16 via 192.168.1.9  metric 20 \n';

describe('the routes of an interface whose address moves', () => {
  test('are those that the machine prints, old or new', () => {
    expect(routesOf(OLD)).toEqual([
      'default via 192.168.1.1',
      '192.168.1.0/24 proto kernel scope link src 192.168.1.5',
      '10.8.0.0/16 via 192.168.1.9 metric 20',
    ]);
    expect(routesOf('default via 10.0.0.1 proto dhcp src 10.0.0.7 metric 1024 linkdown \n')).toEqual([
      'default via 10.0.0.1 proto dhcp src 10.0.0.7 metric 1024',
    ]);
  });

  test('go out by the address itself, not by one that begins like it', () => {
    const routes = routesOf(OLD.replace('1.5 ', '1.50 '));
    expect(routesFrom(routes, '192.168.1.5')).toEqual([]);
    expect(routesFrom(routes, '192.168.1.50').map(withoutSource)).toEqual(['192.168.1.0/24 proto kernel scope link']);
  });

  test('of another network on the same interface stay as they are', () => {
    const routes = routesOf(
      `${OLD}172.16.0.0/16 proto kernel scope link src 172.16.0.2\n10.9.0.0/16 via 172.16.0.1\n192.168.1.128/25 scope link\n`,
    );
    expect(routesBeside(routes, '192.168.1.5/24')).toEqual([...routesOf(OLD), '192.168.1.128/25 scope link']);
  });

  test('are never words that a shell would take for its own', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const route of routesOf(`default ${text}\n${text}`)) expect(route).toMatch(/^[\w .:/-]+$/);
      }),
    );
  });
});
