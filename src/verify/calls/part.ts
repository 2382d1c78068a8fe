import type { Act } from '../scenario.ts';

/** What one party does in one call: each act waits for its moment, and one that waits for a prompt for the act before it as well. */
export class Part {
  private readonly acts: readonly { readonly act: Act; heard: number; due: boolean; done: boolean }[];
  private readonly later: (ms: number, what: () => void) => void;
  private readonly perform: (act: Act) => void;

  constructor(acts: readonly Act[], o: { later: (ms: number, what: () => void) => void; perform: (act: Act) => void }) {
    this.acts = acts.map((act) => ({ act, heard: 0, due: false, done: false }));
    this.later = o.later;
    this.perform = o.perform;
  }

  /** It rings, or was answered, or the caller talks. */
  is(when: 'rings' | 'answered' | 'talks'): void {
    for (const one of this.acts) if (one.act.when === when) this.begin(one);
  }

  /** A prompt begins that this party hears. */
  hears(prompt: string): void {
    // which acts may count this prompt is settled first: one that comes due at once must not let the next count the same
    const open = this.acts.filter((_, i) => this.acts[i - 1]?.done ?? true);
    for (const one of open) {
      const { when } = one.act;
      if (typeof when === 'string' || when.heard !== prompt) continue;
      one.heard++;
      if (one.heard >= (when.nth ?? 1)) this.begin(one);
    }
  }

  private begin(one: { readonly act: Act; due: boolean; done: boolean }): void {
    if (one.due) return;
    one.due = true;
    this.later(one.act.afterMs, () => {
      one.done = true;
      this.perform(one.act);
    });
  }
}
