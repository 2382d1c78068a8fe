import { createHash } from 'node:crypto';
import { chmod, mkdir, open, readdir, readFile, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { z } from 'zod';
import { MigrateError } from '../error.ts';

const marker = z.record(z.string(), z.string());

/** What may lie in a folder before it is written: its history, and the log of a run that failed before it wrote anything. */
const OF_OTHERS: ReadonlySet<string> = new Set(['.git', 'debug.jsonl']);

/** Hex SHA-256, as the markers and the manifest hold it. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/**
 * A folder that a stage writes and a person may edit. The marker file lists what the stage wrote, with hashes: files that it does
 * not list are never touched (the model lives in git), and a folder that has files but no marker is not ours to write into.
 * Nothing is half-written: each file goes to a temporary name beside its place, and only once all are there (fsync) do they take their
 * places, the marker last. What fails before leaves the folder as it was.
 */
export class OutputFolder {
  private readonly before: Readonly<Record<string, string>>;
  /** Hash of each file written, by its path; it waits under its temporary name. */
  private readonly written = new Map<string, string>();
  /** Folders that were made for it, the outermost first. */
  private readonly made: string[] = [];
  readonly path: string;
  private readonly markerName: string;

  private constructor(path: string, markerName: string, before: Record<string, string>) {
    this.path = path;
    this.markerName = markerName;
    this.before = before;
  }

  /**
   * Opens the folder, lets `fill` write, and puts all of it in place; where `fill` throws, nothing of it stays.
   * @throws MigrateError E_FOLDER_NOT_OURS where the folder holds files and no marker, E_MARKER where the marker is damaged, E_DISC_FULL,
   * E_FOLDER where it cannot be written, and what `fill` throws.
   */
  static async fill<T>(o: { path: string; marker: string; mode?: number }, fill: (folder: OutputFolder) => Promise<T>): Promise<T> {
    const folder = await OutputFolder.open(o.path, o.marker, o.mode);
    try {
      const result = await fill(folder);
      await folder.finish();
      return result;
    } catch (error) {
      await folder.discard();
      throw told(error, folder.path);
    }
  }

  private static async open(path: string, markerName: string, mode = 0o755): Promise<OutputFolder> {
    const full = resolve(path);
    const text = await readFile(join(full, markerName), 'utf8').catch(() => null);
    if (text === null) {
      const held = (await readdir(full).catch(() => [])).filter((name) => !OF_OTHERS.has(name));
      if (held.length > 0) {
        throw new MigrateError({
          code: 'E_FOLDER_NOT_OURS',
          where: full,
          why: `the folder holds files (${held.slice(0, 3).join(', ')}${held.length > 3 ? ', ...' : ''}) and no ${markerName}, so it was not written by this command`,
          hint: 'Name an empty folder, or one that this command wrote before.',
        });
      }
    }
    const folder = new OutputFolder(full, markerName, text === null ? {} : readMarker(text, join(full, markerName)));
    try {
      await folder.make(full, mode);
      await chmod(full, mode);
    } catch (error) {
      throw told(error, full);
    }
    return folder;
  }

  /** Files that were edited by hand since the last write: listed in the marker, there, and with another hash. */
  async edited(): Promise<string[]> {
    const found: string[] = [];
    for (const [path, hash] of Object.entries(this.before)) {
      const held = await readFile(join(this.path, path)).catch(() => null);
      if (held !== null && sha256(held) !== hash) found.push(path);
    }
    return found.sort();
  }

  /** Writes one file. `path` is relative, with slashes. @throws MigrateError E_PATH where it leaves the folder. */
  async write(path: string, content: string | Uint8Array, mode = 0o644): Promise<void> {
    const full = resolve(this.path, path);
    const inside = relative(this.path, full);
    if (inside === '' || inside.startsWith('..')) {
      throw new MigrateError({
        code: 'E_PATH',
        where: path,
        why: 'the path leads out of the output folder',
        hint: 'This is a defect of the kit: please report it.',
      });
    }
    await this.make(dirname(full));
    this.written.set(path, sha256(content));
    await writeDown(temporary(full), content, mode);
  }

  /** Puts all files in place, removes what an earlier run wrote and this one did not (unless edited by hand), then writes the marker. */
  private async finish(): Promise<void> {
    const sorted = Object.fromEntries([...this.written].sort(([a], [b]) => (a < b ? -1 : 1)));
    const marked = join(this.path, this.markerName);
    await writeDown(temporary(marked), `${JSON.stringify(sorted, null, 2)}\n`, 0o644);
    for (const path of this.written.keys()) await rename(temporary(join(this.path, path)), join(this.path, path));
    for (const [path, hash] of Object.entries(this.before)) {
      if (this.written.has(path)) continue;
      const held = await readFile(join(this.path, path)).catch(() => null);
      if (held !== null && sha256(held) === hash) await rm(join(this.path, path));
    }
    await rename(temporary(marked), marked);
  }

  /** Takes back what waits under temporary names, and the folders that were made for it. */
  private async discard(): Promise<void> {
    for (const path of [...this.written.keys(), this.markerName])
      await rm(temporary(join(this.path, path)), { force: true }).catch(() => undefined);
    for (const folder of this.made.toReversed()) await rmdir(folder).catch(() => undefined); // one that holds more stays
  }

  private async make(folder: string, mode?: number): Promise<void> {
    const first = await mkdir(folder, { recursive: true, ...(mode === undefined ? {} : { mode }) });
    if (first === undefined) return;
    const below = relative(first, folder)
      .split(sep)
      .filter((part) => part !== '');
    this.made.push(first, ...below.map((_, i) => join(first, ...below.slice(0, i + 1))));
  }
}

/** A full disc and a folder that cannot be written are the user's to mend, not defects. */
function told(error: unknown, where: string): unknown {
  if (!(error instanceof Error) || error instanceof MigrateError || !('code' in error)) return error;
  const { code } = error;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new MigrateError({
      code: 'E_DISC_FULL',
      where,
      why: 'there is no space left where the output goes; nothing was written',
      hint: 'Free some space, or name a folder on another disc, and run again.',
      cause: error,
    });
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR' || code === 'EEXIST')
    return new MigrateError({
      code: 'E_FOLDER',
      where,
      why: `the folder cannot be written (${code})`,
      hint: 'Name a folder that you may write to.',
      cause: error,
    });
  return error;
}

/** Name under which a file waits until all of them are there. */
function temporary(path: string): string {
  return `${path}.${process.pid}.new`;
}

function readMarker(text: string, where: string): Record<string, string> {
  try {
    return marker.parse(JSON.parse(text));
  } catch (cause) {
    throw new MigrateError({
      code: 'E_MARKER',
      where,
      why: 'the marker file is damaged',
      hint: 'Restore it, or name an empty folder.',
      cause,
    });
  }
}

async function writeDown(path: string, content: string | Uint8Array, mode: number): Promise<void> {
  const file = await open(path, 'w', mode);
  try {
    await file.writeFile(content);
    await file.chmod(mode);
    await file.sync();
  } finally {
    await file.close();
  }
}
