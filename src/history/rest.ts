import { setTimeout } from 'node:timers/promises';
import { Interrupted } from '../error.ts';

/** Lets the old box rest, so that no more than so many rows a second are read from it. */
export class Rest {
  readonly #rowsPerSecond: number | null;
  readonly #signal: AbortSignal;
  #since = performance.now();
  #rows = 0;

  /** @param rowsPerSecond null: as fast as it goes */
  constructor(rowsPerSecond: number | null, signal: AbortSignal) {
    this.#rowsPerSecond = rowsPerSecond;
    this.#signal = signal;
  }

  /** @throws Interrupted */
  async after(rows: number): Promise<void> {
    if (this.#rowsPerSecond === null) return;
    this.#rows += rows;
    const due = this.#since + (this.#rows / this.#rowsPerSecond) * 1000;
    const wait = due - performance.now();
    // time in which nothing was read is not saved up
    if (wait <= 0) {
      this.#since = performance.now();
      this.#rows = 0;
      return;
    }
    await setTimeout(wait, undefined, { signal: this.#signal }).catch(() => {
      throw new Interrupted();
    });
  }
}
