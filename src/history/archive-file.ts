import { createHash } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { constants, copyFile, type FileHandle, link, lstat, mkdir, open, rename, rm, unlink } from 'node:fs/promises';
import type { Encoders } from './encode.ts';
import { baseName, type FilePath, folderOf, joinPath, splitExtension } from './file-path.ts';
import { localText } from './local-time.ts';
import { mp3Seconds } from './mp3.ts';
import type { OpenFiles } from './open-files.ts';
import { readRecordingName } from './recording-name.ts';
import type { PairedCall, RecordingRows } from './recording-rows.ts';
import { lookInto, readWhole, type Sound } from './sound-file.ts';
import type { NotASound } from './wav.ts';

/** Why a file stays where it is. */
export type Left = NotASound | 'link' | 'no file' | 'being written' | 'young' | 'changed' | 'encoding failed' | 'gone';

export type Archived =
  | { readonly left: Left; readonly detail?: string }
  | { readonly left: null; readonly sourceBytes: number; readonly bytes: number; readonly hasCall: boolean };

export interface ArchiveRules {
  readonly root: FilePath;
  readonly archive: FilePath;
  /** Bit rate of the MP3, or null: files move as they are. */
  readonly kbits: number | null;
  readonly minAgeSeconds: number;
  /** Who owns what is archived; null: whoever owned the recording. */
  readonly owner: { readonly uid: number; readonly gid: number } | null;
  /** Nothing is written. */
  readonly dryRun: boolean;
}

/** A recording on its way. */
interface Moving {
  readonly path: FilePath;
  readonly source: FilePath;
  /** As it was before it was read. */
  readonly before: BigIntStats;
  readonly file: FileHandle;
  readonly sound: Sound;
}

/** LAME pads the begin and the end by some frames of 72 ms; it never takes away. */
const SHORTER_SECONDS = 0.05;
const LONGER_SECONDS = 0.5;
const MODE = 0o444;
const MOST_OF_ONE_NAME = 1000;

/**
 * Moves one recording into the archive. In this order, so that a kill at any point loses nothing and leaves no half of a file: encoded into a temporary name, its
 * length checked, on the disc, renamed, in the database, and only then is the source removed. What a killed run left is found and done again.
 */
export class FileArchive {
  readonly #rules: ArchiveRules;
  readonly #rows: RecordingRows;
  readonly #open: OpenFiles;
  /** Looking, checking and waiting for the disc go on beside them. */
  readonly #encoders: Encoders | null;
  /** Places that files of this moment are on their way to. */
  readonly #taken = new Set<string>();

  /** @param o.encoders null where files move as they are */
  constructor(rules: ArchiveRules, o: { rows: RecordingRows; open: OpenFiles; encoders: Encoders | null }) {
    this.#rules = rules;
    this.#encoders = o.encoders;
    this.#rows = o.rows;
    this.#open = o.open;
  }

  /** @param path below the folder that is archived */
  async archive(path: FilePath): Promise<Archived> {
    const source = joinPath(this.#rules.root, path);
    const before = await lstat(source, { bigint: true }).catch(() => null);
    if (before === null) return { left: 'gone' };
    if (!before.isFile()) return { left: before.isSymbolicLink() ? 'link' : 'no file' };
    if (Date.now() / 1000 - Number(before.mtimeMs) / 1000 < this.#rules.minAgeSeconds) return { left: 'young' };
    if (await this.#open.has(source)) return { left: 'being written' };
    // never through a link that took the file's place
    const file = await open(source, constants.O_RDONLY | constants.O_NOFOLLOW).catch(() => null);
    if (file === null) return { left: 'gone' };
    try {
      const sound = await lookInto(file, Number(before.size), splitExtension(baseName(path)).extension);
      if (typeof sound === 'string') return { left: sound };
      return await this.#move({ path, source, before, file, sound });
    } finally {
      await file.close();
    }
  }

  async #move(o: Moving): Promise<Archived> {
    const { path, source, before, sound } = o;
    const name = readRecordingName(path);
    const call = await this.#rows.callOf(name);
    const recorded = localTimeOf(before);
    const day = name.day ?? call?.day ?? recorded.slice(0, 10).replaceAll('-', '/');
    const sourceBytes = Number(before.size);
    if (this.#rules.dryRun) return { left: null, sourceBytes, bytes: this.#expectedBytes(sound, sourceBytes), hasCall: call !== null };
    const { place, isThere } = await this.#placeFor(path, day, { sourceBytes, recorded });
    try {
      // there: a run was killed between the row and the removal
      const written = isThere ? sourceBytes : await this.#bring({ ...o, place, call, recorded });
      if (typeof written !== 'number') return written;
      await unlink(source);
      return { left: null, sourceBytes, bytes: written, hasCall: call !== null };
    } finally {
      this.#taken.delete(place.toString('latin1'));
    }
  }

  /** @returns bytes in the archive, or why it is not there */
  async #bring(o: Moving & { place: FilePath; call: PairedCall | null; recorded: string }): Promise<number | Archived> {
    const { path, source, before, sound, place } = o;
    const temporary = await this.#temporaryFor(path, place);
    const written = await this.#write(o, temporary);
    const after = typeof written === 'number' ? await lstat(source, { bigint: true }).catch(() => null) : null;
    const isSame = after?.size === before.size && after.mtimeNs === before.mtimeNs && after.ino === before.ino;
    if (typeof written !== 'number' || !isSame) {
      await rm(temporary, { force: true });
      return typeof written === 'number' ? { left: 'changed' } : written;
    }
    const full = joinPath(this.#rules.archive, place);
    await rename(temporary, full);
    await syncFolder(folderOf(full));
    const { call, recorded } = o;
    await this.#rows.add({
      path: place,
      source: path,
      call,
      recorded,
      seconds: sound.seconds,
      sourceBytes: Number(before.size),
      bytes: written,
    });
    return written;
  }

  #expectedBytes(sound: Sound, sourceBytes: number): number {
    const { kbits } = this.#rules;
    return kbits === null || sound.coding === 'mp3' ? sourceBytes : Math.round((sound.seconds * kbits * 1000) / 8);
  }

  /** A free name in the archive, or the one that this very recording has already. Two recordings of one name are both kept. */
  async #placeFor(
    path: FilePath,
    day: string,
    o: { sourceBytes: number; recorded: string },
  ): Promise<{ place: FilePath; isThere: boolean }> {
    const { stem, extension } = splitExtension(baseName(path));
    const suffix = this.#rules.kbits === null ? extension : 'mp3';
    for (let n = 1; n < MOST_OF_ONE_NAME; n++) {
      const end = `${n === 1 ? '' : `~${n}`}${suffix === '' ? '' : `.${suffix}`}`;
      const place = joinPath(Buffer.from(day), Buffer.concat([stem, Buffer.from(end)]));
      const key = place.toString('latin1');
      if (this.#taken.has(key)) continue;
      this.#taken.add(key);
      const row = await this.#rows.at(place);
      const there = await lstat(joinPath(this.#rules.archive, place)).catch(() => null);
      if (row === null && (there === null || (await this.#isOurs(there.mtimeMs, path)))) return { place, isThere: false };
      const isThisOne = row?.source.equals(path) === true && row.sourceBytes === o.sourceBytes && row.recorded === o.recorded;
      if (isThisOne) return { place, isThere: there?.isFile() === true };
      this.#taken.delete(key);
    }
    throw new Error(`more than ${MOST_OF_ONE_NAME} recordings of one name and day`);
  }

  /** A file without a row that has the time of the source: a run was killed between the renaming and the row. */
  async #isOurs(mtimeMs: number, path: FilePath): Promise<boolean> {
    const source = await lstat(joinPath(this.#rules.root, path)).catch(() => null);
    return source !== null && Math.abs(source.mtimeMs - mtimeMs) < 1000;
  }

  /** The same for the same recording: what a killed run left is written over. */
  async #temporaryFor(path: FilePath, place: FilePath): Promise<FilePath> {
    const folder = joinPath(this.#rules.archive, folderOf(place));
    await mkdir(folder, { recursive: true, mode: 0o755 });
    return joinPath(folder, `.${createHash('md5').update(path).digest('hex')}.part`);
  }

  /** @returns bytes that were written, or why not */
  async #write({ sound, file: from, source, before }: Moving, to: FilePath): Promise<number | Archived> {
    await rm(to, { force: true });
    const { kbits, owner } = this.#rules;
    const encoders = kbits === null || sound.coding === 'mp3' ? null : this.#encoders;
    const keeps = encoders === null;
    // another name of the same bytes costs nothing; on another disc they are copied
    const isLinked = keeps && (await linkOrCopy(source, to));
    const file = await open(
      to,
      keeps ? constants.O_RDONLY : constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW,
      0o600,
    );
    try {
      const complaint = keeps ? null : ((await encoders.encode(sound, from.fd, file.fd)) ?? (await wrongLength(file, sound)));
      if (complaint !== null) return { left: 'encoding failed', detail: complaint };
      // only root may give files away
      if (process.getuid?.() === 0) await file.chown(owner?.uid ?? Number(before.uid), owner?.gid ?? Number(before.gid));
      await file.chmod(MODE);
      if (!isLinked) await file.utimes(Number(before.atimeMs) / 1000, Number(before.mtimeMs) / 1000);
      await file.sync();
      return (await file.stat()).size;
    } finally {
      await file.close();
    }
  }
}

/** @returns true where it is one file with two names now */
async function linkOrCopy(from: FilePath, to: FilePath): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch {
    await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    return false;
  }
}

async function wrongLength(file: FileHandle, sound: Sound): Promise<string | null> {
  const seconds = mp3Seconds(await readWhole(file, (await file.stat()).size));
  if (seconds === null) return 'what was written is no whole MP3';
  const more = seconds - sound.seconds;
  return more >= -SHORTER_SECONDS && more <= LONGER_SECONDS
    ? null
    : `it plays ${seconds.toFixed(2)} s, and the recording ${sound.seconds.toFixed(2)} s`;
}

async function syncFolder(folder: FilePath): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** By the clock of this machine, as call records have it. */
function localTimeOf(stats: BigIntStats): string {
  const ms = Number(stats.mtimeMs);
  return localText(Math.floor(ms / 1000) - new Date(ms).getTimezoneOffset() * 60);
}
