/** True for 'YYYY-MM-DD hh:mm:ss', with a fraction or without, of a day and a time that exist on a calendar. */
export function isLocalTime(text: string): boolean {
  const parts = /^([1-9]\d{3}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.\d+)?$/.exec(text);
  if (parts === null) return false;
  const iso = `${parts[1]}T${parts[2]}.000Z`;
  const date = new Date(iso);
  return !Number.isNaN(date.getTime()) && date.toISOString() === iso;
}

/** Rows come by time, so a day is asked for many times in a row. */
const lastDay = { text: '', seconds: 0 };

/** Seconds on a clock that is never put forward or back; only differences mean anything. */
export function localSeconds(text: string): number {
  const day = text.slice(0, 10);
  if (day !== lastDay.text) Object.assign(lastDay, { text: day, seconds: Date.parse(`${day}T00:00:00Z`) / 1000 });
  return lastDay.seconds + Number(text.slice(11, 13)) * 3600 + Number(text.slice(14, 16)) * 60 + Number(text.slice(17, 19));
}

/** The inverse, to the second. */
export function localText(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
}
