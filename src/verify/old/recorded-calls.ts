import { unpackArchive } from '../../box/archive.ts';
import type { BoxOptions } from '../../box/box.ts';
import { openRecordsDump, RECORDS_DATABASE } from '../../box/call-records.ts';
import { decodeText } from '../../box/charset.ts';
import { readMysqlAddress } from '../../box/mysql-address.ts';
import { readLimits } from '../../box/read-limits.ts';
import { kindOfSource } from '../../box/source-file.ts';
import { type Cell, connectSql, type Sql } from '../../box/sql.ts';
import { makeTemporaryFolder } from '../../box/temporary-folder.ts';
import type { Context } from '../../context.ts';
import { openThrowawayDatabase } from '../../engine/throwaway-database.ts';
import { Interrupted, MigrateError } from '../../error.ts';
import { CALL_COLUMNS, type CallRow } from '../call-row.ts';

/** The youngest rows are enough to see what is usual. */
const MOST_ROWS = 20_000;
/** A dump beyond that takes longer to load than all calls take. */
const MOST_BYTES = 256 * 1024 ** 2;
const LONGEST_MS = 600_000;

/** The youngest call records of an old box, or why there are none. @throws Interrupted */
export async function readRecordedCalls(source: string, o: BoxOptions, c: Context): Promise<CallRow[] | string> {
  try {
    const named = o.files ?? source;
    if (readMysqlAddress(named) !== null) return 'a live server is not asked for its call records';
    const kind = await kindOfSource(named);
    if (kind === 'folder') return await readFolder(named, named, c);
    if (kind !== 'archive') return 'the source holds no call records';
    const unpacked = await makeTemporaryFolder();
    try {
      await unpackArchive(named, unpacked.path, readLimits(o.limits), c, 'call-records');
      return await readFolder(unpacked.path, named, c);
    } finally {
      await unpacked.remove();
    }
  } catch (error) {
    if (error instanceof Interrupted || !(error instanceof MigrateError)) throw error;
    return error.code === 'E_SOURCE' ? 'the source holds no call records' : error.message;
  }
}

async function readFolder(folder: string, shown: string, c: Context): Promise<CallRow[] | string> {
  const dump = await openRecordsDump(folder, shown);
  if (dump.aboutBytes > MOST_BYTES) {
    dump.sql.destroy();
    return 'they are too many to be read beside the calls';
  }
  const sql = await connectSql(
    await openThrowawayDatabase(dump, { database: RECORDS_DATABASE, keepIn: 'memory', longestMs: LONGEST_MS }, c),
  );
  try {
    return await rowsIn(sql);
  } finally {
    await sql.close();
  }
}

async function rowsIn(sql: Sql): Promise<CallRow[]> {
  const has = new Set((await sql.query('SHOW COLUMNS FROM cdr')).map(([name]) => textOf(name).toLowerCase()));
  const columns = CALL_COLUMNS.map((name) => (has.has(name) ? name : "''")).join(', ');
  const rows = await sql.query(`SELECT calldate, duration, ${columns} FROM cdr ORDER BY calldate DESC LIMIT ${MOST_ROWS}`);
  const read = rows.map(([calldate, duration, ...cells]) => {
    const start = Date.parse(`${textOf(calldate).replace(' ', 'T')}Z`) / 1000;
    const texts = Object.fromEntries(CALL_COLUMNS.map((name, i) => [name, textOf(cells[i])])) as Record<
      (typeof CALL_COLUMNS)[number],
      string
    >;
    return { start, end: start + Number(textOf(duration)), ...texts };
  });
  // '0000-00-00 00:00:00' is no time
  return read.filter((row) => Number.isFinite(row.start));
}

function textOf(cell: Cell | undefined): string {
  return cell === null || cell === undefined ? '' : decodeText(cell).text;
}
