import type { TimeGroup } from '../model/time-group.ts';

type Times = TimeGroup['times'];
type Part = (text: string) => string | null;

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * '08:00-20:00|mon-fri|*|*' as FreePBX stores it: hours, days of the week, days of the month, months. What is left out is any. Lists joined
 * by '&' become lines of their own. Nothing where Asterisk cannot read it and never matches it (main/pbx_timing.c: names in any case, days and
 * months also as numbers from 1).
 */
export function readTimes(text: string): Times {
  if (text.trim() === '') return [];
  const [hours = '', weekdays = '', daysOfMonth = '', months = ''] = text.split(/[|,]/);
  const lists = {
    hours: listOf(hours, hour),
    weekdays: listOf(weekdays, (one) => named(one, DAYS)),
    daysOfMonth: listOf(daysOfMonth, dayOfMonth),
    months: listOf(months, (one) => named(one, MONTHS)),
  };
  return lists.hours.flatMap((h) =>
    lists.weekdays.flatMap((w) =>
      lists.daysOfMonth.flatMap((d) => lists.months.map((m) => ({ hours: h, weekdays: w, daysOfMonth: d, months: m }))),
    ),
  );
}

/** Ranges of one part; those that cannot be read are left out. */
function listOf(text: string, part: Part): string[] {
  const bare = text.trim();
  if (bare === '' || /^\*(?::\*)?$/.test(bare)) return ['*'];
  return bare.split('&').flatMap((one) => range(one.trim(), part) ?? []);
}

function range(text: string, part: Part): string | null {
  const [from = '', to, ...more] = text.split('-').map((one) => one.trim());
  const first = part(from);
  if (first === null || more.length > 0) return null;
  if (to === undefined) return first;
  const last = part(to);
  return last === null ? null : `${first}-${last}`;
}

function hour(text: string): string | null {
  const [, hours = '', minutes = ''] = /^(\d{1,2}):(\d{2})$/.exec(text) ?? [];
  return hours === '' || Number(hours) > 23 || Number(minutes) > 59 ? null : `${hours.padStart(2, '0')}:${minutes}`;
}

function named(text: string, names: readonly string[]): string | null {
  const bare = text.toLowerCase();
  return names.find((name) => name === bare) ?? (/^\d{1,2}$/.test(bare) ? (names[Number(bare) - 1] ?? null) : null);
}

function dayOfMonth(text: string): string | null {
  return /^\d{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= 31 ? String(Number(text)) : null;
}
