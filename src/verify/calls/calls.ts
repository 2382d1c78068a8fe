import { setTimeout as pause } from 'node:timers/promises';
import type { Context } from '../../context.ts';
import { MigrateError } from '../../error.ts';
import type { Side } from '../lab/side.ts';
import type { Scenario, Trace } from '../scenario.ts';
import { calledBy, dialString, pbxEndpointOf } from './caller.ts';
import { withTime } from './clock.ts';
import { compare, type Difference } from './compare.ts';
import { Exchange } from './exchange.ts';
import { masked } from './masked.ts';
import { type Placed, runScenario } from './run-scenario.ts';
import { schedule } from './schedule.ts';
import { stepText } from './trace.ts';

/** One call, placed and judged. */
export interface CallResult {
  readonly scenario: Scenario;
  readonly trace: Trace | null;
  readonly differences: readonly Difference[];
  /** Something that kept the call from being judged. */
  readonly trouble: string | null;
  readonly passed: boolean;
  /** What the call did wrong at first, where it passed only when it was placed once more, by itself: load, or a fault that comes and goes. */
  readonly atFirst: string | null;
  readonly ms: number;
  /** The caller's way through the dialplan, for those that failed. */
  readonly way: readonly string[];
  /** Where it is asked for: places by which its channels came, each once, as a channel names them. */
  readonly places?: readonly Passed[];
}

/** A place by which a channel came: the context that it was in (which may include the step's own), the number, the priority. */
export type Passed = readonly [context: string, number: string, priority: number];

/** Calls at a time on one PBX, and on each of several: more, and two cores make calls late. */
const WIDTH = 32;
const WIDTH_EACH = 24;
const CDR_WAIT_MS = 10_000;
const CDR_POLL_MS = 300;
/** No new row for so long: there will be none. */
const CDR_SETTLED_MS = 2000;

/** So many calls that failed are placed once more: where more fail, it is not chance. */
const MOST_AGAIN = 5;
const WIDTH_AGAIN = 2;

/**
 * Places each call once, into any of the PBXs, which are alike, then reads their CDR rows and compares. A few that failed are placed once more, apart from all others; one that then
 * passes says so. Results in the order of `scenarios`, without the secrets that callers key.
 */
export async function placeCalls(
  sides: readonly Side[],
  scenarios: readonly Scenario[],
  c: Context,
  o: PlaceOptions = {},
): Promise<CallResult[]> {
  return masked(
    await placeTwice(sides, scenarios, c, o),
    sides.flatMap((side) => side.secrets),
  );
}

export interface PlaceOptions {
  /** Tell by which places the calls came. */
  readonly places?: boolean;
  /** Calls at a time. */
  readonly width?: number;
  /** false: those that did not go as the model says are not placed once more. */
  readonly again?: boolean;
  /** So many of them are placed once more at most; five where it is left out. */
  readonly mostAgain?: number;
}

async function placeTwice(sides: readonly Side[], scenarios: readonly Scenario[], c: Context, o: PlaceOptions): Promise<CallResult[]> {
  const results = await placeOnce(sides, scenarios, o.width ?? (sides.length > 1 ? WIDTH_EACH : WIDTH), c, o);
  const failed = results.filter((r) => !r.passed);
  if (o.again === false || failed.length === 0 || failed.length > (o.mostAgain ?? MOST_AGAIN) || c.signal.aborted) return results;
  c.log('info', 'calls that failed are placed once more', {
    calls: failed.map(({ scenario, trace, trouble, way }) => ({ id: scenario.id, trouble, trace, way })),
  });
  const again = new Map(
    (
      await placeOnce(
        sides.slice(0, 1),
        failed.map((r) => r.scenario),
        WIDTH_AGAIN,
        c,
        o,
      )
    ).map((r) => [r.scenario.id, r]),
  );
  return results.map((first) => {
    const second = again.get(first.scenario.id);
    return second?.passed === true ? { ...second, atFirst: whatWasWrong(first) } : first;
  });
}

/** What a call did otherwise than the model says, a line each. */
export function whatWasWrong({ trouble, differences }: Pick<CallResult, 'trouble' | 'differences'>): string {
  return trouble ?? differences.map((d) => `${d.what}: expected ${d.expected}, seen ${d.seen}`).join('\n');
}

async function placeOnce(
  sides: readonly Side[],
  scenarios: readonly Scenario[],
  width: number,
  c: Context,
  o: PlaceOptions,
): Promise<CallResult[]> {
  c.log('debug', 'calls are placed', { scenarios: scenarios.length });
  const placed = sides.map((side) => ({ side, exchange: exchangeOf(side, c), calls: new Map<string, Placed>() }));
  let done = 0;
  try {
    await schedule(
      scenarios,
      placed.map(({ side, exchange, calls }) => async (s) => {
        calls.set(s.id, await runScenario(exchange, { pbx: side.pbx.ami, world: side.world.ami }, s).catch(notPlaced));
        c.progress({ step: 'calls', done: ++done, of: scenarios.length });
      }),
      { width, signal: c.signal },
    );
  } finally {
    for (const { exchange } of placed) exchange.close();
  }
  const byPbx = await Promise.all(placed.map(({ side, calls }) => judged(side, scenarios, calls, o)));
  const results = new Map(byPbx.flat().map((r) => [r.scenario.id, r]));
  return scenarios.flatMap((s) => results.get(s.id) ?? []);
}

function exchangeOf(side: Side, c: Context): Exchange {
  return new Exchange({
    world: side.world.ami,
    pbx: side.pbx.ami,
    signal: c.signal,
    breakOff: (channel) => void side.pbx.container.exec(['asterisk', '-rx', `channel request hangup ${channel}`]).catch(() => undefined),
    prompts: (prompt) => side.prompts(prompt),
    timed: (number, at) => (side.onSystemClock ? number : withTime(number, at, side.timeZone)),
    dialString: (caller, number) => dialString(side, caller, number),
    calledBy: (pbxChannel, told) => calledBy(side, pbxChannel, told),
    pbxEndpointOf: (caller) => pbxEndpointOf(side, caller),
  });
}

/** Those of the scenarios that this PBX had, with their CDR rows: two PBXs may give the same id to different calls. */
async function judged(
  side: Side,
  scenarios: readonly Scenario[],
  calls: ReadonlyMap<string, Placed>,
  o: PlaceOptions,
): Promise<CallResult[]> {
  const rows = await cdrRows(
    side,
    [...calls.values()].map((p) => p.uniqueids),
  );
  return scenarios.flatMap((scenario) => {
    const one = calls.get(scenario.id);
    return one === undefined ? [] : [judge(scenario, one, rows, o)];
  });
}

/** A PBX that is too busy to answer the lab loses this call, and not the others. */
function notPlaced(error: unknown): Placed {
  if (!(error instanceof MigrateError) || error.code !== 'E_AMI_TIMEOUT') throw error;
  return { trace: null, uniqueids: new Set(), trouble: error.message, ms: 0, way: [], allWays: [] };
}

function judge(scenario: Scenario, placed: Placed, rows: CdrRows, o: PlaceOptions): CallResult {
  const cdr = rows.filter((r) => placed.uniqueids.has(r.uniqueid)).map((r) => r.row);
  const trace = placed.trace === null ? null : { ...placed.trace, cdr };
  const differences = placed.trouble === null && trace !== null ? compare(scenario, trace) : [];
  const passed = placed.trouble === null && differences.length === 0;
  return {
    scenario,
    trace,
    differences,
    trouble: placed.trouble,
    passed,
    atFirst: null,
    ms: placed.ms,
    way: passed ? [] : placed.way.map(stepText),
    ...(o.places === true ? { places: passedBy(placed.allWays) } : {}),
  };
}

function passedBy(steps: Placed['allWays']): Passed[] {
  return [
    ...new Map(steps.map((s) => [`${s.context},${s.extension},${s.priority}`, [s.context, s.extension, s.priority] as const])).values(),
  ];
}

type CdrRows = Awaited<ReturnType<Side['database']['rows']>>;

/** Rows, once the PBX has written what it held back: all calls have theirs, or no more come (some calls leave none). */
async function cdrRows(side: Side, calls: readonly ReadonlySet<string>[]): Promise<CdrRows> {
  const wanted = calls.filter((uniqueids) => uniqueids.size > 0);
  const until = performance.now() + CDR_WAIT_MS;
  let settledAt = performance.now();
  for (let count = -1; ; await pause(CDR_POLL_MS)) {
    await side.pbx.ami.command('cdr submit');
    const rows = await side.database.rows();
    if (rows.length !== count) settledAt = performance.now();
    count = rows.length;
    const found = new Set(rows.map((r) => r.uniqueid));
    const now = performance.now();
    const all = wanted.every((uniqueids) => [...uniqueids].some((id) => found.has(id)));
    if (all || now - settledAt > CDR_SETTLED_MS || now > until) return rows;
  }
}
