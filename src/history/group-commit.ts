/** What comes within this time is written together. */
const GATHER_MS = 200;

/** Writes what several workers bring in one go: a transaction and a wait for the disc for all of them costs what one costs for one. */
export class GroupCommit<T> {
  readonly #commit: (items: readonly T[]) => Promise<void>;
  #open: T[] = [];
  #next: Promise<void> | null = null;
  #last: Promise<void> = Promise.resolve();

  constructor(commit: (items: readonly T[]) => Promise<void>) {
    this.#commit = commit;
  }

  /** Comes back when it is written, and whatever came with it. @throws what `commit` throws, to each of them */
  add(item: T): Promise<void> {
    this.#open.push(item);
    this.#next ??= new Promise<void>((resolve) => setTimeout(resolve, GATHER_MS)).then(() => this.#write());
    return this.#next;
  }

  async #write(): Promise<void> {
    const items = this.#open;
    this.#open = [];
    this.#next = null;
    // one at a time
    const before = this.#last;
    this.#last = before.catch(() => undefined).then(() => this.#commit(items));
    await this.#last;
  }
}
