import { expect, test } from 'vitest';
import { NightWindow } from '../../src/history/night-window.ts';

function untilOpen(window: string, clock: string): number {
  const [hour, minute] = clock.split(':').map(Number) as [number, number];
  return new NightWindow(window, () => hour * 60 + minute).minutesUntilOpen();
}

test('work begins at the first minute of the night and ends with its last', () => {
  expect(['00:59', '01:00', '05:59', '06:00'].map((clock) => untilOpen('01:00-06:00', clock))).toEqual([1, 0, 0, 19 * 60]);
});

test('a night may go over midnight', () => {
  expect(['21:30', '22:00', '23:59', '00:00', '04:59', '05:00'].map((clock) => untilOpen('22:00-05:00', clock))).toEqual([
    30,
    0,
    0,
    0,
    0,
    17 * 60,
  ]);
});

test('what is no window is refused', () => {
  for (const text of ['1-6', '24:00-06:00', '01:00', '']) expect(() => new NightWindow(text)).toThrow(/no window/);
});
