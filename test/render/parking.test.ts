import { describe, expect, test } from 'vitest';
import { contextOf, type Some, smallHouse, treeOf } from './some-pbx.ts';
import { danglingTargets } from './targets.ts';

const LOT = { name: 'Lot', extension: '70', firstSlot: '71', slots: '8', seconds: '45', isDefault: 'yes', tone: 'both' };
const withLot = (change: object = {}): Some => ({ ...smallHouse, parking: { '1': { ...LOT, ...change } } });

describe('parking', () => {
  test('a lot has its slots, each a number that takes the call back and a lamp', async () => {
    const tree = await treeOf(withLot());
    const lot = contextOf(tree.text('res_parking.conf'), 'default');
    for (const line of ['parkext = 70', 'parkpos = 71-78', 'parkingtime = 45', 'parkedplay = both']) expect(lot).toContain(line);
    const hints = contextOf(tree.text('extensions.d/parking.conf'), 'park-hints');
    expect(hints).toContain('exten = 78,hint,park:78@parkedcalls');
    expect(hints).toContain('exten = 78,1,ParkedCall(default,${EXTEN})');
    expect(hints.some((l) => l.includes('79'))).toBe(false);
    expect(tree.text('modules.conf')).toContain('load = res_parking.so');
    expect(danglingTargets(tree.files)).toEqual([]);
  });

  test('a call that nobody took back rings at who parked it, and goes on; or goes on at once', async () => {
    const next = { next: { to: 'ring-group', id: '600' } };
    const lines = async (change: object): Promise<string[]> =>
      contextOf((await treeOf(withLot(change))).text('extensions.d/parking.conf'), 'parkedcallstimeout');
    expect((await lines(next)).slice(1)).toEqual(['same = n,Dial(${PARKER},15)', 'same = n,Goto(ext-group,600,1) ; ring-group 600']);
    expect((await lines({ ...next, returnsToParker: 'no' })).slice(1)).toEqual(['same = n,Goto(ext-group,600,1) ; ring-group 600']);
  });

  test('the lot that is used by default is the one that is marked so, and there is always one', async () => {
    const two = { ...smallHouse, parking: { '1': { ...LOT, isDefault: 'no' }, '2': { ...LOT, extension: '80', firstSlot: '81' } } };
    const text = (await treeOf(two)).text('res_parking.conf');
    expect(contextOf(text, 'default')).toContain('parkext = 80');
    expect(contextOf(text, 'parkinglot_1')).toContain('context = parkedcalls-1');
    expect((await treeOf(smallHouse)).has('res_parking.conf')).toBe(false);
  });
});
