import { shortWaitKey } from '../calls/short-wait.ts';
import type { Scenario } from '../scenario.ts';

/** Starting the old PBX anew takes as long as many calls: so many times of day at most. */
const MOST_CLOCKS = 3;

/** Which calls go into the old PBX, and when. */
export interface Divided {
  /** At any time: what looks at one is told it by the call itself. */
  readonly now: readonly Scenario[];
  /** With the old PBX's own clock at these local times. */
  readonly atClock: ReadonlyMap<string, readonly Scenario[]>;
  readonly left: readonly LeftOut[];
}

/** A call that goes into the new PBX alone. */
export interface LeftOut {
  readonly id: string;
  readonly why: string;
}

/** Divides the calls among what the old PBX can do with them; each is in one place. */
export function divide(scenarios: readonly Scenario[]): Divided {
  const now: Scenario[] = [];
  const left: LeftOut[] = [];
  const atClock = new Map<string, Scenario[]>();
  for (const s of scenarios) {
    const why = isShortened(s) ? SHORTENED : s.expect.circles === true ? CIRCLES : null;
    if (why !== null) left.push({ id: s.id, why });
    else if (s.expect.byClock === true && s.at !== null) atClock.set(s.at, [...(atClock.get(s.at) ?? []), s]);
    else now.push(s);
  }
  const clocks = [...atClock].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
  for (const { id } of clocks.slice(MOST_CLOCKS).flatMap(([, list]) => list)) left.push({ id, why: CLOCKS });
  return { now, atClock: new Map(clocks.slice(0, MOST_CLOCKS)), left };
}

const SHORTENED = 'it waits long, which the lab cuts short in the new dialplan alone: the old one sits it out';
const CIRCLES = 'its forwards lead in a circle, in which the old dialplan runs at full speed while every other call stands still';
const CLOCKS = `the hours of an outbound route decide, and the old PBX is started at ${MOST_CLOCKS} times of day at most`;

function isShortened({ before }: Scenario): boolean {
  return Object.keys(before.astdb).some((key) => key.startsWith(shortWaitKey('')));
}
