import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Model } from '../../src/model/kinds.ts';
import { type Behaviour, fromExtension, type Situation } from '../../src/model/walk/situation.ts';
import { parties } from '../../src/model/walk/timeline.ts';
import { dialled, walk } from '../../src/model/walk.ts';
import { aModel, houseOf, stateWith } from './a-model.ts';
import { call, inCall, told } from './told.ts';

const hangup = { to: 'end', how: 'hangup' };

describe('an extension', () => {
  const house = houseOf({
    101: stateWith({}),
    102: stateWith({}),
    103: { ...stateWith({}), voicemail: '103@default', ringSeconds: '25' },
    199: stateWith({}),
    104: { ...stateWith({}), devices: ['104', '1041'] },
  });
  const model = aModel({
    ...house,
    device: { ...house.device, 1041: { technology: 'sip', extension: '104' } },
    mailbox: { '103@default': {} },
  });
  const state = (id: string, s: object): Partial<Situation> => ({ state: { extensions: { [id]: s }, trunks: {} } });

  test('with nowhere to go next rings for ever', () => expect(told(call(model, '101'))).toEqual(['rings 101 for ever: endless']));
  test('with voicemail rings its own time, then takes a message', () => {
    expect(told(call(model, '103'))).toEqual(['rings 103 for 25: no-answer', 'voicemail 103@default unavailable']);
    expect(told(call(model, '103', { 'device/103': 'busy' }))).toEqual(['rings 103 for 25: busy', 'voicemail 103@default busy']);
  });
  test('whose telephone is not there gives congestion', () => {
    expect(told(call(model, '101', { 'device/101': 'offline' }))).toEqual(['rings 101 for ever: unreachable', 'congestion 34']);
  });
  test('with two telephones rings both, and is busy only when both are', () => {
    expect(told(call(model, '104', { 'device/104': 'busy' }))).toEqual(['rings 104+1041 for ever: endless']);
    expect(told(call(model, '104', { 'device/104': 'busy', 'device/1041': 'busy' })).at(-1)).toBe('busy 17');
  });
  test('in a call without call waiting is busy and not rung', () => {
    expect(told(call(model, '101', {}, state('101', { inCall: true, callWaiting: false })))).toEqual(['busy 17']);
    expect(told(call(model, '101', {}, inCall('101')))).toEqual(['rings 101 for ever: endless']);
  });
  test('that does not want to be disturbed is busy, and its forward for busy counts, that for no answer does not', () => {
    expect(told(call(model, '101', {}, state('101', { doNotDisturb: true, forwardUnavailable: '102' })))).toEqual(['busy 17']);
    expect(told(call(model, '101', { 'device/102': 'answer' }, state('101', { doNotDisturb: true, forwardBusy: '102' })))).toEqual([
      'rings 102 for 15: answered',
    ]);
  });
  test('after a forward for busy that is not answered no other forward follows, only what busy leads to', () => {
    const o = state('101', { forwardBusy: '102', forwardUnavailable: '104' });
    expect(told(call(model, '101', { 'device/101': 'busy' }, o))).toEqual([
      'rings 101 for 15: busy',
      'rings 102 for 15: no-answer',
      'busy 17',
    ]);
  });
  test('with all calls forwarded and nowhere else to go hands the call over', () => {
    expect(told(call(model, '101', {}, state('101', { forwardAlways: '102' })))).toEqual(['rings 102 for ever: endless']);
  });
  test('with all calls forwarded and a mailbox of its own gets the call back when nobody answers there', () => {
    expect(told(call(model, '103', {}, state('103', { forwardAlways: '102' })))).toEqual([
      'rings 102 for 25: no-answer',
      'voicemail 103@default unavailable',
    ]);
  });
  test('does not forward to itself or to the one who calls', () => {
    for (const target of ['101', '199'])
      expect(told(call(model, '101', {}, state('101', { forwardAlways: target })))).toEqual(['rings 101 for ever: endless']);
  });
  test('in a ring of forwards ends in congestion, and the steps say why', () => {
    const o: Partial<Situation> = { state: { extensions: { 101: { forwardAlways: '102' }, 102: { forwardAlways: '101' } }, trunks: {} } };
    expect(told(call(model, '101', {}, o))).toEqual(['loop', 'congestion 34']);
  });
  test('forwarded for good (-1) does not come back', () => {
    const forGood = aModel({
      ...houseOf({ 101: { ...stateWith({ forwardUnavailable: '102' }), forwardRingSeconds: '-1' }, 102: stateWith({}), 199: {} }),
    });
    expect(told(call(forGood, '101'))).toEqual(['rings 101 for 15: no-answer', 'rings 102 for ever: endless']);
  });
  test('goes to its own destinations rather than to a tone', () => {
    const x = { ...stateWith({}), busy: { to: 'extension', id: '102', by: 'direct' }, noAnswer: hangup };
    const chained = aModel(houseOf({ 101: x, 102: stateWith({}), 199: {} }));
    expect(told(call(chained, '101', { 'device/101': 'busy' }))).toEqual(['rings 101 for 15: busy', 'rings 102 for ever: endless']);
    expect(told(call(chained, '101'))).toEqual(['rings 101 for 15: no-answer', 'end 16']);
  });
  test('that does not exist, dialled, cannot be completed; a star code that does not exist is refused', () => {
    expect(told(call(model, '555'))).toEqual(['plays silence/1 cannot-complete-as-dialed check-number-dial-again early', 'congestion 34']);
    expect(told(call(model, '*999'))).toEqual(['end 1']);
  });
});

describe('a ring group', () => {
  const members = (...numbers: string[]): object[] => numbers.map((number) => ({ number }));
  const group = (o: object): Model =>
    aModel({
      ...houseOf({
        101: stateWith({}),
        102: stateWith({}),
        103: stateWith({ doNotDisturb: 'yes' }),
        104: stateWith({ forwardAlways: '102' }),
        199: {},
      }),
      'ring-group': { 600: { strategy: 'ringall', ringSeconds: '20', members: members('101', '102', '103'), noAnswer: hangup, ...o } },
    });

  test('rings all at once, without those who do not want to be disturbed', () => {
    expect(told(call(group({}), '600'))).toEqual(['rings 101+102 for 20: no-answer', 'end 16']);
  });
  test('hunts one after the other, and remembers where it is to', () => {
    expect(told(call(group({ strategy: 'hunt' }), '600'))).toEqual([
      'rings 101 for 20: no-answer',
      'rings 102 for 20: no-answer',
      'end 16',
    ]);
    expect(told(call(group({ strategy: 'memoryhunt' }), '600'))).toEqual([
      'rings 101 for 20: no-answer',
      'rings 101+102 for 20: no-answer',
      'end 16',
    ]);
  });
  test('first available and first not on the phone ring one alone', () => {
    expect(told(call(group({ strategy: 'firstavailable' }), '600'))[0]).toBe('rings 101 for 20: no-answer');
    expect(told(call(group({ strategy: 'firstnotonphone' }), '600', {}, inCall('101')))[0]).toBe('rings 102 for 20: no-answer');
  });
  test('with a primary member who is not to be rung rings nobody; his busy telephone does not keep the others from ringing', () => {
    const primary = { firstMemberIsPrimary: 'yes', members: members('103', '101') };
    expect(told(call(group(primary), '600'))).toEqual(['end 16']);
    expect(told(call(group({ ...primary, members: members('101', '102') }), '600', { 'device/101': 'busy' }))[0]).toBe(
      'rings 101+102 for 20: no-answer',
    );
  });
  test("follows a member's forward, or leaves him out", () => {
    expect(told(call(group({ members: members('101', '104') }), '600'))[0]).toBe('rings 101+102 for 20: no-answer');
    expect(told(call(group({ members: members('101', '104'), ignoresForwards: 'yes' }), '600'))[0]).toBe('rings 101 for 20: no-answer');
  });
  test('leaves out who is in a call only where it skips the busy', () => {
    expect(told(call(group({}), '600', {}, inCall('101')))[0]).toBe('rings 101+102 for 20: no-answer');
    expect(told(call(group({ skipsBusy: 'yes' }), '600', {}, inCall('101')))[0]).toBe('rings 102 for 20: no-answer');
  });
  test('shows its prefix while it rings, and where the call goes on', () => {
    const steps = call(
      group({ callerNamePrefix: 'Desk:', members: members('101'), noAnswer: { to: 'extension', id: '102', by: 'direct' } }),
      '600',
    );
    expect(parties(steps).map((p) => p.shown.name)).toEqual(['Desk:Name 199', 'Desk:Name 199']);
  });
  test.each([
    ['replace', 'B:Name 199'],
    ['stack', 'B:A:Name 199'],
    ['cancel', 'Name 199'],
  ])('that goes on to another with a prefix of its own: %s', (namePrefixes, shown) => {
    const first = { strategy: 'ringall', ringSeconds: '5', members: members('101'), callerNamePrefix: 'A:' };
    const model = aModel({
      ...houseOf({ 101: stateWith({}), 102: stateWith({}), 199: {} }),
      settings: { namePrefixes },
      'ring-group': {
        600: { ...first, noAnswer: { to: 'ring-group', id: '601' } },
        601: { ...first, members: members('102'), callerNamePrefix: 'B:', noAnswer: hangup },
      },
    });
    expect(parties(call(model, '600')).map((p) => p.shown.name)).toEqual(['A:Name 199', shown]);
  });
  test('does not ring a member that is no extension and not marked as an outside number', () => {
    expect(told(call(group({ members: members('177', '101') }), '600'))).toEqual(['rings 101 for 20: no-answer', 'end 16']);
    expect(told(call(group({ members: members('177') }), '600'))).toEqual(['end 16']);
  });
  test('within a group goes nowhere when nobody answers', () => {
    const outer = aModel({
      ...houseOf({ 101: stateWith({}), 199: {} }),
      'ring-group': {
        600: { strategy: 'hunt', ringSeconds: '60', members: [{ number: '601', outside: 'yes' }], noAnswer: hangup },
        601: { strategy: 'ringall', ringSeconds: '5', members: members('101'), noAnswer: { to: 'extension', id: '101', by: 'direct' } },
      },
    });
    expect(parties(call(outer, '600'))).toHaveLength(1);
  });
});

test('every call ends, however people forward to each other', () => {
  const ids = ['101', '102', '103', '600', '601'];
  const target = fc.option(fc.constantFrom(...ids, '05551'), { nil: null });
  const state = fc.record({
    forwardAlways: target,
    forwardBusy: target,
    forwardUnavailable: target,
    doNotDisturb: fc.boolean(),
    inCall: fc.boolean(),
  });
  const model = aModel({
    ...houseOf({ 101: { forwardRingSeconds: '5' }, 102: { ringSeconds: '7' }, 103: { forwardRingSeconds: '-1' } }),
    'ring-group': {
      600: {
        strategy: 'hunt',
        ringSeconds: '9',
        members: [{ number: '101' }, { number: '601', outside: 'yes' }],
        noAnswer: { to: 'ring-group', id: '601' },
      },
      601: {
        strategy: 'ringall',
        ringSeconds: '4',
        members: [{ number: '600' }, { number: '102' }],
        noAnswer: { to: 'ring-group', id: '600' },
      },
    },
  });
  fc.assert(
    fc.property(
      fc.constantFrom(...ids),
      state,
      state,
      state,
      fc.constantFrom<Behaviour>('ignore', 'busy', 'answer', 'offline'),
      (number, a, b, c, does) => {
        const steps = walk(
          model,
          dialled(number),
          fromExtension('199', { phones: () => does, state: { extensions: { 101: a, 102: b, 103: c }, trunks: {} } }),
        );
        const last = steps.at(-1)?.do ?? '';
        expect(['ring', 'dial-out', 'tone', 'end', 'voicemail']).toContain(last);
      },
    ),
    { numRuns: 150 },
  );
});
