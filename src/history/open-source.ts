import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openDumpPieces } from '../box/dump-pieces.ts';
import { type DumpStream, openDumpStream } from '../box/dump-stream.ts';
import { readMysqlAddress } from '../box/mysql-address.ts';
import type { SqlServer } from '../box/sql.ts';
import { readTimeZone } from '../box/time-zone.ts';
import type { Context } from '../context.ts';
import { MigrateError } from '../error.ts';

/** Where the old call records are read. */
export interface HistorySource {
  readonly server: SqlServer;
  /** IANA name, or null where nothing told. */
  readonly timeZone: string | null;
  /** People call through it while it is read. */
  readonly isLive: boolean;
}

const DATABASE = 'asteriskcdrdb';
const DUMPS = [`${DATABASE}.sql`, `${DATABASE}.sql.gz`];
/** A dump of ten million rows is loaded and read within hours. */
const LONGEST_MS = 24 * 3600_000;

/**
 * Opens mysql://user@host:port/asteriskcdrdb, a dump of that database, or a box folder that holds one.
 * @throws MigrateError E_SOURCE, E_DUMP, E_NO_ENGINE, E_NO_SPACE
 */
export async function openHistorySource(source: string, o: { password: string; timeZone?: string }, c: Context): Promise<HistorySource> {
  const live = readMysqlAddress(source);
  if (live !== null) {
    const server = { ...live, password: o.password, close: async () => undefined };
    return { server, timeZone: o.timeZone ?? null, isLive: true };
  }
  const dump = await openDump(source);
  const timeZone = o.timeZone ?? (await readTimeZone(join(source, 'etc')));
  c.progress({ step: 'loading the dump' });
  // Docker's client takes memory that the copy of a live server does without
  const { openThrowawayDatabase } = await import('../engine/throwaway-database.ts');
  const server = await openThrowawayDatabase(
    dump,
    { database: DATABASE, keepIn: 'disk', timeZone: timeZone ?? undefined, longestMs: LONGEST_MS },
    c,
  );
  return { server, timeZone, isLive: false };
}

/** The collector dumps a large database by the month, into a folder of its own. */
async function openDump(source: string): Promise<DumpStream> {
  return (await openDumpPieces(join(source, DATABASE), DATABASE)) ?? openDumpStream(await dumpOf(source), DATABASE);
}

async function dumpOf(source: string): Promise<string> {
  const found = await stat(source).catch(() => null);
  if (found?.isFile() === true && /\.sql(\.gz)?$/.test(source)) return source;
  if (found?.isDirectory() === true) {
    for (const name of DUMPS) {
      const path = join(source, name);
      if ((await stat(path).catch(() => null))?.isFile() === true) return path;
    }
  }
  throw new MigrateError({
    code: 'E_SOURCE',
    where: source,
    why: found === null ? 'there is no such file or folder' : 'it holds no dump of the call records',
    hint: `Name mysql://user@host:3306/asteriskcdrdb, a dump (.sql, .sql.gz), or a folder with ${DUMPS.join(' or ')} or ${DATABASE}/YYYY-MM.sql.gz.`,
  });
}
