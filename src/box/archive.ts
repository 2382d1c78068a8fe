import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { Readable } from 'node:stream';
import { extract, type Header } from 'tar-stream';
import type { Context } from '../context.ts';
import { MigrateError, throwIfAborted } from '../error.ts';
import { type Content, contentOf, HEAD_BYTES } from './archive-content.ts';
import { type ArchiveLink, isBadName, placeLink } from './archive-links.ts';
import { folderOfNested, linkTarget, type Place, placeInBox, plainNames } from './archive-place.ts';
import { compressionOf, DamagedStream, decompress, headOf, MAGIC_BYTES } from './compression.ts';
import { Allowance, type ReadLimits } from './read-limits.ts';

/** What was not taken from an archive. */
export interface LeftOut {
  /** Refused: paths by the reason. */
  readonly refused: ReadonlyMap<string, readonly string[]>;
  /** No part of a PBX that anybody knows: folders and archives within it, with how many files they hold. */
  readonly unknown: ReadonlyMap<string, number>;
}

/** What is wanted of an archive: by the place of a file in a box folder, and of archives within it by the places of their first files. */
interface Part {
  takes(place: string): boolean;
  /** Nothing beside such a file is wanted. */
  passesBy(place: string): boolean;
  /** A file that no path tells may be one by what it holds. */
  readonly byContent: boolean;
}

/** Recordings and call records are large, and belong to the history. */
const OF_THE_HISTORY = /^(?:var\/spool\/asterisk\/monitor|asteriskcdrdb)(?:[/.]|$)/;

const PARTS = {
  box: { takes: (place) => !OF_THE_HISTORY.test(place), passesBy: (place) => OF_THE_HISTORY.test(place), byContent: true },
  'call-records': {
    takes: (place) => /^(?:asteriskcdrdb[/.]|etc\/(?:localtime|timezone|sysconfig\/clock)$)/.test(place),
    passesBy: (place) => /^var\//.test(place),
    byContent: false,
  },
} as const satisfies Record<string, Part>;

/**
 * Unpacks an archive into `folder` as a box folder: an Elastix backup (a tar of tgz), what `migrate collect` packed, or a tar of a box
 * folder. The archive is taken for hostile: its paths only choose among places of a box folder, its links are never followed, and
 * `limits` bound what it may become.
 * @param part The box without its history, or the call records alone with the zone of their times.
 * @throws MigrateError E_ARCHIVE (damaged, cut short), E_ARCHIVE_LIMIT, E_SOURCE (two dumps), E_NO_PROGRAM; Interrupted
 */
export async function unpackArchive(
  archive: string,
  folder: string,
  limits: ReadLimits,
  c: Context,
  part: keyof typeof PARTS = 'box',
): Promise<LeftOut> {
  const unpacking = new Unpacking(archive, folder, PARTS[part], new Allowance(limits, archive), c);
  await unpacking.archive(archive, '', '', 1);
  await unpacking.placeLinks();
  await unpacking.chooseDump();
  return { refused: unpacking.refused, unknown: unpacking.unknown };
}

/** An entry as tar-stream gives it. */
interface Entry extends AsyncIterable<unknown> {
  readonly header: Header;
}

class Unpacking {
  readonly refused = new Map<string, string[]>();
  readonly unknown = new Map<string, number>();
  readonly #part: Part;
  readonly #archive: string;
  readonly #folder: string;
  readonly #allowance: Allowance;
  readonly #c: Context;
  readonly #placed = new Map<string, Place>();
  readonly #links: ArchiveLink[] = [];
  readonly #dumps: { rank: number; from: string; file: string }[] = [];
  #spooled = 0;

  constructor(archive: string, folder: string, part: Part, allowance: Allowance, c: Context) {
    this.#part = part;
    this.#archive = archive;
    this.#folder = folder;
    this.#allowance = allowance;
    this.#c = c;
  }

  /** @param inside what its paths are shown with, @param prefix what they really begin with */
  async archive(file: string, inside: string, prefix: string, depth: number): Promise<void> {
    this.#allowance.depth(depth);
    const how = compressionOf(await headOf(file, MAGIC_BYTES));
    const bytes = createReadStream(file);
    // tars of before ustar are taken, too; the types of tar-stream do not know of it
    const tar = extract({ allowUnknownFormat: true } as Parameters<typeof extract>[0]);
    const source =
      how === null ? bytes : Readable.from(this.#allowance.grown(bytes as AsyncIterable<Uint8Array>, (packed) => decompress(packed, how)));
    let broken: Error | null = null;
    source.on('error', (error: Error) => {
      broken = error;
      tar.destroy(error);
    });
    source.pipe(tar);
    try {
      for await (const entry of tar) {
        throwIfAborted(this.#c.signal);
        this.#allowance.entry();
        await this.#entry(entry, inside, prefix, depth);
      }
      if (broken !== null) throw broken;
    } catch (cause) {
      throw this.#told(broken ?? cause, inside);
    } finally {
      source.destroy();
      bytes.destroy();
    }
  }

  async #entry(entry: Entry, inside: string, prefix: string, depth: number): Promise<void> {
    const { name, type, linkname } = entry.header;
    const shown = `${inside}${name}`;
    const path = posix.join(prefix, name);
    const bytes = new EntryBytes(entry);
    if (plainNames(name) === null && type !== 'directory') this.#leave('a path that leads out of the archive', shown);
    else if (isSparse(entry.header)) this.#leave('a sparse file', shown);
    else if (type === 'file' || type === 'contiguous-file') await this.#file(bytes, path, shown, depth);
    else if (type === 'link' || type === 'symlink') this.#link(path, linkname ?? '', type, prefix, shown);
    else if (type !== 'directory') this.#leave('no file', shown);
    await bytes.drain();
  }

  async #file(bytes: EntryBytes, path: string, shown: string, depth: number): Promise<void> {
    const place = placeInBox(path);
    if (place !== null) {
      if (this.#part.takes(place.path)) await this.#write(bytes, place, shown);
      return;
    }
    const head = await bytes.head();
    if (head.length === 0) return;
    const content = contentOf(path, head);
    if (content.is === 'other') this.#countUnknown(shown);
    if (content.is === 'archive') await this.#nested(bytes, content, path, shown, depth);
    if (!this.#part.byContent) return;
    if (content.is === 'dump') {
      const file = await this.#spool(bytes);
      this.#dumps.push({ rank: content.rank, from: shown, file });
    }
    if (content.is === 'astdb') {
      const file = { sqlite: 'astdb.sqlite3', berkeley: 'astdb', text: 'astdb.txt' }[content.form];
      await this.#write(bytes, { path: file, exact: /^astdb/i.test(posix.basename(path)) }, shown);
    }
  }

  async #nested(bytes: EntryBytes, content: Content & { is: 'archive' }, path: string, shown: string, depth: number): Promise<void> {
    const prefix = folderOfNested(path);
    // recordings may be a hundred times what all else is: such an archive is not even unpacked
    const places = content.first.map((name) => placeInBox(posix.join(prefix, name))?.path);
    if (
      places.length > 0 &&
      places.every((at, i) => (at === undefined ? content.first[i]?.endsWith('/') : this.#part.passesBy(at))) &&
      places.some((at) => at !== undefined)
    )
      return;
    const file = await this.#spool(bytes);
    await this.archive(file, `${shown}:`, prefix, depth + 1);
    await rm(file);
  }

  async #spool(bytes: EntryBytes): Promise<string> {
    const file = join(this.#folder, `.part-${this.#spooled++}`);
    await this.#save(bytes, file);
    return file;
  }

  async #write(bytes: EntryBytes, place: Place, shown: string): Promise<void> {
    const before = this.#placed.get(place.path);
    // a path told in full wins; else the later entry, as tar itself has it
    if (before?.exact === true && !place.exact) return this.#leave('another file stands in its place', shown);
    const file = join(this.#folder, place.path);
    try {
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      await this.#save(bytes, file);
      this.#placed.set(place.path, place);
    } catch (error) {
      if (!isBadName(error)) throw error;
      this.#leave('no file may be called so', shown);
    }
  }

  async #save(bytes: EntryBytes, path: string): Promise<void> {
    const file = await open(path, 'w', 0o600);
    try {
      for (let chunk = await bytes.next(); chunk !== null; chunk = await bytes.next()) {
        throwIfAborted(this.#c.signal);
        this.#allowance.written(chunk.length);
        await file.writeFile(chunk);
      }
    } finally {
      await file.close();
    }
  }

  #link(path: string, to: string, type: 'link' | 'symlink', prefix: string, shown: string): void {
    const place = placeInBox(path);
    // links elsewhere, and those into what is not wanted, mean nothing
    if (place === null || !this.#part.takes(place.path)) return;
    const within = linkTarget(path, type === 'link' ? posix.join(prefix, to) : to, type);
    if (within === null) this.#leave('a link that leads out of the archive', shown);
    else this.#links.push({ shown, target: within, place: place.path });
  }

  /** Once all files are there. */
  async placeLinks(): Promise<void> {
    for (const link of this.#links) {
      const why = this.#placed.has(link.place) ? null : await placeLink(this.#folder, link, (bytes) => this.#allowance.written(bytes));
      if (why !== null) this.#leave(why, link.shown);
    }
  }

  /** The surest dump becomes asterisk.sql. Two that are as sure must be the same. */
  async chooseDump(): Promise<void> {
    const surest = Math.min(...this.#dumps.map((d) => d.rank));
    const [first, ...others] = this.#dumps.filter((d) => d.rank === surest);
    if (first === undefined) return;
    const held = others.length === 0 ? null : await readFile(first.file);
    for (const other of others) {
      if (held?.equals(await readFile(other.file)) === true) continue;
      throw new MigrateError({
        code: 'E_SOURCE',
        where: this.#archive,
        why: `it holds two dumps of the database 'asterisk' that differ: ${JSON.stringify(first.from)} and ${JSON.stringify(other.from)}`,
        hint: 'Unpack the right one, and name it as the source, with --files for the folder of the rest.',
      });
    }
    await rename(first.file, join(this.#folder, 'asterisk.sql'));
    for (const { file } of this.#dumps) await rm(file, { force: true });
  }

  #countUnknown(shown: string): void {
    const inside = shown.indexOf(':');
    const part = inside < 0 ? posix.dirname(shown) : shown.slice(0, inside);
    this.unknown.set(part, (this.unknown.get(part) ?? 0) + 1);
  }

  #leave(why: string, path: string): void {
    this.refused.set(why, [...(this.refused.get(why) ?? []), path]);
  }

  #told(cause: unknown, inside: string): unknown {
    const { code, syscall } = cause as NodeJS.ErrnoException;
    const where = inside === '' ? this.#archive : `${this.#archive}, in ${JSON.stringify(inside.slice(0, -1))}`;
    if (code === 'ENOSPC' || code === 'EDQUOT') {
      return new MigrateError({
        code: 'E_DISC_FULL',
        where: this.#folder,
        why: 'there is no space left to unpack the archive',
        hint: 'Free some, or name another folder for it: TMPDIR=/srv/tmp migrate ...',
        exit: 3,
        cause,
      });
    }
    if (!(cause instanceof Error) || cause instanceof MigrateError || cause.name === 'Interrupted' || syscall !== undefined) return cause;
    const packed = cause instanceof DamagedStream;
    return new MigrateError({
      code: 'E_ARCHIVE',
      where,
      why: packed ? 'the compressed archive is damaged or cut short' : `it is no whole tar archive (${cause.message.toLowerCase()})`,
      hint: 'Copy it again from the old box. An archive with sparse files is packed anew without --sparse.',
      cause,
    });
  }
}

/** Packed by GNU tar with --sparse in its newer form: what follows is a map and then the pieces, not the file. */
function isSparse({ pax }: Header): boolean {
  return typeof pax === 'object' && pax !== null && 'GNU.sparse.major' in pax;
}

/** The bytes of one entry, its head first. Never destroyed before its end: that would end the archive with it. */
class EntryBytes {
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #ahead: Uint8Array[] = [];

  constructor(entry: Entry) {
    this.#chunks = (entry as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
  }

  async next(): Promise<Uint8Array | null> {
    return this.#ahead.shift() ?? (await this.#read());
  }

  /** Its first HEAD_BYTES, which next() gives again. */
  async head(): Promise<Buffer> {
    let held = this.#ahead.reduce((sum, chunk) => sum + chunk.length, 0);
    while (held < HEAD_BYTES) {
      const chunk = await this.#read();
      if (chunk === null) break;
      held += chunk.length;
      this.#ahead.push(chunk);
    }
    return Buffer.concat(this.#ahead).subarray(0, HEAD_BYTES);
  }

  async drain(): Promise<void> {
    this.#ahead.length = 0;
    while ((await this.#read()) !== null);
  }

  async #read(): Promise<Uint8Array | null> {
    const { done, value } = await this.#chunks.next();
    return done === true ? null : value;
  }
}
