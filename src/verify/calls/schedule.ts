import { refText } from '../../model/ref.ts';
import type { Scenario } from '../scenario.ts';

export interface ScheduleOptions {
  /** Calls at a time at most. */
  readonly width: number;
  readonly signal: AbortSignal;
}

/**
 * Runs all scenarios side by side as far as their claims allow: a call that tests whether somebody is busy, or changes a state, has those
 * it names for itself. Those go first that have the most before them: a long call, or many that wait for one telephone.
 */
export async function schedule(scenarios: readonly Scenario[], run: (s: Scenario) => Promise<void>, o: ScheduleOptions): Promise<void> {
  const urgent = urgency(scenarios);
  const waiting = [...scenarios].sort((a, b) => urgent(b) - urgent(a) || b.longestMs - a.longestMs || (a.id < b.id ? -1 : 1));
  const held = new Claims();
  let running = 0;
  await new Promise<void>((resolve, reject) => {
    const step = (): void => {
      if (o.signal.aborted) {
        if (running === 0) resolve();
        return;
      }
      while (running < o.width) {
        const next = waiting.findIndex((s) => held.allow(s));
        const scenario = waiting[next];
        if (scenario === undefined) break;
        waiting.splice(next, 1);
        held.take(scenario);
        running++;
        run(scenario).then(() => {
          running--;
          held.release(scenario);
          step();
        }, reject);
      }
      if (running === 0 && waiting.length === 0) resolve();
    };
    step();
  });
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
