import { join } from 'node:path';
import { unpackArchive } from '../box/archive.ts';
import { openRecordsDump, RECORDS_DATABASE } from '../box/call-records.ts';
import type { DumpStream } from '../box/dump-stream.ts';
import { type MysqlAddress, readMysqlAddress } from '../box/mysql-address.ts';
import { readPasswordFile } from '../box/password-file.ts';
import { readLimits } from '../box/read-limits.ts';
import { kindOfSource } from '../box/source-file.ts';
import type { SqlServer } from '../box/sql.ts';
import { openTunnel } from '../box/ssh-tunnel.ts';
import { makeTemporaryFolder } from '../box/temporary-folder.ts';
import { readTimeZone } from '../box/time-zone.ts';
import type { Context } from '../context.ts';
import { MigrateError } from '../error.ts';
import { queueLog } from './queue-log.ts';
import { queueLogDump } from './queue-log-file.ts';
import type { HistoryTable } from './table.ts';

/** Where the old call records are read. */
export interface HistorySource {
  readonly server: SqlServer;
  /** IANA name, or null where nothing told. */
  readonly timeZone: string | null;
  /** It is nothing but the queues' log. */
  readonly isQueueLog?: true;
}

export interface SourceOptions {
  /** Of the account on a live server. */
  readonly password: string;
  /** File whose first line is that password; it wins. */
  readonly passwordFile?: string;
  /** user@host of a machine from which that server can be reached, for a tunnel by ssh. */
  readonly via?: string;
  /** IANA zone of the old box; wins over what the box says. */
  readonly timeZone?: string;
  /** Tables that will be read along their time. */
  readonly tables: readonly HistoryTable[];
}

/** A dump of ten million rows is loaded and read within hours. */
const LONGEST_MS = 24 * 3600_000;

/**
 * Opens mysql://user@host:port/asteriskcdrdb, a dump of that database, or a box folder, backup or collected archive that holds one.
 * @throws MigrateError E_SOURCE, E_ARCHIVE, E_ARCHIVE_LIMIT, E_DUMP, E_TUNNEL, E_NO_ENGINE, E_NO_SPACE; Interrupted
 */
export async function openHistorySource(source: string, o: SourceOptions, c: Context): Promise<HistorySource> {
  const live = readMysqlAddress(source);
  if (live !== null) return { server: await liveServer(live, o, c), timeZone: o.timeZone ?? null };
  if ((await kindOfSource(source)) !== 'archive') return openOnDisc(source, source, o, c);
  const folder = await makeTemporaryFolder();
  try {
    c.progress({ step: 'unpacking the archive' });
    await unpackArchive(source, folder.path, readLimits(), c, 'call-records');
    return await openOnDisc(folder.path, source, o, c);
  } finally {
    // the dump is in a database by then
    await folder.remove();
  }
}

/** A dump or a box folder. @param shown what a person calls it */
async function openOnDisc(source: string, shown: string, o: SourceOptions, c: Context): Promise<HistorySource> {
  const dump = await openRecordsDump(source, shown);
  const timeZone = o.timeZone ?? (await readTimeZone(join(source, 'etc')));
  c.progress({ step: 'loading the dump' });
  return { server: await load(dump, timeZone, o.tables, c), timeZone };
}

/**
 * Files of the queues' log, which count seconds since 1970: the old box's zone makes them the times of its call records.
 * @throws MigrateError E_TIME_ZONE where nothing told the zone; E_QUEUE_LOG; as openHistorySource
 */
export async function openQueueLog(paths: readonly string[], timeZone: string | null, c: Context): Promise<HistorySource> {
  if (timeZone === null) {
    const why = "the queues' log counts seconds since 1970, and nothing tells the zone of the old box";
    throw new MigrateError({ code: 'E_TIME_ZONE', where: paths[0] ?? '', why, hint: 'Name it: --time-zone Europe/Moscow.' });
  }
  c.progress({ step: "loading the queues' log" });
  return { server: await load(await queueLogDump(paths), timeZone, [queueLog], c), timeZone, isQueueLog: true };
}

async function load(dump: DumpStream, timeZone: string | null, tables: readonly HistoryTable[], c: Context): Promise<SqlServer> {
  // Docker's client takes memory that the copy of a live server does without
  const { openThrowawayDatabase } = await import('../engine/throwaway-database.ts');
  const keys = tables.map(({ name: table, time: column }) => ({ table, column }));
  return openThrowawayDatabase(
    dump,
    { database: RECORDS_DATABASE, keepIn: 'disk', timeZone: timeZone ?? undefined, keys, longestMs: LONGEST_MS },
    c,
  );
}

async function liveServer(address: MysqlAddress, o: SourceOptions, c: Context): Promise<SqlServer> {
  const password = o.passwordFile === undefined ? o.password : await readPasswordFile(o.passwordFile);
  if (o.via === undefined) return { ...address, password, close: async () => undefined };
  const tunnel = await openTunnel(o.via, address, c.signal);
  return { ...address, host: '127.0.0.1', port: tunnel.port, password, close: () => tunnel.close() };
}
