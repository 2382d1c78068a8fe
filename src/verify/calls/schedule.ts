import { refText } from '../../model/ref.ts';
import type { Scenario } from '../scenario.ts';

export interface ScheduleOptions {
  /** Calls at a time at most. */
  readonly width: number;
  readonly signal: AbortSignal;
  /** Makes it `at` for the whole PBX. No call for which the time matters runs meanwhile. */
  setTime(at: string): Promise<void>;
}

/**
 * Runs all scenarios side by side as far as their claims and their times allow: a call that tests whether somebody is busy, or changes a state, has those
 * it names for itself; one that needs a time runs beside those of the same time, and those for which no time matters. Those go first that have the
 * most before them: a long call, or many that wait for one telephone.
 */
export async function schedule(scenarios: readonly Scenario[], run: (s: Scenario) => Promise<void>, o: ScheduleOptions): Promise<void> {
  const queue = new Queue(scenarios);
  let running = 0;
  let setting = false;
  await new Promise<void>((resolve, reject) => {
    const step = (): void => {
      while (running < o.width && !o.signal.aborted) {
        const scenario = queue.take();
        if (scenario === null) break;
        running++;
        run(scenario).then(() => {
          running--;
          queue.done(scenario);
          step();
        }, reject);
      }
      const next = setting || o.signal.aborted ? null : queue.nextTime();
      if (next !== null) {
        setting = true;
        o.setTime(next).then(() => {
          setting = false;
          queue.at = next;
          step();
        }, reject);
      } else if (running === 0 && !setting && (o.signal.aborted || queue.empty)) resolve();
    };
    step();
  });
}

/** What is still to run, and what may run now. */
class Queue {
  /** The time that the PBX has been told. */
  at: string | null = null;
  private readonly waiting: Scenario[];
  private readonly held = new Claims();
  private readonly rank: (s: Scenario) => number;
  private timed = 0;

  constructor(scenarios: readonly Scenario[]) {
    const urgent = urgency(scenarios);
    const times = timesInOrder(scenarios, urgent);
    // calls of the time that is on hold all other times up, and so go before those for which it does not matter
    this.rank = (s) => (s.at === null ? times.length : times.indexOf(s.at));
    this.waiting = [...scenarios].sort(
      (a, b) => this.rank(a) - this.rank(b) || urgent(b) - urgent(a) || b.longestMs - a.longestMs || (a.id < b.id ? -1 : 1),
    );
  }

  get empty(): boolean {
    return this.waiting.length === 0;
  }

  take(): Scenario | null {
    const next = this.waiting.findIndex((s) => (s.at === null || s.at === this.at) && this.held.allow(s));
    const [scenario = null] = next === -1 ? [] : this.waiting.splice(next, 1);
    if (scenario === null) return null;
    this.held.take(scenario);
    if (scenario.at !== null) this.timed++;
    return scenario;
  }

  done(s: Scenario): void {
    this.held.release(s);
    if (s.at !== null) this.timed--;
  }

  /** The time to set now: once no call of the time that is on runs, and none can. Those that wait for something have their time again later. */
  nextTime(): string | null {
    if (this.timed > 0) return null;
    const next = this.waiting.find((s) => s.at !== null && this.held.allow(s))?.at ?? null;
    return next === this.at ? null : next;
  }
}

/** Times, the one first whose calls take longest. */
function timesInOrder(scenarios: readonly Scenario[], urgent: (s: Scenario) => number): string[] {
  const longest = new Map<string, number>();
  for (const s of scenarios) if (s.at !== null) longest.set(s.at, Math.max(longest.get(s.at) ?? 0, urgent(s)));
  return [...longest].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([at]) => at);
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
