import { readdir, readlink } from 'node:fs/promises';

const REFRESH_MS = 5000;

/** Files that some program of this machine holds open: a MixMonitor that still writes. Looked up anew every few seconds. */
export class OpenFiles {
  readonly #folder: string;
  #paths = new Set<string>();
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | null = null;

  /** @param folder only files below it are of interest; its real path */
  constructor(folder: Buffer) {
    this.#folder = folder.toString('latin1');
  }

  async has(path: Buffer): Promise<boolean> {
    if (performance.now() - this.#readAt > REFRESH_MS) {
      this.#reading ??= this.#read();
      await this.#reading;
    }
    return this.#paths.has(path.toString('latin1'));
  }

  async #read(): Promise<void> {
    const found = new Set<string>();
    const processes = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
    for (const pid of processes) {
      // other users' programs are not ours to look into, and programs end meanwhile
      for (const fd of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
        const target = await readlink(`/proc/${pid}/fd/${fd}`, { encoding: 'buffer' }).catch(() => null);
        const path = target?.toString('latin1') ?? '';
        if (path.startsWith(`${this.#folder}/`)) found.add(path);
      }
    }
    this.#paths = found;
    this.#readAt = performance.now();
    this.#reading = null;
  }
}
