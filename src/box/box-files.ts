import { readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { MigrateError } from '../error.ts';
import { type Finding, finding } from '../finding.ts';
import { type AstDbKey, parseAstDbText, readAstDbSqlite } from './astdb.ts';
import { astDbForm, isWholeBerkeley } from './astdb-form.ts';
import { type DecodeText, textDecoder } from './charset.ts';
import { type EtcFile, readEtcFolder } from './etc-folder.ts';
import { type Facts, readFacts } from './facts.ts';
import { readScripts, type ScriptFile } from './script-folder.ts';
import { listFolder, listMusic, type SoundFolder } from './sound-folder.ts';
import { ianaName, readTimeZone } from './time-zone.ts';

/** What a box keeps beside its tables. */
export interface BoxFiles {
  readonly astdb: readonly AstDbKey[] | null;
  readonly etc: ReadonlyMap<string, EtcFile> | null;
  readonly sounds: ReadonlyMap<string, string>;
  /** AGI scripts by their path within agi-bin. */
  readonly scripts: ReadonlyMap<string, ScriptFile>;
  readonly music: SoundFolder;
  /** What the collector noted about the machine; empty where the source is no collector's. */
  readonly facts: Facts;
  readonly timeZone: string | null;
  readonly findings: readonly Finding[];
}

/** Where parts lie, if not where they lie in a box. */
export interface NamedParts {
  /** The box's /etc/asterisk. */
  readonly etc?: string;
  /** The box's AstDB. */
  readonly astdb?: string;
  /** Wins over what the box says. */
  readonly timeZone?: string;
  /** What its text is where it is no UTF-8: a label of the WHATWG encoding standard. */
  readonly charset?: string;
}

/** An AstDB of Asterisk 1.8 (Berkeley DB 1.85) as one of Asterisk 10 and later (SQLite). */
export type ConvertAstDb = (old: Buffer) => Promise<Uint8Array>;

/**
 * Reads the files of a box.
 * @param folder laid out as the box itself: etc/asterisk/, var/lib/asterisk/...; null where the source brings tables alone
 * @throws MigrateError E_SOURCE, E_ASTDB, E_TIME_ZONE
 */
export async function readBoxFiles(folder: string | null, named: NamedParts, convert: ConvertAstDb): Promise<BoxFiles> {
  const etcPath = await etcFolder(folder, named.etc);
  const decode = textDecoder(named.charset);
  const sounds = folder === null ? null : await listFolder(folder, 'var/lib/asterisk/sounds');
  const music: SoundFolder = folder === null ? { files: new Map(), links: [] } : await listMusic(folder);
  return {
    etc: etcPath === null ? null : await readEtcFolder(etcPath, decode),
    astdb: await readAstDb(named.astdb ?? (folder === null ? null : await firstPart(folder, ASTDB_FILES, 'file')), convert, decode),
    sounds: sounds?.files ?? new Map(),
    scripts: folder === null ? new Map() : await readScripts(folder),
    music,
    facts: folder === null ? new Map() : await readFacts(folder),
    timeZone: await timeZoneOf(folder, etcPath, named.timeZone),
    findings: (sounds?.files.size ?? 0) + music.files.size > 0 ? [] : [noSounds()],
  };
}

function noSounds(): Finding {
  return finding('SOURCE_INCOMPLETE', {
    where: 'var/lib/asterisk',
    means:
      'The source holds no sounds: announcements, menus and music that the box recorded are known by their names alone, and callers hear nothing in their place.',
    hint: 'Copy /var/lib/asterisk/sounds, moh and mohmp3 of the old box into a folder laid out as the box, and name it with --files.',
  });
}

/** A folder that somebody named. @throws MigrateError E_SOURCE where there is none */
export async function namedFolder(named: string, hint: string): Promise<string> {
  if ((await kindOf(named)) === 'folder') return resolve(named);
  throw new MigrateError({ code: 'E_SOURCE', where: named, why: 'there is no such folder', hint });
}

async function etcFolder(folder: string | null, named: string | undefined): Promise<string | null> {
  if (named !== undefined) return namedFolder(named, 'Name a copy of the old /etc/asterisk.');
  return folder === null ? null : firstPart(folder, ['etc/asterisk', 'etc-asterisk'], 'folder');
}

/** A box of Asterisk 10 and later may keep the file of 1.8 beside its own, with what was true when it was updated. */
const ASTDB_FILES = ['astdb.sqlite3', 'astdb.txt', 'var/lib/asterisk/astdb.sqlite3', 'astdb', 'var/lib/asterisk/astdb'];

async function readAstDb(path: string | null, convert: ConvertAstDb, decode: DecodeText): Promise<AstDbKey[] | null> {
  if (path === null) return null;
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new MigrateError({
      code: 'E_SOURCE',
      where: path,
      why: 'the AstDB cannot be read',
      hint: 'Name an astdb.sqlite3, an astdb of Asterisk 1.8, or what `database show` printed.',
      cause,
    });
  });
  if (astDbForm(bytes) === 'berkeley') {
    if (isWholeBerkeley(bytes)) return readAstDbSqlite(await convert(bytes), path, decode);
    throw new MigrateError({
      code: 'E_ASTDB',
      where: path,
      why: 'the AstDB of Asterisk 1.8 is cut short',
      hint: "Copy it again, or run `asterisk -rx 'database show' > astdb.txt` on the old box and give that.",
    });
  }
  return bytes.includes(0) ? readAstDbSqlite(bytes, path, decode) : parseAstDbText(bytes, decode);
}

async function timeZoneOf(folder: string | null, etcPath: string | null, named: string | undefined): Promise<string | null> {
  if (named !== undefined) {
    const zone = ianaName(named);
    if (zone !== null) return zone;
    throw new MigrateError({
      code: 'E_TIME_ZONE',
      where: named,
      why: 'there is no such time zone',
      hint: 'Use a name such as Europe/Moscow.',
    });
  }
  const beside = etcPath !== null && basename(etcPath) === 'asterisk' ? dirname(etcPath) : null;
  for (const etc of new Set([...(folder === null ? [] : [join(folder, 'etc')]), ...(beside === null ? [] : [beside])])) {
    const zone = await readTimeZone(etc);
    if (zone !== null) return zone;
  }
  return null;
}

export async function kindOf(path: string): Promise<'folder' | 'file' | null> {
  const found = await stat(path).catch(() => null);
  return found === null ? null : found.isDirectory() ? 'folder' : 'file';
}

/**
 * The first of these parts that a box folder holds. A folder may have come out of an archive as it was: what leads out of it is a file of this
 * machine, and not read as one of the box.
 * @throws MigrateError E_SOURCE for a link that leads out
 */
export async function firstPart(folder: string, names: readonly string[], kind: 'folder' | 'file'): Promise<string | null> {
  const root = await realpath(folder);
  for (const name of names) {
    const path = join(folder, name);
    if ((await kindOf(path)) !== kind) continue;
    const real = await realpath(path);
    if (real === root || real.startsWith(root + sep)) return path;
    throw new MigrateError({
      code: 'E_SOURCE',
      where: path,
      why: 'it is a link that leads out of the box folder',
      hint: 'Put the file or folder itself there, or name it: --etc, --astdb, or the dump as the source with --files for the folder.',
    });
  }
  return null;
}
