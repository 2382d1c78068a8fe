import { describe, expect, it } from 'vitest';
import { areFound, newFindings } from './planted.ts';
import { timeCondition, timeGroup } from './planted-rows.ts';

const [DESK, NIGHT] = ['from-did-direct,201,1', 'from-did-direct,202,1'];
const by = (...times: string[]) => ({ tables: { ...timeGroup('1', ...times), timeconditions: [timeCondition('1', '1', DESK, NIGHT)] } });

describe('hours that are wrong are found', () => {
  areFound([
    ['no hours of the day', by('25:00-99:00|mon-fri|*|*'), 'TIME_UNREADABLE', 'time-group/1'],
    ['days that nobody knows', by('09:00-18:00|пн-пт|*|*'), 'TIME_UNREADABLE', 'time-group/1'],
    ['a day that no month has', by('*|*|30|feb'), 'TIME_GROUP_NEVER', 'time-group/1'],
    ['no hours at all', by(), 'TIME_GROUP_MISSING', 'time-group/1'],
    [
      'a time group that is gone',
      { tables: { timeconditions: [timeCondition('1', '7', DESK, NIGHT)] } },
      'TIME_GROUP_MISSING',
      'time-condition/1',
    ],
    [
      'one place at every hour',
      { tables: { ...timeGroup('1', '09:00-18:00|mon-fri|*|*'), timeconditions: [timeCondition('1', '1', DESK, DESK)] } },
      'TIME_CONDITION_ALIKE',
      'time-condition/1',
    ],
    [
      'nowhere by night',
      { tables: { ...timeGroup('1', '09:00-18:00|mon-fri|*|*'), timeconditions: [timeCondition('1', '1', DESK, '')] } },
      'DESTINATION_MISSING',
      'time-condition/1',
      /outside its hours/,
    ],
  ]);

  it.each(['22:00-06:00|fri-mon|*|*', '09:00-18:00', '*|*|29|feb', '09:00-09:00|mon|*|*', '*|*|1-8|jan'])('%s is none', (time) => {
    expect(newFindings(by(time))).toEqual([]);
  });
});
