import { describe, expect, test } from 'vitest';
import { fromExtension } from '../../src/model/walk/situation.ts';
import type { Step } from '../../src/model/walk/step.ts';
import { parties, timeline } from '../../src/model/walk/timeline.ts';
import { dialled, walk } from '../../src/model/walk.ts';
import { aModel, houseOf, stateWith } from './a-model.ts';
import { call, inCall, told } from './told.ts';

const house = houseOf({
  101: stateWith({}),
  102: stateWith({ doNotDisturb: 'yes' }),
  103: { ...stateWith({}), intercom: { takes: 'no', from: { 199: 'allow' } } },
  104: { ...stateWith({}), intercom: { from: { 199: 'deny' } } },
  105: { ...stateWith({}), devices: ['105', '1051'] },
  199: stateWith({}),
});
const model = aModel({
  ...house,
  device: { ...house.device, 1051: { technology: 'sip', extension: '105' } },
  'page-group': { 70: { devices: ['101', '102', '199', '103'] }, 71: { devices: ['101', '102'], evenBusy: 'yes' } },
  'feature-code': {
    'paging/intercom-prefix': { code: '*80' },
    'paging/intercom-on': { code: '*54' },
    'paging/intercom-off': { code: '*55' },
  },
});
const paged = (steps: readonly Step[]): string[] => parties(steps).map((p) => p.to.id);

describe('a page group', () => {
  test('rings all but the caller, and nobody who is in a call or not to be disturbed', () => {
    expect(paged(call(model, '70'))).toEqual(['101', '103']);
    expect(paged(call(model, '70', {}, inCall('101')))).toEqual(['103']);
  });
  test('that is forced rings those as well', () => expect(paged(call(model, '71', {}, inCall('101')))).toEqual(['101', '102']));
  test('rings for some seconds, and several may take the call while the caller stays', () => {
    const laid = timeline(call(model, '70', { 'device/101': 'answer', 'device/103': 'answer' }), {
      answerMs: 1000,
      refuseMs: 100,
      promptMs: 500,
    });
    expect(laid.legs.map((l) => [l.to.id, l.answered, l.endMs])).toEqual([
      ['101', true, 1000],
      ['103', true, 1000],
    ]);
    expect([laid.endMs, laid.heard]).toEqual([null, ['beep']]);
    expect(timeline(call(model, '70'), { answerMs: 0, refuseMs: 0, promptMs: 0 }).legs[0]?.endMs).toBe(5000);
  });
});

describe('a call by intercom', () => {
  test('rings one telephone for some seconds, then is busy', () => {
    expect(told(call(model, '*80101', { 'device/101': 'answer' }))).toEqual(['rings 101 for 5: answered']);
    expect(told(call(model, '*80101'))).toEqual(['rings 101 for 5: no-answer', 'busy 17']);
  });
  test('of several telephones reaches them all', () => expect(paged(call(model, '*80105'))).toEqual(['105', '1051']));
  test('is busy for whoever calls his own telephones', () => {
    const steps = walk(model, dialled('*80105'), fromExtension('105'));
    expect(told(steps)).toEqual(['busy 17']);
  });
  test('is busy where the other is in a call or not to be disturbed', () => {
    expect(told(call(model, '*80101', {}, inCall('101')))).toEqual(['busy 17']);
    expect(told(call(model, '*80102'))).toEqual(['busy 17']);
  });
  test('is refused in words where the owner does not want it, unless this caller may', () => {
    expect(told(call(model, '*80104'))[0]).toBe('plays intercom for extension digits/1 digits/0 digits/4 is disabled');
    expect(told(call(model, '*80103'))).toEqual(['rings 103 for 5: no-answer', 'busy 17']);
    const all = { state: { extensions: {}, trunks: {}, intercom: { 101: 'disabled' } } };
    expect(told(call(model, '*80101', {}, all))[0]).toContain('is disabled');
  });
  test('is allowed and forbidden by codes, for all or for one, and a second time takes it back', () => {
    const sets = (number: string, o = {}): Step[] => call(model, number, {}, o).filter((s) => s.do === 'set');
    expect(sets('*55')).toEqual([{ do: 'set', key: 'AMPUSER/199/intercom', value: 'disabled' }]);
    expect(sets('*54101')).toEqual([{ do: 'set', key: 'AMPUSER/199/intercom/101', value: 'allow' }]);
    const said = { state: { extensions: {}, trunks: {}, intercom: { '199/101': 'deny' } } };
    expect(sets('*55101', said)).toEqual([{ do: 'set', key: 'AMPUSER/199/intercom/101', value: null }]);
    expect(sets('*55777')).toEqual([]);
  });
});
