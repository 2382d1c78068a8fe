import { type FileHandle, mkdir, open, realpath, rename, stat, statfs } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { readMysqlAddress } from '../box/mysql-address.ts';
import type { Context } from '../context.ts';
import { Interrupted, MigrateError, throwIfAborted } from '../error.ts';
import { type Archived, type ArchiveRules, FileArchive, type Known, type Left } from './archive-file.ts';
import { checkPrograms, Encoders, stepBack } from './encode.ts';
import { type FilePath, joinPath, pathOf, pathText } from './file-path.ts';
import { HistoryDatabase } from './history-database.ts';
import { NightWindow } from './night-window.ts';
import { OpenFiles } from './open-files.ts';
import { RecordingRows } from './recording-rows.ts';
import { type Found, walkFolder } from './walk-folder.ts';

export interface ArchiveOptions {
  /** Folder of the archive; beside the folder of recordings, where it is left out. */
  readonly archive?: string;
  readonly targetPassword?: string;
  /** kbit/s of the MP3; null: files move as they are. */
  readonly kbits: number | null;
  readonly minAgeSeconds: number;
  readonly owner?: { readonly uid: number; readonly gid: number };
  /** Recordings at a time; one more than there are processors, where it is left out: while one changes hands, no processor waits. */
  readonly jobs?: number;
  /** '01:00-06:00': work is done only then. */
  readonly window?: string;
  readonly dryRun: boolean;
  /** Take processor and disc as any other program does. */
  readonly notNice?: boolean;
  /** Folder for recordings-archive.jsonl: what was left, and why. */
  readonly out: string;
}

export interface RecordingsArchived {
  readonly dryRun: boolean;
  readonly archived: number;
  readonly bytesBefore: number;
  readonly bytesAfter: number;
  /** Of those archived: no call record knows them. */
  readonly orphans: number;
  /** Calls that name a recording which is nowhere. */
  readonly ghosts: number;
  /** Files that stay where they are, by reason. */
  readonly left: Readonly<Partial<Record<Left, number>>>;
}

/** Recordings on their way for each that is encoded: while some wait for the disc and the database, the next has the processor. */
const ON_THEIR_WAY = 8;
/** Recordings that the database is asked for at once. */
const LOOKED_UP_AT_ONCE = 64;
const LEAST_FREE_BYTES = 64 * 2 ** 20;

/**
 * Moves the recordings below `folder` into the archive, encoded, each with its row in the database; lists those without a call, and calls without
 * a recording. Run again, it goes on with what is left.
 * @param to mysql://user@host:port/asteriskcdrdb of the new PBX
 * @throws MigrateError E_FOLDER, E_TARGET, E_BUSY, E_NO_PROGRAM, E_DISC_FULL...; Interrupted
 */
export async function archiveRecordings(folder: string, to: string, o: ArchiveOptions, c: Context): Promise<RecordingsArchived> {
  const address = readMysqlAddress(to);
  if (address === null) {
    const hint = 'Write it as mysql://user@host:3306/asteriskcdrdb, with the password in MIGRATE_TARGET_PASSWORD.';
    throw new MigrateError({ code: 'E_TARGET', where: '--to', why: 'the target is no address of a server', hint });
  }
  const rules = await rulesFor(folder, o);
  if (o.kbits !== null && !o.dryRun) await checkPrograms();
  const database = await HistoryDatabase.open(address, o.targetPassword ?? '', 'recordings archive', c.signal);
  const report = await Report.open(o.out);
  try {
    if (o.notNice !== true) await stepBack();
    return await new Archiving(rules, new RecordingRows(database.writer), report, o, c).run();
  } catch (error) {
    throw c.signal.aborted ? new Interrupted() : error;
  } finally {
    await report.close();
    await database.close();
  }
}

async function rulesFor(folder: string, o: ArchiveOptions): Promise<ArchiveRules> {
  const root = await realpath(folder).catch(() => null);
  if (root === null || !(await stat(root)).isDirectory()) {
    const hint = 'Name the folder of recordings: /var/spool/asterisk/monitor, as a rule.';
    throw new MigrateError({ code: 'E_FOLDER', where: folder, why: 'there is no such folder', hint });
  }
  const archive = resolve(o.archive ?? join(dirname(root), 'archive'));
  if (`${root}/`.startsWith(`${archive}/`)) {
    throw new MigrateError({
      code: 'E_FOLDER',
      where: archive,
      why: 'the recordings lie in the archive itself',
      hint: 'Name another folder with --archive.',
    });
  }
  if (!o.dryRun) await mkdir(archive, { recursive: true });
  const { kbits, minAgeSeconds, dryRun } = o;
  return { root: pathOf(root), archive: pathOf(archive), kbits, minAgeSeconds, owner: o.owner ?? null, dryRun };
}

/** One pass over the folder. */
class Archiving {
  readonly #rules: ArchiveRules;
  readonly #rows: RecordingRows;
  readonly #report: Report;
  readonly #options: ArchiveOptions;
  readonly #context: Context;
  readonly #window: NightWindow | null;
  readonly #counts = { archived: 0, bytesBefore: 0, bytesAfter: 0, orphans: 0, ghosts: 0 };
  readonly #left: Partial<Record<Left, number>> = {};
  #done = 0;
  /** One worker failed: the others take nothing more. */
  #isOver = false;

  constructor(rules: ArchiveRules, rows: RecordingRows, report: Report, o: ArchiveOptions, c: Context) {
    this.#rules = rules;
    this.#rows = rows;
    this.#report = report;
    this.#options = o;
    this.#context = c;
    this.#window = o.window === undefined ? null : new NightWindow(o.window);
  }

  async run(): Promise<RecordingsArchived> {
    const of = await this.#count();
    const open = new OpenFiles(this.#rules.root);
    const jobs = this.#options.jobs ?? availableParallelism() + 1;
    const { kbits, dryRun } = this.#rules;
    const encoders = kbits === null || dryRun ? null : new Encoders({ kbits, atOnce: jobs, signal: this.#context.signal });
    const files = new FileArchive(this.#rules, { rows: this.#rows, open, encoders });
    const start = performance.now();
    // all workers take from one walk
    const names = this.#lookedUp(files);
    const workers = Array.from({ length: jobs * ON_THEIR_WAY }, () =>
      this.#work(names, files, { of, start }).finally(() => {
        this.#isOver = true;
      }),
    );
    const failed = (await Promise.allSettled(workers)).find((worker) => worker.status === 'rejected');
    encoders?.close();
    if (failed !== undefined) throw failed.reason;
    await this.#listGhosts();
    return { dryRun: this.#rules.dryRun, ...this.#counts, left: this.#left };
  }

  async #count(): Promise<number> {
    let of = 0;
    for await (const _ of walkFolder(this.#rules.root, this.#rules.archive)) {
      if (++of % 10_000 === 0) {
        throwIfAborted(this.#context.signal);
        this.#context.progress({ step: 'counting recordings', done: of });
      }
    }
    return of;
  }

  async *#lookedUp(files: FileArchive): AsyncGenerator<{ found: Found; known: Known }> {
    for await (const page of this.#pages()) {
      const known = await files.look(page.map(({ path }) => path));
      for (const [i, found] of page.entries()) yield { found, known: known[i] as Known };
    }
  }

  async *#pages(): AsyncGenerator<Found[]> {
    const page: Found[] = [];
    for await (const found of walkFolder(this.#rules.root, this.#rules.archive)) {
      page.push(found);
      if (page.length === LOOKED_UP_AT_ONCE) yield page.splice(0);
    }
    yield page;
  }

  async #work(names: AsyncGenerator<{ found: Found; known: Known }>, files: FileArchive, o: { of: number; start: number }): Promise<void> {
    while (!this.#isOver) {
      throwIfAborted(this.#context.signal);
      await this.#window?.open(this.#context.signal, () => this.#context.progress({ step: `waiting for ${this.#options.window}` }));
      const { value, done } = await names.next();
      if (done === true) return;
      const { found, known } = value;
      const result: Archived =
        found.is === 'file' ? await files.archive(found.path, known) : { left: found.is === 'link' ? 'link' : 'no file' };
      throwIfAborted(this.#context.signal);
      await this.#took(found.path, result);
      this.#progress(o);
    }
  }

  async #took(path: FilePath, result: Archived): Promise<void> {
    if (result.left === null) {
      this.#counts.archived++;
      this.#counts.bytesBefore += result.sourceBytes;
      this.#counts.bytesAfter += result.bytes;
      if (result.hasCall) return;
      this.#counts.orphans++;
      await this.#report.write({ orphan: pathText(path) });
      return;
    }
    if (result.left === 'encoding failed') await this.#checkSpace();
    this.#left[result.left] = (this.#left[result.left] ?? 0) + 1;
    const detail = result.detail === undefined ? {} : { detail: result.detail };
    await this.#report.write({ left: pathText(path), why: result.left, ...detail });
  }

  async #checkSpace(): Promise<void> {
    const { bavail, bsize } = await statfs(this.#rules.archive);
    if (bavail * bsize >= LEAST_FREE_BYTES) return;
    throw new MigrateError({
      code: 'E_DISC_FULL',
      where: pathText(this.#rules.archive),
      why: 'the disc of the archive is full',
      hint: 'Make room and run it again: it goes on with what is left.',
      exit: 3,
    });
  }

  #progress({ of, start }: { of: number; start: number }): void {
    this.#done++;
    const perSecond = this.#done / ((performance.now() - start) / 1000);
    const minutes = Math.ceil((of - this.#done) / perSecond / 60);
    this.#context.progress({ step: `archiving, ${perSecond.toFixed(1)} a second, ${minutes} min left`, done: this.#done, of });
  }

  async #listGhosts(): Promise<void> {
    const isThere = async (paths: readonly string[]): Promise<boolean> => {
      for (const path of paths) {
        // a call record is not trusted to stay below the folder
        if (path.includes('\0') || path.split('/').includes('..')) continue;
        if ((await stat(joinPath(this.#rules.root, path)).catch(() => null)) !== null) return true;
      }
      return false;
    };
    for await (const ghost of this.#rows.ghosts(isThere)) {
      throwIfAborted(this.#context.signal);
      this.#counts.ghosts++;
      await this.#report.write({ ghost: ghost.recordingfile, uniqueid: ghost.uniqueid });
    }
  }
}

/** Text that goes to the disc in one go. */
const LINES_CHARACTERS = 64 * 1024;

/** One line a thing that a person should look at; there may be a million of them. */
class Report {
  readonly #file: FileHandle;
  readonly #path: string;
  #lines = '';
  #writing: Promise<unknown> = Promise.resolve();

  private constructor(file: FileHandle, path: string) {
    this.#file = file;
    this.#path = path;
  }

  static async open(folder: string): Promise<Report> {
    await mkdir(folder, { recursive: true });
    const path = join(folder, 'recordings-archive.jsonl');
    return new Report(await open(`${path}.part`, 'w'), path);
  }

  async write(line: object): Promise<void> {
    this.#lines += `${JSON.stringify(line)}\n`;
    if (this.#lines.length >= LINES_CHARACTERS) await this.#flush();
  }

  async close(): Promise<void> {
    await this.#flush().catch(() => undefined);
    await this.#file.close();
    await rename(`${this.#path}.part`, this.#path);
  }

  async #flush(): Promise<void> {
    const lines = this.#lines;
    this.#lines = '';
    // one at a time, whoever writes
    this.#writing = this.#writing.then(() => this.#file.write(lines));
    await this.#writing;
  }
}
