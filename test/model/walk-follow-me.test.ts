import { describe, expect, test } from 'vitest';
import type { Model } from '../../src/model/kinds.ts';
import { fromExtension } from '../../src/model/walk/situation.ts';
import { timeline } from '../../src/model/walk/timeline.ts';
import { dialled, walk } from '../../src/model/walk.ts';
import { aModel, houseOf, stateWith } from './a-model.ts';
import { call, doing, inCall, told } from './told.ts';

const member = (number: string): object => ({ number });
const outside = (number: string): object => ({ number, outside: 'yes' });
const hangup = { to: 'end', how: 'hangup' };

/** Extension 201 with follow me; 210 may be rung too, 203 has voicemail. */
function houseWith(followMe: object, own: object = {}): Model {
  const house = houseOf({
    199: {},
    201: { ...stateWith({}), ...own },
    203: { ...stateWith({}), voicemail: '203@default' },
    210: stateWith({}),
  });
  return aModel({
    ...house,
    mailbox: { '201@default': {}, '203@default': {} },
    trunk: { 1: { technology: 'sip', name: 'out', peer: 'out' } },
    'outbound-route': { 1: { name: 'all', position: '0', patterns: [{ match: '9X.' }], trunks: ['1'] } },
    'ring-group': {
      600: { strategy: 'ringall', ringSeconds: '12', members: [outside('201')], noAnswer: { to: 'extension', id: '210', by: 'direct' } },
    },
    'follow-me': { 201: { strategy: 'ringallv2', ringSeconds: '20', preRingSeconds: '7', ...followMe } },
  });
}

/** Who rings when, in whole seconds: '201 0-27'. */
function rung(model: Model, does: Parameters<typeof doing>[0] = {}): string[] {
  const steps = walk(model, dialled('201'), fromExtension('199', doing(does)));
  const laid = timeline(steps, { answerMs: 1000, refuseMs: 0, promptMs: 1000 });
  return laid.legs.map((l) => `${l.to.id} ${l.startMs / 1000}-${(l.endMs ?? Number.NaN) / 1000}${l.answered ? ' answered' : ''}`);
}

describe('follow me with a member who leads back to it', () => {
  const forwardsBack = (o: object): Model => {
    const house = houseWith({ members: [member('210')], preRingSeconds: '5', ...o });
    const back = aModel({ ...houseOf({ 210: stateWith({ forwardAlways: '201' }) }) }).extension;
    return { ...house, extension: { ...house.extension, ...back } };
  };
  test.each(['ringall', 'ringallv2'])('rings the own telephone on until all is over (%s)', (strategy) => {
    expect(rung(forwardsBack({ strategy }))).toEqual(['201 0-5', '201 5-25']);
  });
  test('rings it on, and no second time, where it is a member itself', () => {
    expect(rung(forwardsBack({ strategy: 'ringall', members: [member('201'), member('210')] }))).toEqual(['201 0-5', '201 5-25']);
  });
  test('ends that way where the own telephone is not to ring', () => {
    expect(rung(forwardsBack({ strategy: 'ringall', preRingSeconds: '0' }))).toEqual([]);
  });
});

describe('follow me that rings all after a while', () => {
  const model = houseWith({ members: [member('201'), member('210')] });
  test('rings the own telephone at once and the others later, all until both times are over', () => {
    expect(rung(model)).toEqual(['201 0-27', '210 7-27']);
  });
  test('rings the own telephone for its time alone where it is not among the members', () => {
    expect(rung(houseWith({ members: [member('210')] }))).toEqual(['201 0-7', '210 7-27']);
  });
  test('forwards nothing once both times are over, even where its own telephone alone rings', () => {
    const alone = houseWith({ members: [member('201')] }, stateWith({ forwardUnavailable: '210' }));
    expect(rung(alone)).toEqual(['201 0-27']);
    expect(rung(alone, { 'device/201': 'busy' })).toEqual(['201 0-0']);
  });
  test('rings the others a second after the own telephone was busy', () => {
    expect(rung(model, { 'device/201': 'busy' })).toEqual(['201 0-0', '210 1-21']);
  });
  test('rings nobody else when the own telephone is the primary one and busy', () => {
    const prim = houseWith({ members: [member('201'), member('210')], firstMemberIsPrimary: 'yes' });
    expect(rung(prim, { 'device/201': 'busy' })).toEqual(['201 0-0']);
  });
});

describe('follow me that rings one after the other', () => {
  const model = houseWith({ strategy: 'hunt', members: [member('210'), member('203')], noAnswer: hangup });
  test('rings the own telephone first, then each member for its time, then goes on', () => {
    expect(told(call(model, '201'))).toEqual([
      'rings 201 for 7: no-answer',
      'rings 210 for 20: no-answer',
      'rings 203 for 20: no-answer',
      'end 16',
    ]);
  });
  test('with no time for the own telephone rings the members alone', () => {
    const none = houseWith({ strategy: 'hunt', preRingSeconds: '0', members: [member('210')], noAnswer: hangup });
    expect(told(call(none, '201'))).toEqual(['rings 210 for 20: no-answer', 'end 16']);
  });
});

describe('an outside member that has to confirm', () => {
  const model = houseWith({ members: [member('201'), outside('9123')], confirms: 'yes', noAnswer: hangup });
  test('has the call two seconds after answering, when it presses 1', () => {
    expect(rung(model, { 'trunk/1': 'answer' })).toEqual(['201 0-10', '1 7-8 answered']);
  });
  test('does not have it when it presses nothing: the others ring on, and nobody has answered', () => {
    expect(rung(model, { 'trunk/1': 'answer-only' })).toEqual(['201 0-27', '1 7-8 answered']);
    expect(told(call(model, '201', { 'trunk/1': 'answer-only' })).at(-1)).toBe('end 16');
  });
  test('has the call at once where nothing is to be confirmed', () => {
    const open = houseWith({ members: [member('201'), outside('9123')] });
    expect(rung(open, { 'trunk/1': 'answer-only' })).toEqual(['201 0-8', '1 7-8 answered']);
  });
});

describe('where follow me leads when nobody answered', () => {
  const members = [member('210')];
  const unanswered = { to: 'extension', id: '201', by: 'unanswered' };
  const last = (own: object, o: Parameters<typeof call>[3] = {}): string | undefined =>
    told(call(houseWith({ members, noAnswer: unanswered }, own), '201', {}, o)).at(-1);

  test('to the voicemail of the extension, with the greeting for what its own telephone was', () => {
    expect(last({ voicemail: '201@default' })).toBe('voicemail 201@default unavailable');
    expect(last({ voicemail: '201@default' }, inCall('201'))).toBe('voicemail 201@default busy');
  });
  test('to where the extension sends calls that nobody answered', () => {
    expect(last({ noAnswer: { to: 'end', how: 'congestion' } })).toBe('congestion 34');
    expect(last({ busy: { to: 'end', how: 'congestion' } })).toBe('end 16');
  });
  test('to silence where the extension has nothing', () => expect(last({})).toBe('end 16'));
});

describe('who is asked for', () => {
  const model = houseWith({ enabled: 'no', strategy: 'hunt', preRingSeconds: '0', members: [member('210')], noAnswer: hangup });
  const to = (by: 'follow-me' | 'forced-follow-me' | 'direct', on: boolean): string[] => {
    const steps = walk(
      model,
      { to: 'extension', id: '201', by },
      fromExtension('199', { state: { extensions: {}, trunks: {}, followMe: { 201: on } } }),
    );
    return told(steps).slice(0, 1);
  };
  test('only the extension while follow me is off', () => expect(told(call(model, '201'))).toEqual(['rings 201 for ever: endless']));
  test('all while it is on, or where a destination forces it', () => {
    expect(to('follow-me', true)).toEqual(['rings 210 for 20: no-answer']);
    expect(to('forced-follow-me', false)).toEqual(['rings 210 for 20: no-answer']);
  });
  test('only the extension where a destination passes follow me by', () =>
    expect(to('direct', true)).toEqual(['rings 201 for ever: endless']));
  test('in a ring group, whose destination counts and not that of follow me', () => {
    const on = houseWith({
      strategy: 'hunt',
      preRingSeconds: '0',
      ringSeconds: '5',
      members: [member('210')],
      noAnswer: { to: 'end', how: 'busy' },
    });
    const said = told(call(on, '600'));
    expect(said[0]).toBe('rings 210 for 12: no-answer');
    expect(said.at(-1)).toBe('rings 210 for ever: endless');
  });
});
