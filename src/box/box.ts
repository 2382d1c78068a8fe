import { resolve } from 'node:path';
import type { Context } from '../context.ts';
import { MigrateError, throwIfAborted } from '../error.ts';
import { type Finding, finding } from '../finding.ts';
import { type LeftOut, unpackArchive } from './archive.ts';
import { type BoxFiles, type ConvertAstDb, firstPart, type NamedParts, namedFolder, readBoxFiles } from './box-files.ts';
import { textDecoder } from './charset.ts';
import { type MysqlAddress, readMysqlAddress } from './mysql-address.ts';
import { readPasswordFile } from './password-file.ts';
import { readLimits } from './read-limits.ts';
import { kindOfSource } from './source-file.ts';
import { connectSql, type SqlServer } from './sql.ts';
import { openTunnel } from './ssh-tunnel.ts';
import { readTables, type Table } from './tables.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

/** An old PBX, read whole: what its tables, its AstDB and its /etc/asterisk hold. */
export interface Box extends BoxFiles {
  readonly tables: ReadonlyMap<string, Table>;
}

/** A box whose files are there until it is closed: what an archive held goes away then. */
export interface OpenBox extends Box {
  close(): Promise<void>;
}

export interface BoxOptions extends NamedParts {
  /** A folder laid out as the box (etc/, var/), where the source is a dump or a live server. */
  readonly files?: string;
  /** Of the account on a live server. */
  readonly password?: string;
  /** File whose first line is that password; it wins. */
  readonly passwordFile?: string;
  /** user@host of a machine from which that server can be reached, for a tunnel by ssh. */
  readonly via?: string;
  /** How many times as high as usual the limits on archives and dumps are. */
  readonly limits?: number;
}

/** What opening a box needs of Docker, which it does not know: whoever opens it supplies this. */
export interface BoxTools {
  /** Brings up a server that holds a dump. */
  openDump(dump: string): Promise<SqlServer>;
  readonly convertAstDb: ConvertAstDb;
}

/**
 * Reads a box: a dump, a backup or other archive of its files, a box folder (asterisk.sql, etc/asterisk/, astdb...), or a live server. What
 * else belongs to that box is named in `o`.
 * @throws MigrateError E_SOURCE, E_DUMP, E_ARCHIVE, E_ARCHIVE_LIMIT, E_TIME_ZONE, E_ASTDB, E_SQL...; Interrupted
 */
export async function openBox(source: string, o: BoxOptions, tools: BoxTools, c: Context): Promise<OpenBox> {
  const files = o.files === undefined ? null : await namedFolder(o.files, FILES_HINT);
  const live = readMysqlAddress(source);
  if (live === null && o.via !== undefined) {
    throw new MigrateError({
      code: 'E_SOURCE',
      where: source,
      why: 'a tunnel leads to a live server alone, and this is none',
      hint: 'Leave out --via, or name mysql://user@localhost/asterisk, as the machine at the other end sees it.',
    });
  }
  if (live !== null) return { ...(await readLive(live, files, o, tools, c)), close: async () => undefined };
  switch (await kindOfSource(source)) {
    case 'folder':
      return { ...(await readFolder(resolve(source), source, o, tools, c)), close: async () => undefined };
    case 'dump':
      return { ...(await readDump(source, files, o, tools, c)), close: async () => undefined };
    case 'archive':
      return openArchive(source, o, tools, c);
  }
}

/** The files of a box, there until it is closed. */
export interface OpenBoxFiles extends BoxFiles {
  close(): Promise<void>;
}

/**
 * Reads what a source holds beside its tables: for whom those do not matter. A dump and a live server have none but those that `o` names.
 * @throws MigrateError as openBox
 */
export async function openBoxFiles(source: string, o: BoxOptions, convertAstDb: ConvertAstDb, c: Context): Promise<OpenBoxFiles> {
  const named = o.files === undefined ? null : await namedFolder(o.files, FILES_HINT);
  const kind = readMysqlAddress(source) === null ? await kindOfSource(source) : 'live';
  if (kind !== 'archive') {
    const folder = kind === 'folder' ? resolve(source) : named;
    return { ...(await readBoxFiles(folder, o, convertAstDb)), close: async () => undefined };
  }
  const unpacked = await makeTemporaryFolder();
  try {
    c.progress({ step: 'unpacking the archive' });
    await unpackArchive(source, unpacked.path, readLimits(o.limits), c);
    return { ...(await readBoxFiles(unpacked.path, o, convertAstDb)), close: () => unpacked.remove() };
  } catch (error) {
    await unpacked.remove();
    throw asOf(source, unpacked.path, error);
  }
}

async function openArchive(archive: string, o: BoxOptions, tools: BoxTools, c: Context): Promise<OpenBox> {
  const folder = await makeTemporaryFolder();
  try {
    c.progress({ step: 'unpacking the archive' });
    const leftOut = await unpackArchive(archive, folder.path, readLimits(o.limits), c);
    const box = await readFolder(folder.path, archive, o, tools, c);
    return { ...box, findings: [...box.findings, ...tellLeftOut(leftOut)], close: () => folder.remove() };
  } catch (error) {
    await folder.remove();
    throw asOf(archive, folder.path, error);
  }
}

/** The same error, with places in the archive where it names those in the folder, which is gone. */
function asOf(archive: string, folder: string, error: unknown): unknown {
  if (!(error instanceof MigrateError) || error.where?.startsWith(folder) !== true) return error;
  const { code, why, hint, exit, cause } = error;
  return new MigrateError({
    code: code as `E_${string}`,
    where: `${archive}:${error.where.slice(folder.length + 1)}`,
    why,
    hint,
    exit,
    cause,
  });
}

/** @param source what a person calls it */
async function readFolder(folder: string, source: string, o: BoxOptions, tools: BoxTools, c: Context): Promise<Box> {
  const names = ['asterisk.sql', 'asterisk.sql.gz', 'asterisk.sql.bz2', 'asterisk.sql.xz'];
  const dump = await firstPart(folder, names, 'file');
  if (dump !== null) return readDump(dump, folder, o, tools, c);
  throw new MigrateError({
    code: 'E_SOURCE',
    where: source,
    why: `it holds no dump of the database 'asterisk' (${names.join(', ')})`,
    hint: 'Dump the old database: mysqldump asterisk > asterisk.sql, and put it there.',
  });
}

async function readDump(dump: string, files: string | null, o: BoxOptions, tools: BoxTools, c: Context): Promise<Box> {
  c.progress({ step: 'reading files' });
  const beside = await readBoxFiles(files, o, tools.convertAstDb);
  throwIfAborted(c.signal);
  c.progress({ step: 'loading the dump' });
  return { ...beside, tables: await readAllTables(await tools.openDump(dump), dump, { ...o, live: false }, c) };
}

/** A live server tells its tables; the files of that box are named apart. */
async function readLive(address: MysqlAddress, files: string | null, o: BoxOptions, tools: BoxTools, c: Context): Promise<Box> {
  const beside = await readBoxFiles(files, o, tools.convertAstDb);
  throwIfAborted(c.signal);
  const password = o.passwordFile === undefined ? (o.password ?? '') : await readPasswordFile(o.passwordFile);
  const tunnel = o.via === undefined ? null : await openTunnel(o.via, address, c.signal);
  const near = tunnel === null ? {} : { host: '127.0.0.1', port: tunnel.port };
  const server: SqlServer = { ...address, ...near, password, close: async () => tunnel?.close() };
  return { ...beside, tables: await readAllTables(server, `${address.host}:${address.port}/${address.database}`, { ...o, live: true }, c) };
}

const FILES_HINT = 'Name a folder laid out as the old box: etc/asterisk/, var/lib/asterisk/sounds/ and so on.';

function notFreePbx(where: string, tables: ReadonlyMap<string, Table>): MigrateError {
  return new MigrateError({
    code: 'E_SOURCE',
    where,
    why: `it holds ${tables.size} tables, and neither users nor devices is among them: it is no database of FreePBX`,
    hint: "Dump the database 'asterisk' of the old box: mysqldump asterisk > asterisk.sql.",
  });
}

/** Closes the server, too. */
async function readAllTables(server: SqlServer, where: string, o: BoxOptions & { live: boolean }, c: Context): Promise<Map<string, Table>> {
  const sql = await connectSql(server);
  try {
    const tables = await readTables(sql, { decode: textDecoder(o.charset), live: o.live }, (done, of) => {
      throwIfAborted(c.signal);
      c.progress({ step: 'reading tables', done, of });
    });
    if (!tables.has('users') && !tables.has('devices')) throw notFreePbx(where, tables);
    return tables;
  } finally {
    await sql.close();
  }
}

/** Paths are a stranger's: as JSON, a line end in one is no line end of ours. */
function tellLeftOut({ refused, unknown }: LeftOut): Finding[] {
  const told = [...refused].map(([why, paths]) => {
    const [what, was] = paths.length === 1 ? ['An entry', 'was'] : [`${paths.length} entries`, 'were'];
    return finding('ARCHIVE_ENTRY_LEFT_OUT', {
      where: listed(paths, 5),
      means: `${what} of the archive ${was} left out: ${why}. What it held is not carried.`,
    });
  });
  if (unknown.size === 0) return told;
  const files = [...unknown.values()].reduce((sum, n) => sum + n, 0);
  const [what, belongs] = files === 1 ? ['A file', 'belongs'] : [`${files} files`, 'belong'];
  const means = `${what} of the archive ${belongs} to no part of a PBX that is read here, and ${files === 1 ? 'was' : 'were'} not unpacked.`;
  return [...told, finding('ARCHIVE_PART_UNKNOWN', { where: listed([...unknown.keys()].sort(), 20), means })];
}

function listed(paths: readonly string[], most: number): string {
  const shown = paths.slice(0, most).map((path) => JSON.stringify(path.slice(0, 200)));
  return shown.join(', ') + (paths.length > most ? ` and ${paths.length - most} more` : '');
}
