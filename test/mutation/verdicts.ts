import { appendFile, mkdir, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Verdict } from './judge.ts';

export interface Kept extends Verdict {
  readonly what: string;
  readonly seconds: number;
}

/** Verdicts of one seed over one build, a line each as they come: a run that was cut short goes on where it stopped. */
export class Verdicts {
  private readonly path: string;
  private readonly held: Map<string, Kept>;

  private constructor(path: string, held: Map<string, Kept>) {
    this.path = path;
    this.held = held;
  }

  /** `fresh`: what an earlier run said is forgotten. */
  static async of(path: string, fresh: boolean): Promise<Verdicts> {
    if (fresh) await rm(path, { force: true });
    const text = await readFile(path, 'utf8').catch(() => '');
    const lines = text.split('\n').filter((line) => line !== '');
    return new Verdicts(path, new Map(lines.map((line) => JSON.parse(line) as Kept).map((kept) => [kept.what, kept])));
  }

  of(what: string): Kept | null {
    return this.held.get(what) ?? null;
  }

  async keep(kept: Kept): Promise<void> {
    this.held.set(kept.what, kept);
    await mkdir(dirname(this.path), { recursive: true });
    await appendFile(this.path, `${JSON.stringify(kept)}\n`, { mode: 0o600 });
  }
}
