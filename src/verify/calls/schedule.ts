import { refText } from '../../model/ref.ts';
import type { Scenario } from '../scenario.ts';

export interface ScheduleOptions {
  /** Calls at a time at most. */
  readonly width: number;
  readonly signal: AbortSignal;
}

/**
 * Runs all scenarios side by side as far as their claims allow, longest first: a call that tests whether somebody is busy, or changes
 * a state, has those it names for itself.
 */
export async function schedule(scenarios: readonly Scenario[], run: (s: Scenario) => Promise<void>, o: ScheduleOptions): Promise<void> {
  const waiting = [...scenarios].sort((a, b) => b.longestMs - a.longestMs || (a.id < b.id ? -1 : 1));
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
        run(scenario).then(
          () => {
            running--;
            held.release(scenario);
            step();
          },
          reject,
        );
      }
      if (running === 0 && waiting.length === 0) resolve();
    };
    step();
  });
}

/** Who holds what: any number of shared claims on one thing, or a single exclusive one. */
export class Claims {
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
