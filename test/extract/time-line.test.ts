import { describe, expect, it } from 'vitest';
import { readTimes } from '../../src/extract/time-line.ts';

const line = (hours: string, weekdays = '*', daysOfMonth = '*', months = '*') => ({ hours, weekdays, daysOfMonth, months });

describe('hours of the old box', () => {
  it.each([
    ['08:00-20:00|mon-fri|*|*', [line('08:00-20:00', 'mon-fri')]],
    ['*|*|1-8|jan', [line('*', '*', '1-8', 'jan')]],
    [' 9:05 - 18:00 | Mon-FRI | * | Dec-jan ', [line('09:05-18:00', 'mon-fri', '*', 'dec-jan')]],
    ['22:00-06:00|fri-mon', [line('22:00-06:00', 'fri-mon')]],
    ['09:00-10:00,2-6,*,12', [line('09:00-10:00', 'mon-fri', '*', 'dec')]],
    ['|||', [line('*')]],
    ['*:*|sun|*|*', [line('*', 'sun')]],
    [
      '09:00-10:00&14:00-15:00|sat&sun|*|*',
      [line('09:00-10:00', 'sat'), line('09:00-10:00', 'sun'), line('14:00-15:00', 'sat'), line('14:00-15:00', 'sun')],
    ],
  ])('%j are read as Asterisk reads them', (text, times) => {
    expect(readTimes(text)).toEqual(times);
  });

  it.each(['', '25:00-26:00|*|*|*', '00:00-24:00|*|*|*', '*|funday|*|*', '*|*|0|*', '*|*|1-2-3|*', '9am-5pm|*|*|*', '*|*|*|13'])(
    '%j fit no moment, as on Asterisk',
    (text) => expect(readTimes(text)).toEqual([]),
  );
});
