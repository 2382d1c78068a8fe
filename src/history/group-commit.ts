import { setTimeout as pause } from 'node:timers/promises';
import pLimit from 'p-limit';

/** What comes within this time is written together. */
const GATHER_MS = 200;

/** Writes what several workers bring in one go: a transaction and a wait for the disc for all of them costs what one costs for one. */
export class GroupCommit<T> {
  readonly #commit: (items: readonly T[]) => Promise<void>;
  readonly #oneAtATime = pLimit(1);
  #open: T[] = [];
  #next: Promise<void> | null = null;

  constructor(commit: (items: readonly T[]) => Promise<void>) {
    this.#commit = commit;
  }

  /** Comes back when it is written, and whatever came with it. @throws what `commit` throws, to each of them */
  add(item: T): Promise<void> {
    this.#open.push(item);
    this.#next ??= pause(GATHER_MS).then(() => this.#write());
    return this.#next;
  }

  #write(): Promise<void> {
    const items = this.#open;
    this.#open = [];
    this.#next = null;
    return this.#oneAtATime(() => this.#commit(items));
  }
}
