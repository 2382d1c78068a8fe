import { localText } from './local-time.ts';

/** An hour (or so) of local time that a zone had twice, or never. */
export interface ClockChange {
  readonly is: 'repeated' | 'missing';
  /** Local times, from (with it) to (without it). */
  readonly from: string;
  readonly to: string;
}

const HOUR = 3600;
const STEP = 12 * HOUR;

/**
 * The hours between two local times that clocks of the zone showed twice (clocks put back) or jumped over (put forward), with the rules of
 * each year. A call record holds local time alone: of a repeated hour it does not tell which of the two it was.
 * @param zone IANA name
 */
export function clockChanges(zone: string, from: string, to: string): ClockChange[] {
  const offset = offsets(zone);
  const changes: ClockChange[] = [];
  const end = Date.parse(`${to.slice(0, 10)}T00:00:00Z`) / 1000 + 2 * STEP;
  for (let at = Date.parse(`${from.slice(0, 10)}T00:00:00Z`) / 1000 - 2 * STEP; at < end; at += STEP) {
    const [before, after] = [offset(at), offset(at + STEP)];
    if (before === after) continue;
    const moment = momentBetween(offset, at, at + STEP);
    const [low, high] = [moment + Math.min(before, after), moment + Math.max(before, after)];
    changes.push({ is: after < before ? 'repeated' : 'missing', from: localText(low), to: localText(high) });
  }
  return changes;
}

/** The first second that has the later offset. */
function momentBetween(offset: (at: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offset(middle) === offset(from)) low = middle;
    else high = middle;
  }
  return high;
}

/** Seconds east of UTC at a moment (seconds since 1970). */
function offsets(zone: string): (at: number) => number {
  const numeric = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', ...numeric });
  return (at) => {
    const part = Object.fromEntries(format.formatToParts(at * 1000).map(({ type, value }) => [type, Number(value)]));
    const local = Date.UTC(part['year'] ?? 0, (part['month'] ?? 1) - 1, part['day'], part['hour'], part['minute'], part['second']);
    return local / 1000 - at;
  };
}
