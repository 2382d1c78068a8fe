import type { Model } from './kinds.ts';
import { isWithin, type TimeGroup } from './time-group.ts';

/** A working hour, at which all calls are placed whose way does not depend on the time: a Tuesday, far from the usual holidays. */
export const WORKING = '2026-11-24 11:00';

/** Days that are looked at from the working hour on: every date and weekday of a year, and each leap day's neighbours. */
const DAYS = 400;
/** Distinct hours that are tried at most: a box with very many time groups is tried by some of them. */
const MOST_MOMENTS = 60;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/**
 * Moments that differ in which time groups they are within: one for each such set, the working hour first. Every way that the hours can
 * send a call is taken at one of them, except where the box has more sets than are tried.
 */
export function moments(model: Model): string[] {
  const groups = Object.values(model['time-group']);
  if (groups.length === 0) return [WORKING];
  const found = new Map<string, string>();
  for (const moment of [WORKING, ...candidates(groups)]) {
    const set = groups.map((g) => (isWithin(g, moment) ? '1' : '0')).join('');
    if (!found.has(set)) found.set(set, moment);
    if (found.size >= MOST_MOMENTS) break;
  }
  return [...found.values()];
}

/** A moment as part of an id: '2026-11-24-2300'. */
export function hourText(moment: string): string {
  return moment.replace(' ', '-').replace(':', '');
}

/** Where one line of a time group begins and ends, a minute to each side. */
export interface Edge {
  readonly before: string;
  readonly first: string;
  readonly last: string;
  readonly after: string;
}

/** The times at which a line begins and ends within the next year, in order. None: it never does. */
export function edges(line: TimeGroup['times'][number]): Edge[] {
  const group = { description: '', times: [line] };
  const all = candidates([group]).map((moment) => ({ moment, within: isWithin(group, moment) }));
  const found: Edge[] = [];
  let first: { before: string; first: string } | null = null;
  for (const [i, { moment, within }] of all.entries()) {
    const previous = all[i - 1];
    if (previous === undefined || previous.within === within) continue;
    if (within) first = { before: previous.moment, first: moment };
    else if (first !== null) found.push({ ...first, last: previous.moment, after: moment });
  }
  return found;
}

/** Minutes at which a group may change over, with the minute before and after each, on every day from the working hour's on, in order. */
function candidates(groups: readonly TimeGroup[]): string[] {
  const minutes = new Set([0, 12 * 60, 24 * 60 - 1]);
  for (const group of groups) {
    for (const { hours } of group.times) {
      for (const [, hour, minute] of hours.matchAll(/(\d{1,2}):\s*(\d{1,2})/g)) {
        const at = Number(hour) * 60 + Number(minute);
        for (const near of [at - 1, at, at + 1]) minutes.add((near + 24 * 60) % (24 * 60));
      }
    }
  }
  const start = Date.parse(`${WORKING.slice(0, 10)}T00:00:00Z`);
  const ofADay = [...minutes].sort((a, b) => a - b);
  return Array.from({ length: DAYS }, (_, day) => ofADay.map((minute) => text(start + day * DAY_MS + minute * MINUTE_MS))).flat();
}

function text(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
}
