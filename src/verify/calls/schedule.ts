import { refText } from '../../model/ref.ts';
import type { Scenario } from '../scenario.ts';

export interface ScheduleOptions {
  /** Calls at a time at most, on each PBX. */
  readonly width: number;
  readonly signal: AbortSignal;
}

/** Places a scenario into one PBX. */
export type Runner = (s: Scenario) => Promise<void>;

/**
 * Runs each scenario once, on any of several equal PBXs, side by side as far as their claims allow: a call that tests whether somebody is busy, or changes a
 * state, has those it names for itself, on its PBX. Those go first that have the most before them: a long call, or many that wait for one telephone.
 */
export async function schedule(scenarios: readonly Scenario[], runners: readonly Runner[], o: ScheduleOptions): Promise<void> {
  const urgent = urgency(scenarios);
  const waiting = [...scenarios].sort((a, b) => urgent(b) - urgent(a) || b.longestMs - a.longestMs || (a.id < b.id ? -1 : 1));
  const lanes = runners.map((run) => new Lane(run, o.width));
  await new Promise<void>((resolve, reject) => {
    const step = (): void => {
      const begun = o.signal.aborted ? null : next(waiting, lanes);
      if (begun !== null) {
        begun.lane.run(begun.scenario).then(step, reject);
        step();
      } else if (lanes.every((lane) => lane.running === 0) && (waiting.length === 0 || o.signal.aborted)) resolve();
    };
    step();
  });
}

/** Takes the most urgent scenario that may begin out of `waiting`, and the PBX with the least to do that allows it. */
function next(waiting: Scenario[], lanes: readonly Lane[]): { scenario: Scenario; lane: Lane } | null {
  const idle = lanes.filter((lane) => !lane.full).sort((a, b) => a.running - b.running);
  for (const [i, scenario] of idle.length === 0 ? [] : waiting.entries()) {
    const lane = idle.find((one) => one.allows(scenario));
    if (lane === undefined) continue;
    waiting.splice(i, 1);
    return { scenario, lane };
  }
  return null;
}

/** One PBX, and the calls that it has. */
class Lane {
  running = 0;
  readonly #claims = new Claims();
  readonly #runner: Runner;
  readonly #width: number;

  constructor(runner: Runner, width: number) {
    this.#runner = runner;
    this.#width = width;
  }

  get full(): boolean {
    return this.running >= this.#width;
  }

  allows(s: Scenario): boolean {
    return this.#claims.allow(s);
  }

  async run(s: Scenario): Promise<void> {
    this.running++;
    this.#claims.take(s);
    await this.#runner(s);
    this.#claims.release(s);
    this.running--;
  }
}

/** A long call that nothing waits for must still begin early; tried with the clinic's calls, from 1 to 10. */
const LONG = 3;

/** How much a call waits for: how long it takes at most, and all calls that have for themselves something that it needs. Who needs much goes first. */
function urgency(scenarios: readonly Scenario[]): (s: Scenario) => number {
  const demand = new Map<string, number>();
  const own = (s: Scenario): string[] => s.claims.filter((c) => c.mode === 'exclusive').map((c) => refText(c.ref));
  for (const s of scenarios) for (const name of own(s)) demand.set(name, (demand.get(name) ?? 0) + s.longestMs);
  return (s) => LONG * s.longestMs + s.claims.reduce((sum, c) => sum + (demand.get(refText(c.ref)) ?? 0), 0);
}

/** Who holds what: any number of shared claims on one thing, or a single exclusive one. */
class Claims {
  private readonly shared = new Map<string, number>();
  private readonly exclusive = new Set<string>();

  allow(s: Scenario): boolean {
    return s.claims.every(({ ref, mode }) => {
      const name = refText(ref);
      if (this.exclusive.has(name)) return false;
      return mode === 'shared' || (this.shared.get(name) ?? 0) === 0;
    });
  }

  take(s: Scenario): void {
    for (const { ref, mode } of s.claims) {
      const name = refText(ref);
      if (mode === 'exclusive') this.exclusive.add(name);
      else this.shared.set(name, (this.shared.get(name) ?? 0) + 1);
    }
  }

  release(s: Scenario): void {
    for (const { ref, mode } of s.claims) {
      const name = refText(ref);
      if (mode === 'exclusive') this.exclusive.delete(name);
      else this.shared.set(name, (this.shared.get(name) ?? 1) - 1);
    }
  }
}
