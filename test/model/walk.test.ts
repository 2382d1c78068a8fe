import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Model } from '../../src/model/kinds.ts';
import { refText } from '../../src/model/ref.ts';
import { type Behaviour, fromExtension, fromOutside, type Situation } from '../../src/model/walk/situation.ts';
import type { Step } from '../../src/model/walk/step.ts';
import { parties } from '../../src/model/walk/timeline.ts';
import { dialled, fromCarrier, walk } from '../../src/model/walk.ts';
import { aModel, houseOf, stateWith } from './a-model.ts';

const hangup = { to: 'end', how: 'hangup' };

/** Who does what, by 'device/101' or 'trunk/1'; all others ring on. */
const doing = (does: Record<string, Behaviour>): Pick<Situation, 'phones'> => ({ phones: (leg) => does[refText(leg)] ?? 'ignore' });
const call = (model: Model, number: string, does: Record<string, Behaviour> = {}, o: Partial<Situation> = {}): Step[] =>
  walk(model, dialled(number), fromExtension('199', { ...doing(does), ...o }));
const inCall = (id: string): Partial<Situation> => ({ state: { extensions: { [id]: { inCall: true } }, trunks: {} } });

/** What those who take part notice, one line a step. */
function told(steps: readonly Step[]): string[] {
  return steps.flatMap((s) => {
    if (s.do === 'ring')
      return [
        `rings ${parties([s])
          .map((p) => p.to.id)
          .join('+')} for ${s.seconds ?? 'ever'}: ${s.result}`,
      ];
    if (s.do === 'dial-out') return [`trunk ${s.leg.to.id} ${s.leg.dialled} as "${s.leg.shown.name}" <${s.leg.shown.number}>: ${s.result}`];
    if (s.do === 'voicemail') return [`voicemail ${s.mailbox} ${s.greeting}`];
    if (s.do === 'tone') return [`${s.tone} ${s.cause}`];
    if (s.do === 'end') return [`end ${s.cause}`];
    if (s.do === 'play') return [`plays ${s.prompts.join(' ')}${s.early ? ' early' : ''}`];
    return s.do === 'loop' || s.do === 'not-carried' || s.do === 'closed' || s.do === 'missing' ? [s.do] : [];
  });
}

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
  test('shows its prefix while it rings, and no longer where the call goes on', () => {
    const steps = call(
      group({ callerNamePrefix: 'Desk:', members: members('101'), noAnswer: { to: 'extension', id: '102', by: 'direct' } }),
      '600',
    );
    expect(parties(steps).map((p) => p.shown.name)).toEqual(['Desk:Name 199', 'Name 199']);
  });
  test('within a group goes nowhere when nobody answers', () => {
    const outer = aModel({
      ...houseOf({ 101: stateWith({}), 199: {} }),
      'ring-group': {
        600: { strategy: 'hunt', ringSeconds: '60', members: members('601'), noAnswer: hangup },
        601: { strategy: 'ringall', ringSeconds: '5', members: members('101'), noAnswer: { to: 'extension', id: '101', by: 'direct' } },
      },
    });
    expect(parties(call(outer, '600'))).toHaveLength(1);
  });
});

describe('a call that goes out', () => {
  const trunks = {
    1: { technology: 'sip', name: 'a', peer: 'a', host: 'a.example', callerId: '"House" <5550000>', maxChannels: '2' },
    2: { technology: 'sip', name: 'b', peer: 'b', host: 'b.example', fromUser: 'account7' },
    3: { technology: 'dahdi', name: 'c', group: 'g0' },
    4: { technology: 'custom', name: 'd', dial: 'SIP/b/$OUTNUM$' },
    5: { technology: 'sip', name: 'e', peer: 'e', host: 'e.example', callerId: '5559999', callerIdPolicy: 'always' },
    6: { technology: 'sip', name: 'f', peer: 'f', host: 'f.example', disabled: 'yes' },
  };
  const house = houseOf({
    101: { ...stateWith({}), outboundCallerId: '"Own" <5550101>' },
    102: stateWith({ forwardAlways: '05551234' }),
    199: stateWith({}),
    103: { outboundCallerId: 'hidden' },
  });
  const out = (o: object, more: object = {}): Model =>
    aModel({
      ...house,
      trunk: { ...trunks, ...more },
      'outbound-route': { 1: { name: 'r', position: '0', patterns: [{ prefix: '0', match: '.' }], trunks: ['1'], ...o } },
    });
  const from = (model: Model, extension: string, does: Record<string, Behaviour> = {}, o: Partial<Situation> = {}): string[] =>
    told(walk(model, dialled('05551234'), fromExtension(extension, { ...doing(does), ...o })));
  const answers = { 'trunk/1': 'answer', 'trunk/2': 'answer', 'trunk/5': 'answer' } as const;

  test("shows the trunk's caller id, or the extension's own", () => {
    expect(from(out({}), '199', answers)).toEqual(['trunk 1 5551234 as "House" <5550000>: answered']);
    expect(from(out({}), '101', answers)).toEqual(['trunk 1 5551234 as "Own" <5550101>: answered']);
  });
  test("shows the route's only where the extension has none, unless it overrides; a trunk for every call before all", () => {
    expect(from(out({ callerId: '<5557777>' }), '101', answers)[0]).toContain('"Own" <5550101>');
    expect(from(out({ callerId: '<5557777>' }), '199', answers)[0]).toContain('<5557777>');
    expect(from(out({ callerId: '<5557777>', overridesExtension: 'yes' }), '101', answers)[0]).toContain('<5557777>');
    expect(from(out({ callerId: '<5557777>', overridesExtension: 'yes', trunks: ['5'] }), '101', answers)[0]).toContain('<5559999>');
  });
  test('hides who wants to be hidden', () => expect(from(out({}), '103', answers)[0]).toContain('"Anonymous" <anonymous>'));
  test('keeps the number of an outside caller who is forwarded, unless the trunk lets no foreign number through', () => {
    const forwarded = (m: Model): string =>
      told(walk(m, { to: 'extension', id: '102', by: 'direct' }, fromOutside('79161112233', 'Someone', doing(answers)))).at(-1) ?? '';
    expect(forwarded(out({}))).toContain('<79161112233>');
    expect(forwarded(out({}, { 1: { ...trunks[1], callerIdPolicy: 'no-foreign' } }))).toContain('<5550000>');
  });
  test("puts the account's name in the place of the number", () => {
    expect(from(out({ trunks: ['2'] }), '101', answers)).toEqual(['trunk 2 5551234 as "Own" <account7>: answered']);
  });
  test('passes over what is off, full or of another technology, and dials the peer that a dial string names', () => {
    expect(from(out({ trunks: ['6', '3', '4'] }), '101', answers)).toEqual(['trunk 2 5551234 as "Own" <account7>: answered']);
    expect(from(out({ trunks: ['1', '2'] }), '101', answers, { state: { extensions: {}, trunks: { 1: 2 } } })[0]).toContain('trunk 2');
  });
  test('tries the next trunk after a refusal, and says so when none is left', () => {
    expect(from(out({ trunks: ['1', '2'] }), '199', { 'trunk/1': 'refuse', 'trunk/2': 'offline' })).toEqual([
      'trunk 1 5551234 as "House" <5550000>: congestion',
      'trunk 2 5551234 as "House" <account7>: unreachable',
      'plays all-circuits-busy-now pls-try-call-later early',
      'congestion 34',
    ]);
  });
  test('busy is busy, unless the trunk says to try the next', () => {
    expect(from(out({ trunks: ['1', '2'] }), '199', { 'trunk/1': 'busy', 'trunk/2': 'answer' }).at(-1)).toBe('busy 17');
    const goesOn = out({ trunks: ['1', '2'] }, { 1: { ...trunks[1], continueOnFailure: 'yes' } });
    expect(from(goesOn, '199', { 'trunk/1': 'busy', 'trunk/2': 'answer' }).at(-1)).toContain('trunk 2');
  });
  test('by a route that is guarded by what is not carried goes nowhere', () => {
    for (const guard of [{ pinSet: '1' }, { timeGroup: '1' }, { asksPassword: 'yes' }])
      expect(from(out(guard), '199', answers)).toEqual(['closed', 'congestion 34']);
  });
  test('that no trunk took goes where the route says', () => {
    expect(from(out({ onFailure: hangup }), '199', { 'trunk/1': 'refuse' }).at(-1)).toBe('end 16');
  });
});

describe('a call from outside', () => {
  const model = aModel({
    ...houseOf({ 101: stateWith({}) }),
    'inbound-route': {
      a: { did: '5551000', destination: { to: 'extension', id: '101', by: 'direct' }, callerNamePrefix: 'VIP ' },
      b: { did: '5552000', destination: { to: 'ivr', id: '1' } },
      c: { did: '5553000', destination: { to: 'mailbox', id: '101@default', greeting: 'busy' } },
    },
  });
  const from = (did: string, name = 'Someone'): Step[] => walk(model, fromCarrier(did), fromOutside('79161112233', name));

  test('shows prefix and name, and the number where there is no name', () => {
    expect(parties(from('5551000'))[0]?.shown).toEqual({ number: '79161112233', name: 'VIP Someone' });
    expect(parties(from('5551000', ''))[0]?.shown).toEqual({ number: '79161112233', name: 'VIP 79161112233' });
  });
  test('to a number of no one hears that there is no service', () => expect(told(from('999'))).toEqual(['plays ss-noservice', 'end 16']));
  test('to what is not carried hears the same, and the steps name it', () =>
    expect(told(from('5552000'))).toEqual(['not-carried', 'plays ss-noservice', 'end 16']));
  test('to the mailbox of somebody without voicemail ends in silence', () => expect(told(from('5553000'))).toEqual(['missing', 'end 16']));
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
