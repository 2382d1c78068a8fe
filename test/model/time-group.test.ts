import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isWithin } from '../../src/model/time-group.ts';
import { aModel } from './a-model.ts';

const group = (...times: object[]) => {
  const held = aModel({ 'time-group': { 1: { times } } })['time-group']['1'];
  if (held === undefined) throw new Error('no group');
  return held;
};
const within = (line: object, ...moments: string[]): boolean[] => moments.map((m) => isWithin(group(line), m));

describe('when a moment is within a time group', () => {
  test('the first and the last minute count', () => {
    expect(within({ hours: '08:00-20:00' }, '2026-11-24 07:59', '2026-11-24 08:00', '2026-11-24 20:00', '2026-11-24 20:01')).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  test('hours that go over midnight', () => {
    expect(within({ hours: '22:00-06:00' }, '2026-11-24 23:30', '2026-11-24 05:59', '2026-11-24 12:00')).toEqual([true, true, false]);
  });

  test('a single minute', () => {
    expect(within({ hours: '12:30' }, '2026-11-24 12:30', '2026-11-24 12:31')).toEqual([true, false]);
  });

  test('weekdays, by name in any case or by number from Sunday, and ranges over the weekend', () => {
    // 2026-11-22 is a Sunday
    expect(within({ weekdays: 'fri-mon' }, '2026-11-22 12:00', '2026-11-23 12:00', '2026-11-24 12:00', '2026-11-27 12:00')).toEqual([
      true,
      true,
      false,
      true,
    ]);
    expect(within({ weekdays: 'SUN' }, '2026-11-22 12:00', '2026-11-23 12:00')).toEqual([true, false]);
    expect(within({ weekdays: '1' }, '2026-11-22 12:00', '2026-11-23 12:00')).toEqual([true, false]);
  });

  test('days of the month and months, ranges over the new year, and a leap day', () => {
    expect(within({ daysOfMonth: '28-3' }, '2026-11-29 12:00', '2026-11-03 12:00', '2026-11-04 12:00')).toEqual([true, true, false]);
    expect(within({ months: 'dec-jan' }, '2026-12-31 12:00', '2027-01-01 12:00', '2026-11-30 12:00')).toEqual([true, true, false]);
    expect(within({ daysOfMonth: '29', months: 'feb', weekdays: 'tue' }, '2028-02-29 00:00')).toEqual([true]);
  });

  test('all fields of one line count together, of several lines one is enough, without lines none is', () => {
    const two = group({ hours: '08:00-20:00', weekdays: 'mon-fri' }, { hours: '09:00-15:00', weekdays: 'sat' });
    expect(['2026-11-28 16:00', '2026-11-28 14:00', '2026-11-27 16:00'].map((m) => isWithin(two, m))).toEqual([false, true, true]);
    expect(isWithin(group(), '2026-11-24 12:00')).toBe(false);
  });

  test('values joined by & are alternatives', () => {
    expect(within({ weekdays: 'mon&wed-thu' }, '2026-11-23 12:00', '2026-11-24 12:00', '2026-11-26 12:00')).toEqual([true, false, true]);
  });

  test('what is no time fits nothing, whatever was written there', () => {
    for (const line of [{ hours: '25:00-26:00' }, { hours: '9-17' }, { weekdays: 'caturday' }, { daysOfMonth: '0' }, { months: '13' }]) {
      expect(within(line, '2026-11-24 12:00')).toEqual([false]);
    }
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (hours, weekdays, moment) => {
        expect(typeof isWithin(group({ hours, weekdays }), moment)).toBe('boolean');
        expect(isWithin(group({ hours: '*' }), `x${moment}`)).toBe(false);
      }),
    );
  });
});
