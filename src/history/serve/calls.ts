import { createPool, type Pool, type RowDataPacket } from 'mysql2/promise';
import type { MysqlAddress } from '../../box/mysql-address.ts';
import { MigrateError } from '../../error.ts';
import { type FilePath, pathOf } from '../file-path.ts';
import { type Cursor, type Search, searchStatement } from './search.ts';

/** A call record, as the page shows it. */
export interface Call {
  readonly id: string;
  /** 'YYYY-MM-DD HH:MM:SS', local time of the PBX. */
  readonly calldate: string;
  readonly clid: string;
  readonly src: string;
  readonly dst: string;
  readonly did: string;
  /** Telephone or trunk of either side; '' where there is none. */
  readonly callerDevice: string;
  readonly calledDevice: string;
  /** Seconds, all of it and the talk. */
  readonly duration: number;
  readonly billsec: number;
  readonly disposition: string;
  readonly uniqueid: string;
  readonly recordingfile: string;
  /** A recording belongs to it, here or in the archive, as far as the database knows. */
  readonly isRecorded: boolean;
}

export interface CallPage {
  /** Newest first. */
  readonly calls: readonly Call[];
  /** Where the pages beside it begin; null at either end. */
  readonly older: Cursor | null;
  readonly newer: Cursor | null;
}

/** A search took longer than the database is let work on one. */
export class SearchTooLong extends Error {}

/** A search by a part of a number reads on until it has a page full: not for ever. */
const LONGEST_SECONDS = 20;
const CONNECTIONS = 8;
const TOO_LONG = 1969;
const COLUMNS = `id, DATE_FORMAT(calldate, '%Y-%m-%d %H:%i:%s') AS calldate, clid, src, dst, did, caller_device AS callerDevice,
  called_device AS calledDevice, duration, billsec, disposition, uniqueid, recordingfile`;
const IS_RECORDED =
  "(recordingfile NOT IN ('', 'deleted') OR EXISTS (SELECT 1 FROM recording WHERE recording.cdr_id = cdr.id)) AS isRecorded";
const EXPORTED_AT_ONCE = 1000;

/** Calls and recordings of the new database, read only. Values reach it as parameters alone. */
export class Calls {
  readonly #pool: Pool;

  private constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** @throws MigrateError E_SQL_CONNECT; E_SCHEMA where the tables are not those of migrations/ */
  static async open(address: MysqlAddress, password: string): Promise<Calls> {
    const { host, port, user, database } = address;
    const settings = {
      charset: 'utf8mb4',
      dateStrings: true,
      connectionLimit: CONNECTIONS,
      flags: ['-LOCAL_FILES'],
      supportBigNumbers: true,
    };
    const pool = createPool({ host, port, user, password, database, bigNumberStrings: true, connectTimeout: 20_000, ...settings });
    pool.on('connection', (connection) => {
      void connection.query(`SET SESSION max_statement_time = ${LONGEST_SECONDS}`);
      void connection.query('SET SESSION TRANSACTION READ ONLY');
    });
    const calls = new Calls(pool);
    try {
      await pool.query(`SELECT caller_device, called_device FROM cdr LIMIT 0`);
      await pool.query(`SELECT path, source_path, name, cdr_id FROM recording LIMIT 0`);
      return calls;
    } catch (cause) {
      await calls.close();
      throw cannotRead(cause, `${host}:${port}/${database}`);
    }
  }

  async page(search: Search, rows: number): Promise<CallPage> {
    // one more than the page holds tells whether there is another
    const found = await this.#search(search, rows + 1);
    const isMore = found.length > rows;
    const calls = found.slice(0, rows);
    const goesUp = search.at?.way === 'newer';
    if (goesUp) calls.reverse();
    const [first, last] = [calls[0], calls.at(-1)];
    const isAfterCursor = search.at !== null;
    return {
      calls,
      older: last !== undefined && (goesUp || isMore) ? { way: 'older', calldate: last.calldate, id: last.id } : null,
      newer: first !== undefined && (goesUp ? isMore : isAfterCursor) ? { way: 'newer', calldate: first.calldate, id: first.id } : null,
    };
  }

  /** All calls of a search, newest first, a thousand at a time. */
  async *all(search: Search): AsyncGenerator<readonly Call[]> {
    for (let at: Cursor | null = null; ; ) {
      const calls = await this.#search({ ...search, at }, EXPORTED_AT_ONCE);
      const last = calls.at(-1);
      if (last !== undefined) yield calls;
      if (last === undefined || calls.length < EXPORTED_AT_ONCE) return;
      at = { way: 'older', calldate: last.calldate, id: last.id };
    }
  }

  async byId(id: string): Promise<Call | null> {
    const [call] = await this.#calls(`SELECT ${COLUMNS}, ${IS_RECORDED} FROM cdr WHERE id = ?`, [id]);
    return call ?? null;
  }

  /** Calls of a uniqueid, those that name a recording first. @param name of the recording; '' for any */
  async byUniqueid(uniqueid: string, name: string): Promise<Call[]> {
    const order = "ORDER BY recordingfile LIKE ? ESCAPE '|' DESC, recordingfile NOT IN ('', 'deleted') DESC, calldate, id LIMIT 20";
    const ending = `%${name.replaceAll(/[|%_]/g, '|$&')}`;
    return this.#calls(`SELECT ${COLUMNS}, ${IS_RECORDED} FROM cdr WHERE uniqueid = ? ${order}`, [uniqueid, ending]);
  }

  /** Where recordings lie below the archive: of this call; of this path or name below the folder that was archived. */
  async archivedOf(o: { readonly id: string } | { readonly source: FilePath; readonly stem: FilePath }): Promise<FilePath[]> {
    const byCall = 'SELECT path FROM recording WHERE cdr_id = ? ORDER BY id LIMIT 20';
    const byName = 'SELECT path FROM recording WHERE name = ? ORDER BY source_path = ? DESC, id LIMIT 20';
    const rows = 'id' in o ? await this.#rows(byCall, [o.id]) : await this.#rows(byName, [o.stem, o.source]);
    return rows.map((row) => pathOf(row['path'] as string));
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  async #search(search: Search, rows: number): Promise<Call[]> {
    const { sql, values } = searchStatement(search, rows);
    const order = search.at?.way === 'newer' ? 'ORDER BY cdr.calldate, cdr.id' : 'ORDER BY cdr.calldate DESC, cdr.id DESC';
    const columns = COLUMNS.replace('id,', 'cdr.id,').replace('calldate,', 'cdr.calldate,');
    return this.#calls(`SELECT ${columns}, ${IS_RECORDED} FROM (${sql}) AS found JOIN cdr ON cdr.id = found.id ${order}`, values);
  }

  async #calls(sql: string, values: readonly string[]): Promise<Call[]> {
    const rows = await this.#rows(sql, values);
    return rows.map((row) => ({
      ...(row as Omit<Call, 'id' | 'isRecorded'>),
      id: String(row['id']),
      callerDevice: (row['callerDevice'] as string | null) ?? '',
      calledDevice: (row['calledDevice'] as string | null) ?? '',
      isRecorded: Number(row['isRecorded']) === 1,
    }));
  }

  async #rows(sql: string, values: readonly (string | Buffer)[]): Promise<RowDataPacket[]> {
    try {
      return (await this.#pool.execute<RowDataPacket[]>(sql, [...values]))[0];
    } catch (cause) {
      if ((cause as { errno?: number }).errno === TOO_LONG) throw new SearchTooLong('the search takes too long', { cause });
      throw cause;
    }
  }
}

function cannotRead(cause: unknown, where: string): MigrateError {
  const { errno, message } = cause as { errno?: number; message?: string };
  const isSchema = [1054, 1146].includes(errno ?? 0);
  return new MigrateError({
    code: isSchema ? 'E_SCHEMA' : 'E_SQL_CONNECT',
    where,
    why: message ?? String(cause),
    hint: isSchema
      ? 'Bring it to the schema of migrations/: `migrate cdr copy` does, and so does `mariadb < migrations/0005-search.sql` after those before it.'
      : 'See that MariaDB runs, that the account may SELECT from asteriskcdrdb, and that MIGRATE_TARGET_PASSWORD or --password-file holds its password.',
    exit: 3,
    cause,
  });
}
