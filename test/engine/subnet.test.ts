import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Network } from '../../src/engine/network.ts';
import { formatSubnet, overlaps, parseRoutes, parseSubnet, pickSubnet, type Subnet } from '../../src/engine/subnet.ts';

const subnet = fc
  .record({ first: fc.integer({ min: 0, max: 2 ** 32 - 1 }), bits: fc.integer({ min: 1, max: 32 }) })
  .map(({ first, bits }): Subnet => ({ first: first - (first % 2 ** (32 - bits)), bits }));

test('a subnet reads back as it is written', () => {
  fc.assert(
    fc.property(subnet, (s) => {
      expect(parseSubnet(formatSubnet(s))).toEqual(s);
    }),
  );
});

test('the subnet of a lab overlaps no network and no route that is there', () => {
  fc.assert(
    fc.property(fc.array(subnet, { maxLength: 30 }), fc.double({ min: 0, max: 0.999 }), (taken, random) => {
      const picked = pickSubnet(taken, () => random);
      for (const other of taken) if (picked !== null) expect(overlaps(picked, other)).toBe(false);
    }),
  );
});

test('the last free subnet is found, and none where none is', () => {
  const all = Array.from({ length: 512 }, (_, i) => ({ first: 198 * 2 ** 24 + 18 * 2 ** 16 + i * 256, bits: 24 }));
  const last = all[300];
  expect(pickSubnet(all.filter((s) => s !== last))).toEqual(last);
  expect(pickSubnet(all)).toBeNull();
});

test("the kernel's routes are read, the default route is none", () => {
  const text = [
    'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT',
    'eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0',
    'docker0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0',
    '',
  ].join('\n');
  expect(parseRoutes(text).map(formatSubnet)).toEqual(['172.17.0.0/16']);
});

test('carriers get addresses of the upper half, never the broadcast address', () => {
  const network = new Network({ id: 'x', name: 'n', subnet: { first: 198 * 2 ** 24 + 18 * 2 ** 16, bits: 24 } });
  expect(network.address(0)).toBe('198.18.0.128');
  expect(network.address(126)).toBe('198.18.0.254');
  expect(() => network.address(127)).toThrow(RangeError);
});
