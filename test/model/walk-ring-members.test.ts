import { describe, expect, test } from 'vitest';
import type { Model } from '../../src/model/kinds.ts';
import type { Situation } from '../../src/model/walk/situation.ts';
import { timeline } from '../../src/model/walk/timeline.ts';
import { TIMING } from '../../src/verify/scenarios/expectation.ts';
import { aModel, houseOf, stateWith } from './a-model.ts';
import { call, inCall, told } from './told.ts';

const hangup = { to: 'end', how: 'hangup' };
const members = (...numbers: string[]): object[] =>
  numbers.map((number) => (number.endsWith('#') ? { number: number.slice(0, -1), outside: 'yes' } : { number }));

/** Group 600 of a house in which 104 forwards to 102, 105 when busy to 101, 106 when away to 101, and 107 lets no second call wait. */
function group(o: object): Model {
  return aModel({
    ...houseOf({
      101: stateWith({}),
      102: stateWith({}),
      103: stateWith({ doNotDisturb: 'yes' }),
      104: stateWith({ forwardAlways: '102' }),
      105: { state: { forwardBusy: '101' } },
      106: { state: { forwardUnavailable: '101' } },
      107: {},
      199: {},
    }),
    'ring-group': { 600: { strategy: 'ringall', ringSeconds: '20', noAnswer: hangup, ...o } },
    'music-class': { slow: {} },
  });
}
const rings = (o: object, does: Parameters<typeof call>[2] = {}, at: Partial<Situation> = {}): string[] =>
  told(call(group(o), '600', does, at)).slice(0, -1);

describe('a number that several members lead to', () => {
  test('rings once', () => {
    expect(rings({ members: members('101', '101', '102') })).toEqual(['rings 101+102 for 20: no-answer']);
    expect(rings({ members: members('102', '104') })).toEqual(['rings 102 for 20: no-answer']);
    expect(rings({ members: members('101', '101#') })).toEqual(['rings 101 for 20: no-answer']);
  });
  test('is hunted twice where the same member is listed twice', () => {
    expect(rings({ strategy: 'hunt', members: members('101', '101') })).toEqual(Array(2).fill('rings 101 for 20: no-answer'));
    expect(rings({ strategy: 'hunt', members: members('101', '101#') })).toEqual(['rings 101 for 20: no-answer']);
  });
});

test('a member that forwards back to its group rings nobody, and the others ring once', () => {
  const house = group({ members: members('101', '102') });
  const back = aModel(houseOf({ 102: stateWith({ forwardAlways: '600' }) })).extension;
  const model = { ...house, extension: { ...house.extension, ...back } };
  const laid = timeline(call(model, '600', {}), TIMING);
  expect(laid.legs.map((l) => l.to.id)).toEqual(['101']);
});

test('music of a group is heard by who has somebody rung for him, and by nobody else', () => {
  const heard = (does: 'ignore' | 'offline') =>
    timeline(call(group({ members: members('101'), musicClass: 'slow' }), '600', { 'device/101': does }), TIMING).musicClass;
  expect([heard('ignore'), heard('offline')]).toEqual(['slow', null]);
});

test('a group whose music is gone plays the default one', () => {
  const heard = timeline(call(group({ members: members('101'), musicClass: 'gone' }), '600', { 'device/101': 'ignore' }), TIMING);
  expect(heard.musicClass).toBe('default');
});

describe('a member that forwards', () => {
  test('all calls is not come to where the group hunts, nor where it rings one alone', () => {
    for (const strategy of ['hunt', 'memoryhunt', 'firstavailable', 'firstnotonphone'])
      expect(rings({ strategy, members: members('104', '101') })).toEqual(['rings 101 for 20: no-answer']);
  });
  test('back to the caller or to itself rings', () => {
    const to = (forwardAlways: string): Partial<Situation> => ({ state: { extensions: { 101: { forwardAlways } }, trunks: {} } });
    expect(rings({ members: members('101') }, {}, to('199'))).toEqual(['rings 101 for 20: no-answer']);
    expect(rings({ members: members('101') }, {}, to('101'))).toEqual(['rings 101 for 20: no-answer']);
  });
  test('when it is busy, rings there while it is in a call', () => {
    expect(rings({ members: members('105', '102') }, {}, inCall('105'))).toEqual(['rings 101+102 for 20: no-answer']);
    expect(rings({ members: members('105', '102'), ignoresForwards: 'yes' }, {}, inCall('105'))).toEqual(['rings 102 for 20: no-answer']);
  });
  test('when it is away, rings there while its telephone is not registered', () => {
    expect(rings({ members: members('106', '102') }, { 'device/106': 'offline' })).toEqual(['rings 101+102 for 20: no-answer']);
    expect(rings({ strategy: 'hunt', members: members('106', '102') }, { 'device/106': 'offline' })).toEqual([
      'rings 101 for 20: no-answer',
      'rings 102 for 20: no-answer',
    ]);
  });
});

describe('a primary member', () => {
  const primary = (...numbers: string[]): object => ({ firstMemberIsPrimary: 'yes', members: members(...numbers) });
  test('that is in a call rings alone, if it lets a second call wait', () => {
    expect(rings(primary('101', '102'), {}, inCall('101'))).toEqual(['rings 101 for 20: no-answer']);
    expect(rings(primary('107', '102'), {}, inCall('107'))).toEqual([]);
  });
  test('that forwards its calls is like any other', () => {
    expect(rings({ ...primary('104', '101'), ignoresForwards: 'yes' })).toEqual(['rings 101 for 20: no-answer']);
  });
  test('that is somebody outside is always free', () => {
    expect(rings(primary('101#', '102'))).toEqual(['rings 101+102 for 20: no-answer']);
  });
});

describe('a group that rings one alone', () => {
  test('passes over a telephone that is away, if that would let a second call wait', () => {
    expect(rings({ strategy: 'firstavailable', members: members('101', '102') }, { 'device/101': 'offline' })).toEqual([
      'rings 102 for 20: no-answer',
    ]);
    expect(rings({ strategy: 'firstavailable', members: members('107', '102') }, { 'device/107': 'offline' })).toEqual([
      'rings 107 for 20: unreachable',
    ]);
  });
});

test('a member that is no extension is not rung unless it is marked as outside', () => {
  expect(rings({ members: members('555', '101') })).toEqual(['rings 101 for 20: no-answer']);
});
