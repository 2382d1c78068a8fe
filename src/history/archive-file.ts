import { createHash } from 'node:crypto';
import {
  type BigIntStats,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  futimesSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { copyFile, link, lstat, unlink } from 'node:fs/promises';
import type { Encoders } from './encode.ts';
import { baseName, type FilePath, folderOf, joinPath, splitExtension } from './file-path.ts';
import { GroupCommit } from './group-commit.ts';
import { localText } from './local-time.ts';
import { mp3Seconds } from './mp3.ts';
import type { OpenFiles } from './open-files.ts';
import { type RecordingName, readRecordingName } from './recording-name.ts';
import type { Held, PairedCall, Recording, RecordingRows } from './recording-rows.ts';
import { lookInto, readCached, type Sound } from './sound-file.ts';
import { sync, syncFolder } from './sync.ts';
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

/** What the database knew of a recording a moment ago. */
export interface Known {
  readonly name: RecordingName;
  readonly call: PairedCall | null;
  /** Where it would lie in the archive, and what was said to lie there. */
  readonly place: FilePath;
  readonly held: Held | null;
}

/** A recording on its way. */
interface Moving {
  readonly path: FilePath;
  readonly source: FilePath;
  /** As it was before it was read. */
  readonly before: BigIntStats;
  /** Open for reading. */
  readonly fd: number;
  readonly sound: Sound;
}

/** LAME pads the begin and the end by some frames of 72 ms; it never takes away. */
const SHORTER_SECONDS = 0.05;
const LONGER_SECONDS = 0.5;
const MODE = 0o444;
const MOST_OF_ONE_NAME = 1000;
/** No folder of the archive: the day is told by the file alone. */
const UNKNOWN_DAY = '';

/**
 * Moves one recording into the archive. In this order, so that a kill at any point loses nothing and leaves no half of a file: encoded into a temporary name, its
 * length checked, on the disc, renamed, in the database, and only then is the source removed. What a killed run left is found and done again.
 * What the system has in its cache is asked at once: a turn by Node's threads costs ten times that. What may wait for a disc goes there.
 */
export class FileArchive {
  readonly #rules: ArchiveRules;
  readonly #rows: RecordingRows;
  readonly #open: OpenFiles;
  /** Looking, checking and waiting for the disc go on beside them. */
  readonly #encoders: Encoders | null;
  /** Files that have their name: into the database with them. */
  readonly #named: GroupCommit<Recording>;
  /** Places that files of this moment are on their way to. */
  readonly #taken = new Set<string>();

  /** @param o.encoders null where files move as they are */
  constructor(rules: ArchiveRules, o: { rows: RecordingRows; open: OpenFiles; encoders: Encoders | null }) {
    this.#rules = rules;
    this.#encoders = o.encoders;
    this.#rows = o.rows;
    this.#open = o.open;
    this.#named = new GroupCommit(async (recordings) => {
      const folders = new Set(recordings.map((r) => folderOf(joinPath(rules.archive, r.path)).toString('latin1')));
      for (const folder of folders) await syncFolder(Buffer.from(folder, 'latin1'));
      await o.rows.add(recordings);
    });
  }

  /** What the database knows of some recordings, in their order. @param paths below the folder that is archived */
  async look(paths: readonly FilePath[]): Promise<Known[]> {
    const names = paths.map(readRecordingName);
    const calls = await this.#rows.callsOf(names);
    const known = names.map((name, i) => {
      const call = calls[i] ?? null;
      return { name, call, place: this.#place(paths[i] as FilePath, name.day ?? call?.day ?? UNKNOWN_DAY, 1) };
    });
    const held = await this.#rows.at(known.map(({ place }) => place));
    return known.map((one, i) => ({ ...one, held: held[i] ?? null }));
  }

  /** @param path below the folder that is archived */
  async archive(path: FilePath, known: Known): Promise<Archived> {
    const source = joinPath(this.#rules.root, path);
    const before = await lstat(source, { bigint: true }).catch(() => null);
    if (before === null) return { left: 'gone' };
    if (!before.isFile()) return { left: before.isSymbolicLink() ? 'link' : 'no file' };
    if (Date.now() / 1000 - Number(before.mtimeMs) / 1000 < this.#rules.minAgeSeconds) return { left: 'young' };
    if (await this.#open.has(source)) return { left: 'being written' };
    // never through a link that took the file's place
    const fd = orNull(() => openSync(source, constants.O_RDONLY | constants.O_NOFOLLOW));
    if (fd === null) return { left: 'gone' };
    try {
      const sound = await lookInto(fd, Number(before.size), splitExtension(baseName(path)).extension);
      if (typeof sound === 'string') return { left: sound };
      return await this.#move({ path, source, before, fd, sound }, known);
    } finally {
      closeSync(fd);
    }
  }

  async #move(o: Moving, known: Known): Promise<Archived> {
    const { path, source, before, sound } = o;
    const { name, call } = known;
    const recorded = localTimeOf(before);
    const day = name.day ?? call?.day ?? recorded.slice(0, 10).replaceAll('-', '/');
    const sourceBytes = Number(before.size);
    if (this.#rules.dryRun) return { left: null, sourceBytes, bytes: this.#expectedBytes(sound, sourceBytes), hasCall: call !== null };
    const { place, isThere } = await this.#placeFor(path, day, { sourceBytes, recorded, known });
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
    const temporary = this.#temporaryFor(path, place);
    const written = await this.#write(o, temporary);
    const after = orNull(() => lstatSync(source, { bigint: true }));
    const isSame = after?.size === before.size && after.mtimeNs === before.mtimeNs && after.ino === before.ino;
    if (typeof written !== 'number' || !isSame) {
      rmSync(temporary, { force: true });
      return typeof written === 'number' ? { left: 'changed' } : written;
    }
    const full = joinPath(this.#rules.archive, place);
    renameSync(temporary, full);
    const { call, recorded } = o;
    await this.#named.add({
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
    o: { sourceBytes: number; recorded: string; known: Known },
  ): Promise<{ place: FilePath; isThere: boolean }> {
    for (let n = 1; n < MOST_OF_ONE_NAME; n++) {
      const place = this.#place(path, day, n);
      const key = place.toString('latin1');
      if (this.#taken.has(key)) continue;
      this.#taken.add(key);
      const there = orNull(() => lstatSync(joinPath(this.#rules.archive, place)));
      // what came into the archive since this was looked up is a file
      const isKnown = there === null && place.equals(o.known.place);
      const [row = null] = isKnown ? [o.known.held] : await this.#rows.at([place]);
      if (row === null && (there === null || this.#isOurs(there.mtimeMs, path))) return { place, isThere: false };
      const isThisOne = row?.source.equals(path) === true && row.sourceBytes === o.sourceBytes && row.recorded === o.recorded;
      if (isThisOne) return { place, isThere: there?.isFile() === true };
      this.#taken.delete(key);
    }
    throw new Error(`more than ${MOST_OF_ONE_NAME} recordings of one name and day`);
  }

  /** @param n 1 for the first of that name and day */
  #place(path: FilePath, day: string, n: number): FilePath {
    const { stem, extension } = splitExtension(baseName(path));
    const suffix = this.#rules.kbits === null ? extension : 'mp3';
    const end = `${n === 1 ? '' : `~${n}`}${suffix === '' ? '' : `.${suffix}`}`;
    return joinPath(Buffer.from(day), Buffer.concat([stem, Buffer.from(end)]));
  }

  /** A file without a row that has the time of the source: a run was killed between the renaming and the row. */
  #isOurs(mtimeMs: number, path: FilePath): boolean {
    const source = orNull(() => lstatSync(joinPath(this.#rules.root, path)));
    return source !== null && Math.abs(source.mtimeMs - mtimeMs) < 1000;
  }

  /** The same for the same recording: what a killed run left is written over. */
  #temporaryFor(path: FilePath, place: FilePath): FilePath {
    const folder = joinPath(this.#rules.archive, folderOf(place));
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    return joinPath(folder, `.${createHash('md5').update(path).digest('hex')}.part`);
  }

  /** @returns bytes that were written, or why not */
  async #write({ sound, fd: from, source, before }: Moving, to: FilePath): Promise<number | Archived> {
    rmSync(to, { force: true });
    const { kbits, owner } = this.#rules;
    const encoders = kbits === null || sound.coding === 'mp3' ? null : this.#encoders;
    const keeps = encoders === null;
    // another name of the same bytes costs nothing; on another disc they are copied
    const isLinked = keeps && (await linkOrCopy(source, to));
    const fd = openSync(
      to,
      keeps ? constants.O_RDONLY : constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW,
      0o600,
    );
    try {
      const complaint = keeps ? null : ((await encoders.encode(sound, from, fd)) ?? wrongLength(fd, sound));
      if (complaint !== null) return { left: 'encoding failed', detail: complaint };
      // only root may give files away
      if (process.getuid?.() === 0) fchownSync(fd, owner?.uid ?? Number(before.uid), owner?.gid ?? Number(before.gid));
      fchmodSync(fd, MODE);
      if (!isLinked) futimesSync(fd, Number(before.atimeMs) / 1000, Number(before.mtimeMs) / 1000);
      await sync(fd);
      return fstatSync(fd).size;
    } finally {
      closeSync(fd);
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

function wrongLength(fd: number, sound: Sound): string | null {
  const seconds = mp3Seconds(readCached(fd, fstatSync(fd).size));
  if (seconds === null) return 'what was written is no whole MP3';
  const more = seconds - sound.seconds;
  return more >= -SHORTER_SECONDS && more <= LONGER_SECONDS
    ? null
    : `it plays ${seconds.toFixed(2)} s, and the recording ${sound.seconds.toFixed(2)} s`;
}

/** Of something that may have gone away meanwhile. */
function orNull<T>(ask: () => T): T | null {
  try {
    return ask();
  } catch {
    return null;
  }
}

/** By the clock of this machine, as call records have it. */
function localTimeOf(stats: BigIntStats): string {
  const ms = Number(stats.mtimeMs);
  return localText(Math.floor(ms / 1000) - new Date(ms).getTimezoneOffset() * 60);
}
