import type { Ami } from '../../asterisk/ami.ts';

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

/**
 * Tells the whole PBX what time it is. GotoIfTime alone looks at TESTTIME, among a channel's variables and then among the globals, as seconds since
 * 1970 (main/pbx_builtins.c); so one time holds for all calls.
 */
export async function setTime(pbx: Ami, zone: string, at: string): Promise<void> {
  await pbx.action({ Action: 'Setvar', Variable: 'TESTTIME', Value: String(epochOf(at, zone)) });
}

/** Back to the machine's clock: a global cannot be taken away over AMI, and one that holds no number is left out of account, with a warning. */
export async function resetTime(pbx: Ami): Promise<void> {
  await pbx.action({ Action: 'Setvar', Variable: 'TESTTIME', Value: '' });
}
