import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Build } from '../../src/model/build.ts';
import type { Passed } from '../../src/verify/calls/calls.ts';
import type { Scenario } from '../../src/verify/scenario.ts';

/** What came of the calls of the unchanged build. */
export interface Controlled {
  readonly passed: Readonly<Record<string, readonly Passed[]>>;
  /** Why, by scenario. */
  readonly failed: Readonly<Record<string, string>>;
  /** Log lines that a new start brings. */
  readonly usual: readonly string[];
}

/** The control run of one build with one list of calls, kept in a file: a run in several parts places all calls only once. */
export class Control {
  /** Of the file, without its ending. */
  readonly path: string;
  readonly held: Controlled | null;

  private constructor(path: string, held: Controlled | null) {
    this.path = path;
    this.held = held;
  }

  static async of(build: Build, scenarios: readonly Scenario[]): Promise<Control> {
    const sum = createHash('sha256').update(JSON.stringify([build.manifest.files.map((f) => [f.path, f.sha256]), scenarios]));
    const path = join('.cache', 'mutants-control', sum.digest('hex').slice(0, 12));
    const text = await readFile(`${path}.json`, 'utf8').catch(() => null);
    return new Control(path, text === null ? null : (JSON.parse(text) as Controlled));
  }

  async keep(controlled: Controlled): Promise<Controlled> {
    await mkdir(dirname(this.path), { recursive: true });
    await writeFile(`${this.path}.json`, JSON.stringify(controlled), { mode: 0o600 });
    return controlled;
  }
}
