import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Context } from '../context.ts';
import { MigrateError, throwIfAborted } from '../error.ts';
import { type AstDbKey, parseAstDbText, readAstDbSqlite } from './astdb.ts';
import { type EtcFile, readEtcFolder } from './etc-folder.ts';
import { type Facts, readFacts } from './facts.ts';
import { type MysqlAddress, readMysqlAddress } from './mysql-address.ts';
import { listFolder, listMusic, type SoundFolder } from './sound-folder.ts';
import { connectSql, type SqlServer } from './sql.ts';
import { readTables, type Table } from './tables.ts';
import { ianaName, readTimeZone } from './time-zone.ts';

/** An old PBX, read whole: what its tables, its AstDB and its /etc/asterisk hold. */
export interface Box {
  readonly tables: ReadonlyMap<string, Table>;
  /** null: the source holds none. */
  readonly astdb: readonly AstDbKey[] | null;
  /** null: the source holds none. */
  readonly etc: ReadonlyMap<string, EtcFile> | null;
  /** Files of its sounds folder: path within the folder, and where they lie. Links are not among them. */
  readonly sounds: ReadonlyMap<string, string>;
  /** Music on hold: 'mohmp3/jazz/one.wav'. */
  readonly music: SoundFolder;
  /** What the collector noted about the machine; empty where the source is no collector's. */
  readonly facts: Facts;
  /** IANA name, or null where nothing told. */
  readonly timeZone: string | null;
}

export interface BoxOptions {
  /** The box's /etc/asterisk, where it does not lie in the source. */
  readonly etc?: string;
  /** The box's AstDB, where it does not lie in the source. */
  readonly astdb?: string;
  /** Of the account on a live server. */
  readonly password?: string;
  /** Wins over what the box says. */
  readonly timeZone?: string;
}

/** Brings up a server that holds a dump. The box does not know Docker: whoever opens it supplies this. */
export type OpenDump = (dump: string) => Promise<SqlServer>;

/**
 * Reads a box folder (asterisk.sql[.gz], etc/asterisk/ or etc-asterisk/, astdb.sqlite3 or astdb.txt), or the tables of a live server; what
 * else belongs to that box is named in `o`.
 * @throws MigrateError E_SOURCE, E_TIME_ZONE, E_ASTDB, E_SQL...
 */
export async function openBox(source: string, o: BoxOptions, openDump: OpenDump, c: Context): Promise<Box> {
  const live = readMysqlAddress(source);
  if (live !== null) return openLive(live, o, c);
  const folder = await boxFolder(source);
  const dump = await firstFile(folder, ['asterisk.sql', 'asterisk.sql.gz']);
  if (dump === null) {
    throw new MigrateError({
      code: 'E_SOURCE',
      where: folder,
      why: 'the folder holds neither asterisk.sql nor asterisk.sql.gz',
      hint: 'Dump the old database: mysqldump asterisk > asterisk.sql, and put it there.',
    });
  }
  const etcPath = await etcFolder(folder, o.etc);
  c.progress({ step: 'reading files' });
  const etc = etcPath === null ? null : await readEtcFolder(etcPath);
  const astdb = await readAstDb(o.astdb ?? (await firstFile(folder, ['astdb.sqlite3', 'astdb.txt'])));
  const { files: sounds } = await listFolder(folder, 'var/lib/asterisk/sounds');
  const music = await listMusic(folder);
  const facts = await readFacts(folder);
  const timeZone = await timeZoneOf(folder, etcPath, o.timeZone);
  throwIfAborted(c.signal);
  c.progress({ step: 'loading the dump' });
  const tables = await readAllTables(await openDump(dump), dump, c);
  return { tables, astdb, etc, sounds, music, facts, timeZone };
}

/** A live server tells its tables; the files of that box are named apart. */
async function openLive(address: MysqlAddress, o: BoxOptions, c: Context): Promise<Box> {
  const etcPath = o.etc === undefined ? null : await etcFolder('.', o.etc);
  const etc = etcPath === null ? null : await readEtcFolder(etcPath);
  const astdb = await readAstDb(o.astdb ?? null);
  const timeZone = await timeZoneOf(null, etcPath, o.timeZone);
  throwIfAborted(c.signal);
  const server: SqlServer = { ...address, password: o.password ?? '', close: async () => undefined };
  const tables = await readAllTables(server, `${address.host}:${address.port}/${address.database}`, c);
  return { tables, astdb, etc, sounds: new Map(), music: { files: new Map(), links: [] }, facts: new Map(), timeZone };
}

function notFreePbx(where: string, tables: ReadonlyMap<string, Table>): MigrateError {
  return new MigrateError({
    code: 'E_SOURCE',
    where,
    why: `it holds ${tables.size} tables, and neither users nor devices is among them: it is no database of FreePBX`,
    hint: "Dump the database 'asterisk' of the old box, without --databases.",
  });
}

async function readAllTables(server: SqlServer, where: string, c: Context): Promise<Map<string, Table>> {
  const sql = await connectSql(server);
  try {
    const tables = await readTables(sql, (done, of) => {
      throwIfAborted(c.signal);
      c.progress({ step: 'reading tables', done, of });
    });
    if (!tables.has('users') && !tables.has('devices')) throw notFreePbx(where, tables);
    return tables;
  } finally {
    await sql.close();
  }
}

async function boxFolder(source: string): Promise<string> {
  const later = /\.tar(\.gz)?$|\.tgz$/.test(source) ? 'a backup archive' : null;
  const is = later === null ? await kindOf(source) : null;
  if (is === 'folder') return resolve(source);
  throw new MigrateError({
    code: 'E_SOURCE',
    where: source,
    why: later !== null ? `${later} cannot be read yet` : is === 'file' ? 'a dump alone cannot be read yet' : 'there is no such folder',
    hint: 'Name mysql://user@host:port/asterisk or a box folder: asterisk.sql (or .sql.gz), etc/asterisk/ and astdb.sqlite3 (or astdb.txt) in it.',
  });
}

async function etcFolder(folder: string, named: string | undefined): Promise<string | null> {
  if (named !== undefined) {
    if ((await kindOf(named)) === 'folder') return resolve(named);
    throw new MigrateError({
      code: 'E_SOURCE',
      where: named,
      why: 'there is no such folder',
      hint: 'Name a copy of the old /etc/asterisk.',
    });
  }
  for (const name of ['etc/asterisk', 'etc-asterisk']) if ((await kindOf(join(folder, name))) === 'folder') return join(folder, name);
  return null;
}

async function readAstDb(path: string | null): Promise<AstDbKey[] | null> {
  if (path === null) return null;
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new MigrateError({
      code: 'E_SOURCE',
      where: path,
      why: 'the AstDB cannot be read',
      hint: 'Name an astdb.sqlite3, or what `database show` printed.',
      cause,
    });
  });
  if (bytes.subarray(0, 15).toString('latin1') === 'SQLite format 3') return readAstDbSqlite(bytes, path);
  if (!bytes.includes(0)) return parseAstDbText(bytes);
  throw new MigrateError({
    code: 'E_SOURCE',
    where: path,
    why: 'an AstDB of Asterisk 1.8 (Berkeley DB) cannot be read yet',
    hint: "Run `asterisk -rx 'database show' > astdb.txt` on the old box and give that.",
  });
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

async function kindOf(path: string): Promise<'folder' | 'file' | null> {
  const found = await stat(path).catch(() => null);
  return found === null ? null : found.isDirectory() ? 'folder' : 'file';
}

async function firstFile(folder: string, names: string[]): Promise<string | null> {
  for (const name of names) if ((await kindOf(join(folder, name))) === 'file') return join(folder, name);
  return null;
}
