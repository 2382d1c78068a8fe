import { expect, test } from 'vitest';
import { clockChanges } from '../../src/history/clock-change.ts';

test('Moscow had an hour twice each October until 2010, one less each March until 2011, and one twice in 2014', () => {
  expect(clockChanges('Europe/Moscow', '2010-01-01', '2016-12-31')).toEqual([
    { is: 'missing', from: '2010-03-28 02:00:00', to: '2010-03-28 03:00:00' },
    { is: 'repeated', from: '2010-10-31 02:00:00', to: '2010-10-31 03:00:00' },
    { is: 'missing', from: '2011-03-27 02:00:00', to: '2011-03-27 03:00:00' },
    { is: 'repeated', from: '2014-10-26 01:00:00', to: '2014-10-26 02:00:00' },
  ]);
});

test('Lord Howe Island moves its clocks by half an hour', () => {
  expect(clockChanges('Australia/Lord_Howe', '2013-04-01', '2013-04-30')).toEqual([
    { is: 'repeated', from: '2013-04-07 01:30:00', to: '2013-04-07 02:00:00' },
  ]);
});

test('a zone without summer time has every hour once', () => {
  expect(clockChanges('Asia/Tashkent', '2000-01-01', '2015-01-01')).toEqual([]);
});
