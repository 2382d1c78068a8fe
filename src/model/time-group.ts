import { z } from 'zod';
import { or, text } from './field.ts';

const any = or(z.string(), '*');

/** Hours, days and months that belong together. A moment is within it where one of its lines fits; without lines none is. */
export const timeGroup = z.strictObject({
  description: text,
  /** Each as Asterisk's GotoIfTime has it, a value, a range 'from-to' that may wrap ('fri-mon', '22:00-06:00'), or '*'. The last minute is within. */
  times: or(z.array(z.strictObject({ hours: any, weekdays: any, daysOfMonth: any, months: any })), []),
});
export type TimeGroup = z.output<typeof timeGroup>;

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MINUTES_A_DAY = 24 * 60;

/**
 * Whether a local moment, 'YYYY-MM-DD HH:mm', is within the group. Never throws: what is no time at all fits nothing, and what Asterisk skips with a warning is skipped
 * here. Source: main/pbx_timing.c of branch 22 (get_range, get_timerange), which GotoIfTime uses; several values may be joined by '&'.
 */
export function isWithin(group: TimeGroup, moment: string): boolean {
  const at = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d)$/.exec(moment)?.slice(1).map(Number);
  if (at === undefined) return false;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = at;
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  return group.times.some(
    (line) =>
      fits(line.months, month - 1, 12, (text) => placeOf(text, 12, MONTHS)) &&
      fits(line.daysOfMonth, day - 1, 31, (text) => placeOf(text, 31)) &&
      fits(line.weekdays, weekday, 7, (text) => placeOf(text, 7, WEEKDAYS)) &&
      fits(line.hours, hour * 60 + minute, MINUTES_A_DAY, minuteOf),
  );
}

/** One field of a line. Ranges go round: fri-mon, 22:00-06:00; both ends are within. */
function fits(field: string, at: number, size: number, read: (text: string) => number | null): boolean {
  if (field === '' || field === '*') return true;
  return field.split('&').some((part) => {
    const dash = part.indexOf('-');
    const first = read(dash < 0 ? part : part.slice(0, dash));
    const last = dash < 0 ? first : read(part.slice(dash + 1));
    return first !== null && last !== null && (at - first + size) % size <= (last - first + size) % size;
  });
}

/** Names and numbers from 1 both count; numbers of weekdays begin with Sunday. */
function placeOf(text: string, size: number, names: readonly string[] = []): number | null {
  const named = names.indexOf(text.toLowerCase());
  if (named >= 0) return named;
  const number = Number(/^\s*\+?(\d{1,2})/.exec(text)?.[1] ?? Number.NaN);
  return number >= 1 && number <= size ? number - 1 : null;
}

function minuteOf(text: string): number | null {
  const [hour = Number.NaN, minute = Number.NaN] = /^\s*(\d{1,2}):\s*(\d{1,2})/.exec(text)?.slice(1).map(Number) ?? [];
  return hour < 24 && minute < 60 ? hour * 60 + minute : null;
}
