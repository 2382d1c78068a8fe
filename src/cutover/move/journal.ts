import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { MigrateError } from '../../error.ts';

const state = z.object({
  /** Steps that are done of a phase that has not come to its end: it goes on behind them. */
  done: z.record(z.string(), z.array(z.string())).default({}),
  /** Phases that came to their end: ISO time of the last. */
  ended: z.record(z.string(), z.string()).default({}),
  /** The old side's state of users at the last copy. */
  oldState: z.record(z.string(), z.string()).nullable().default(null),
  /** The new side's when it went live. */
  newStateAtGo: z.record(z.string(), z.string()).nullable().default(null),
  /** ISO times: when the last copy of voicemail and of recordings began, and when the new side went live. */
  voicemailAt: z.string().nullable().default(null),
  recordingsAt: z.string().nullable().default(null),
  liveAt: z.string().nullable().default(null),
  /** Routes of the old machine's interface before its address left, and of the new one's before it came. */
  oldRoutes: z.array(z.string()).default([]),
  newRoutes: z.array(z.string()).default([]),
  /** How the old PBX rang each pilot before, by name. */
  pilotDials: z.record(z.string(), z.string()).default({}),
  /** When each telephone was last seen registered with the old PBX, by name: ISO times. */
  seen: z.record(z.string(), z.string()).default({}),
  contacts: z.array(z.object({ device: z.string(), uri: z.string(), expirySeconds: z.number() })).default([]),
});
export type State = z.output<typeof state>;

/** What a cutover has done so far, in a folder of the build: state.json, and journal.jsonl with a line for all that was done. */
export class Journal {
  readonly folder: string;
  state: State;

  private constructor(folder: string, held: State) {
    this.folder = folder;
    this.state = held;
  }

  /** @throws MigrateError E_JOURNAL where state.json is damaged */
  static async open(build: string): Promise<Journal> {
    const folder = join(build, '.cutover');
    const path = join(folder, 'state.json');
    const text = await readFile(path, 'utf8').catch(() => '{}');
    try {
      return new Journal(folder, state.parse(JSON.parse(text)));
    } catch (cause) {
      const hint = 'Put it right, or take it away: then the next copy copies everything once more, which does no harm.';
      throw new MigrateError({ code: 'E_JOURNAL', where: path, why: 'the state of the cutover is damaged', hint, cause });
    }
  }

  /** Keeps a change of the state, on the disc before anything else is done. */
  async keep(change: Partial<State>): Promise<void> {
    this.state = { ...this.state, ...change };
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const path = join(this.folder, 'state.json');
    await writeFile(`${path}.new`, `${JSON.stringify(this.state, null, 2)}\n`, { mode: 0o600, flush: true });
    await rename(`${path}.new`, path);
  }

  async write(line: object): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const text = `${JSON.stringify({ at: new Date().toISOString(), ...line })}\n`;
    await appendFile(join(this.folder, 'journal.jsonl'), text, { mode: 0o600 });
  }
}
