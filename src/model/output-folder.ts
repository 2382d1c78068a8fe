import { createHash } from 'node:crypto';
import { chmod, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
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
 * Output goes file by file (temporary name, fsync, rename), the marker last.
 */
export class OutputFolder {
  private readonly before: Readonly<Record<string, string>>;
  private readonly written = new Map<string, string>();
  readonly path: string;
  private readonly markerName: string;

  private constructor(path: string, markerName: string, before: Record<string, string>) {
    this.path = path;
    this.markerName = markerName;
    this.before = before;
  }

  /** @throws MigrateError E_FOLDER_NOT_OURS where the folder holds files and no marker, E_MARKER where the marker is damaged. */
  static async open(path: string, markerName: string, mode = 0o755): Promise<OutputFolder> {
    const full = resolve(path);
    await mkdir(full, { recursive: true, mode });
    const text = await readFile(join(full, markerName), 'utf8').catch(() => null);
    if (text === null) {
      const held = (await readdir(full)).filter((name) => !OF_OTHERS.has(name));
      if (held.length > 0) {
        throw new MigrateError({
          code: 'E_FOLDER_NOT_OURS',
          where: full,
          why: `the folder holds files (${held.slice(0, 3).join(', ')}${held.length > 3 ? ', ...' : ''}) and no ${markerName}, so it was not written by this command`,
          hint: 'Name an empty folder, or one that this command wrote before.',
        });
      }
    }
    await chmod(full, mode);
    return new OutputFolder(full, markerName, text === null ? {} : readMarker(text, join(full, markerName)));
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
    await mkdir(dirname(full), { recursive: true });
    await writeThrough(full, content, mode);
    this.written.set(path, sha256(content));
  }

  /** Removes what an earlier run wrote and this one did not (unless edited by hand), then writes the marker. */
  async finish(): Promise<void> {
    for (const [path, hash] of Object.entries(this.before)) {
      if (this.written.has(path)) continue;
      const held = await readFile(join(this.path, path)).catch(() => null);
      if (held !== null && sha256(held) === hash) await rm(join(this.path, path));
    }
    const sorted = Object.fromEntries([...this.written].sort(([a], [b]) => (a < b ? -1 : 1)));
    await writeThrough(join(this.path, this.markerName), `${JSON.stringify(sorted, null, 2)}\n`, 0o644);
  }
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

async function writeThrough(path: string, content: string | Uint8Array, mode: number): Promise<void> {
  const temporary = `${path}.${process.pid}.new`;
  const file = await open(temporary, 'w', mode);
  try {
    await file.writeFile(content);
    await file.chmod(mode);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}
