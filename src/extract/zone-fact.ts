import { ianaName } from '../box/time-zone.ts';

/** What the collector noted about the old machine's clock. */
export interface ZoneFact {
  /** Zone that /etc/sysconfig/clock names. */
  readonly clock: string | null;
  /** Zones whose file /etc/localtime is. */
  readonly localtime: readonly string[];
  /** Package of the zone data: 'tzdata-2010e-1.el5'. */
  readonly tzdata: string;
  /** When the facts were taken, seconds since 1970. */
  readonly now: number | null;
  /** What the machine takes for the offset to UTC, summers and winters. */
  readonly offsets: readonly { readonly at: number; readonly minutes: number }[];
}

export function readZoneFact(text: string): ZoneFact {
  const words = text.split('\n').map((line) => line.trim().split(/\s+/));
  const values = (key: string): string[] => words.flatMap(([first, second]) => (first === key && second !== undefined ? [second] : []));
  const now = Number(values('now')[0] ?? Number.NaN);
  return {
    clock: ianaName(values('clock')[0] ?? ''),
    localtime: values('localtime').flatMap((name) => ianaName(name) ?? []),
    tzdata: values('package')[0] ?? '',
    now: Number.isFinite(now) ? now : null,
    offsets: words.flatMap(([first, at, offset]) => {
      const found = /^([+-])(\d\d)(\d\d)$/.exec(offset ?? '');
      if (first !== 'at' || found === null || !/^\d{1,10}$/.test(at ?? '')) return [];
      return [{ at: Number(at), minutes: (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3])) }];
    }),
  };
}

/** Minutes that the zone was ahead of UTC at a moment, by the zone data of this machine. @param second since 1970 */
export function offsetAt(zone: string, second: number): number {
  const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  const name = format.formatToParts(second * 1000).find((part) => part.type === 'timeZoneName')?.value ?? '';
  const found = /^GMT([+-])(\d\d):(\d\d)/.exec(name);
  return found === null ? 0 : (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3]));
}
