const DAY_MS = 86_400_000;

/**
 * Seconds since 1970 of a local time 'YYYY-MM-DD HH:mm' in an IANA zone. Of an hour that comes twice, the first; a time that the clocks skip
 * counts as if they had not been put forward yet.
 */
export function epochOf(local: string, zone: string): number {
  const asUtc = Date.parse(`${local.replace(' ', 'T')}:00Z`);
  const [before, after] = [asUtc - offsetMs(asUtc - DAY_MS, zone), asUtc - offsetMs(asUtc + DAY_MS, zone)];
  const reads = (at: number): boolean => at + offsetMs(at, zone) === asUtc;
  const found = [before, after].sort((a, b) => a - b).find(reads) ?? before;
  return found / 1000;
}

/** How far the zone's clocks are before UTC at a moment. */
function offsetMs(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(at);
  const of = (type: string): number => Number(parts.find((p) => p.type === type)?.value);
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - Math.floor(at / 1000) * 1000;
}

/** Before the number of a call that has a time of its own; then seconds since 1970 in ten digits, and again a star. */
const TIME = 'time*';
const STEP = /^time\*\d{10}\*/;

/**
 * What to dial so that a call has a time of its own: the lab's dialplan takes it off again. GotoIfTime alone looks at TESTTIME, which a call hands on to
 * all that comes of it (main/pbx_builtins.c).
 */
export function withTime(number: string, at: string, zone: string): string {
  return `${TIME}${String(epochOf(at, zone)).padStart(10, '0')}*${number}`;
}

/** Whether an extension is the lab's own, which takes the time off a number. */
export function isTimed(extension: string): boolean {
  return STEP.test(extension);
}

/** Extensions for a context by which calls come in: they set the time, and go on with the number in the same context. */
export const TIME_DIALPLAN = `exten = _${TIME}XXXXXXXXXX*.,1,Set(__TESTTIME=\${EXTEN:${TIME.length}:10})
 same = n,Goto(\${EXTEN:${TIME.length + 11}},1)
`;
