import { setTimeout as pause } from 'node:timers/promises';
import type { Ami } from '../../asterisk/ami.ts';
import type { EarlierCall, Scenario, Trace } from '../scenario.ts';
import type { ActiveCall } from './active-call.ts';
import { readAstdb, writeAstdb } from './astdb.ts';
import { bringBack, takeAway } from './away.ts';
import type { Exchange } from './exchange.ts';
import { stepsOf, traceOf } from './trace.ts';
import type { Step } from './watch.ts';

/** What came of one scenario. */
export interface Placed {
  /** null: it was not placed. */
  readonly trace: Trace | null;
  /** Of every channel that the PBX had for the call: its CDR rows name one of them. */
  readonly uniqueids: ReadonlySet<string>;
  /** Something that kept the call from being judged: a defect of the lab, not of the PBX. */
  readonly trouble: string | null;
  readonly ms: number;
  /** The caller's way through the dialplan. */
  readonly way: readonly Step[];
  /** Ways of all channels of this call, and of those placed before and after it. */
  readonly allWays: readonly Step[];
}

/** Makes the situation of a scenario, places its call, and puts everything back. */
export async function runScenario(exchange: Exchange, o: { readonly pbx: Ami; readonly world: Ami }, scenario: Scenario): Promise<Placed> {
  const { away = [] } = scenario.before;
  if (away.length === 0) return runThere(exchange, o.pbx, scenario, null);
  try {
    return await runThere(exchange, o.pbx, scenario, await takeAway(o.world, o.pbx, away));
  } finally {
    await bringBack(o.world, o.pbx, away);
  }
}

/** `trouble`: what has gone wrong before. */
async function runThere(exchange: Exchange, pbx: Ami, scenario: Scenario, trouble: string | null): Promise<Placed> {
  const startedAt = performance.now();
  const { before, after = [], expect } = scenario;
  const changed = Object.keys(expect.astdb ?? {});
  const held = await readAstdb(pbx, new Set([...Object.keys(before.astdb), ...changed]));
  await writeAstdb(pbx, before.astdb);
  const up: ActiveCall[] = [];
  try {
    const earlier = { exchange, up, at: scenario.at };
    const early = trouble ?? (await series(earlier, before.calls ?? [], 'before it'));
    const call = early === null ? exchange.place({ ...scenario, ringsWith: ringsWith(expect) }) : null;
    if (call !== null) up.push(call);
    const late = call === null ? null : await exchange.until(call, () => call.finished(), scenario.longestMs);
    const trace = call === null ? null : traceOf(call);
    const astdb = expect.astdb === undefined ? {} : { astdb: await readAstdb(pbx, changed) };
    const restored = await series(earlier, after, 'after it');
    return {
      trace: trace === null ? null : { ...trace, ...astdb },
      uniqueids: new Set([...(call?.seen()?.channels.values() ?? [])].map((c) => c.uniqueid)),
      trouble: early ?? late ?? restored,
      ms: performance.now() - startedAt,
      way: stepsOf(call?.seen(), call?.pbxChannel ?? null),
      allWays: up.flatMap((one) => one.seen()?.steps ?? []),
    };
  } finally {
    await end(exchange, up);
    await writeAstdb(pbx, held);
  }
}

function ringsWith({ legs, some }: Trace): number {
  return Math.max(1, legs.length + (some?.atLeast ?? 0));
}

/** Places calls in order, each once the one before is so far. @returns null, or what went wrong with one. */
async function series(
  { exchange, up, at }: { exchange: Exchange; up: ActiveCall[]; at: string | null },
  calls: readonly EarlierCall[],
  when: string,
): Promise<string | null> {
  for (const earlier of calls) {
    const call = exchange.place({ ...earlier, at, ringsWith: 1 });
    up.push(call);
    const trouble = await exchange.until(call, () => call.reached(earlier.until), earlier.longestMs);
    if (trouble !== null || !call.reached(earlier.until)) {
      const until = typeof earlier.until === 'string' ? earlier.until : `heard ${earlier.until.heard}`;
      return `the call to ${earlier.dial} ${when} did not come so far (${until})${trouble === null ? '' : `: ${trouble}`}`;
    }
    await pause(earlier.afterMs);
  }
  return null;
}

/** Hangs up what is left, and waits until the PBX has cleared it. */
async function end(exchange: Exchange, up: readonly ActiveCall[]): Promise<void> {
  await Promise.all(
    up.map(async (call) => {
      call.hangUp();
      await exchange.until(call, () => call.finished(), 0);
      exchange.leave(call);
    }),
  );
}
