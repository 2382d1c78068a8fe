import { describe, expect, test } from 'vitest';
import { fromOutside, type Situation } from '../../src/model/walk/situation.ts';
import type { Step } from '../../src/model/walk/step.ts';
import { walk } from '../../src/model/walk.ts';
import { aModel } from './a-model.ts';
import { told } from './told.ts';

const BUSY = { to: 'end', how: 'busy' };
const CONGESTION = { to: 'end', how: 'congestion' };
const IN = '2026-11-24 12:00';
const OUT = '2026-11-24 22:00';

function house(condition: object = {}, flows: Record<string, object> = {}) {
  return aModel({
    'time-group': { 1: { times: [{ hours: '08:00-20:00' }] }, 2: {} },
    'time-condition': { 5: { timeGroup: '1', whenMatched: BUSY, otherwise: CONGESTION, ...condition } },
    'call-flow': flows,
  });
}

function goes(model: ReturnType<typeof house>, time: string | null, state: Partial<Situation['state']> = {}): Step[] {
  return walk(model, { to: 'time-condition', id: '5' }, fromOutside('700', '', { time, state: { extensions: {}, trunks: {}, ...state } }));
}
const decided = (steps: readonly Step[]) =>
  steps.flatMap((s) => (s.do === 'decide' ? [`${s.because}${s.byTime ? ', by the hour' : ''}`] : []));
const written = (steps: readonly Step[]) => steps.flatMap((s) => (s.do === 'set' ? [`${s.key}=${s.value}`] : []));

describe('a time condition', () => {
  test('goes by the hours of its group; with no time given it is out of them', () => {
    expect([IN, OUT, null].map((t) => told(goes(house(), t)))).toEqual([['busy 17'], ['congestion 34'], ['congestion 34']]);
    expect(decided(goes(house(), IN))).toEqual(['in time, by the hour']);
    expect(decided(goes(house(), null))).toEqual(['out of time, by the hour']);
  });

  test('never matches where its group has no lines, or does not exist', () => {
    for (const timeGroup of ['2', '77'])
      expect([told(goes(house({ timeGroup }), IN)), decided(goes(house({ timeGroup }), IN))]).toEqual([['congestion 34'], ['no hours']]);
  });

  test('is overridden until the hours themselves change over', () => {
    const unmatched = house({ override: 'unmatched' });
    expect([told(goes(unmatched, IN)), written(goes(unmatched, IN))]).toEqual([['congestion 34'], []]);
    expect([told(goes(unmatched, OUT)), written(goes(unmatched, OUT))]).toEqual([['congestion 34'], ['TC/5=']]);
    const matched = house({ override: 'matched' });
    expect([told(goes(matched, OUT)), written(goes(matched, OUT))]).toEqual([['busy 17'], []]);
    expect([told(goes(matched, IN)), written(goes(matched, IN))]).toEqual([['busy 17'], ['TC/5=']]);
    expect(decided(goes(matched, OUT))).toEqual(['overridden']);
  });

  test('stays overridden where that is sticky', () => {
    const sticky = house({ override: 'unmatched-sticky' });
    expect([IN, OUT].map((t) => [told(goes(sticky, t)), written(goes(sticky, t))])).toEqual([
      [['congestion 34'], []],
      [['congestion 34'], []],
    ]);
  });

  test("the situation's override goes before the one that the model holds", () => {
    const model = house({ override: 'matched-sticky' });
    expect(told(goes(model, OUT, { timeConditions: { 5: null } }))).toEqual(['congestion 34']);
    expect(told(goes(house(), OUT, { timeConditions: { 5: 'matched' } }))).toEqual(['busy 17']);
  });

  test('is forced by a call flow, and an override goes before that', () => {
    const flows = { 0: { dayForces: ['5'] }, 1: { nightForces: ['5'] } };
    expect(told(goes(house({}, flows), OUT))).toEqual(['busy 17']);
    expect(decided(goes(house({}, flows), OUT))).toEqual(['call flow 0 is on day']);
    const night = { callFlows: { 0: 'night', 1: 'night' } } as const;
    expect(told(goes(house({}, flows), IN, night))).toEqual(['congestion 34']);
    expect(told(goes(house({ override: 'matched' }, flows), IN, night))).toEqual(['busy 17']);
  });

  test('that leads to itself ends in congestion', () => {
    const steps = goes(house({ otherwise: { to: 'time-condition', id: '5' } }), OUT);
    expect(told(steps)).toEqual(['loop', 'congestion 34']);
  });

  test('of which the model has none is not carried', () => {
    expect(told(walk(house(), { to: 'time-condition', id: '6' }, fromOutside('700', '')))).toContain('not-carried');
  });
});

describe('a call flow', () => {
  test('goes as it was switched', () => {
    const model = house({}, { 3: { day: BUSY, night: CONGESTION, state: 'night' } });
    const from = { to: 'call-flow', id: '3' } as const;
    expect(told(walk(model, from, fromOutside('700', '')))).toEqual(['congestion 34']);
    const day = { state: { extensions: {}, trunks: {}, callFlows: { 3: 'day' as const } } };
    expect(told(walk(model, from, fromOutside('700', '', day)))).toEqual(['busy 17']);
  });
});
