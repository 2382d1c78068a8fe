import { type Connection, createConnection } from 'mysql2/promise';
import type { MysqlAddress } from '../box/mysql-address.ts';
import { Interrupted, MigrateError } from '../error.ts';
import { bringUpToDate } from './schema.ts';

const DATABASE = 'asteriskcdrdb';
/** A copy that was killed holds its lock until the server has seen the end of its connection. */
const LOCK_SECONDS = 60;
/** Strict: what does not fit is an error, and never cut in silence. */
const SQL_MODE = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,NO_ENGINE_SUBSTITUTION';

/** The new database of call records and recordings, brought to our schema. */
export class HistoryDatabase {
  /** The one connection that writes; it holds the lock that keeps other copies out. */
  readonly writer: Connection;
  readonly #address: MysqlAddress;
  readonly #password: string;
  readonly #open: Connection[];

  private constructor(address: MysqlAddress, password: string, writer: Connection) {
    this.writer = writer;
    this.#address = address;
    this.#password = password;
    this.#open = [writer];
  }

  /**
   * @throws MigrateError E_SQL_CONNECT, E_TARGET for another database than asteriskcdrdb, E_BUSY where another copy is at work, E_SCHEMA,
   * E_SCHEMA_NEWER
   */
  static async open(
    address: MysqlAddress,
    password: string,
    lock: 'cdr copy' | 'recordings archive',
    signal: AbortSignal,
  ): Promise<HistoryDatabase> {
    if (address.database !== DATABASE) {
      throw new MigrateError({
        code: 'E_TARGET',
        where: address.database,
        why: `the new call records live in ${DATABASE}, where Asterisk writes them`,
        hint: `Write the target as mysql://user@host:3306/${DATABASE}.`,
      });
    }
    const writer = await connect(address, password);
    const database = new HistoryDatabase(address, password, writer);
    const give = (): void => writer.destroy();
    signal.addEventListener('abort', give, { once: true });
    try {
      await database.#takeLock(lock);
      await database.#migrate();
      return database;
    } catch (error) {
      await database.close();
      throw signal.aborted ? new Interrupted() : error;
    } finally {
      signal.removeEventListener('abort', give);
    }
  }

  /** One more connection, closed with the rest. */
  async connection(): Promise<Connection> {
    const more = await connect(this.#address, this.#password);
    this.#open.push(more);
    return more;
  }

  async close(): Promise<void> {
    for (const connection of this.#open) await connection.end().catch(() => connection.destroy());
  }

  /** Several statements in one query are for our own files alone. */
  async #migrate(): Promise<void> {
    const connection = await connect(this.#address, this.#password, true);
    try {
      await bringUpToDate(connection);
    } finally {
      await connection.end();
    }
  }

  async #takeLock(lock: string): Promise<void> {
    const [got] = await rows(this.writer, `SELECT GET_LOCK('migrate ${lock}', ${LOCK_SECONDS})`);
    if (got?.[0] === '1') return;
    throw new MigrateError({
      code: 'E_BUSY',
      where: `${this.#address.host}:${this.#address.port}`,
      why: `another 'migrate ${lock}' is at work on this database`,
      hint: 'Wait until it is done.',
    });
  }
}

/** Rows of an answer as text. @throws MigrateError E_SQL_TARGET */
export async function rows(connection: Connection, statement: string): Promise<(string | null)[][]> {
  const asText = { rowsAsArray: true, typeCast: (field: { string(): string | null }) => field.string() };
  const [answer] = await connection.query({ sql: statement, ...asText }).catch(refused);
  return answer as unknown as (string | null)[][];
}

/** A statement without an answer. @throws MigrateError E_SQL_TARGET */
export async function run(connection: Connection, statement: string): Promise<void> {
  await connection.query(statement).catch(refused);
}

/** All statements or none. @throws MigrateError E_SQL_TARGET */
export async function transaction(connection: Connection, statements: readonly string[]): Promise<void> {
  const [only] = statements;
  // one statement is whole by itself, and asks the server once and not three times
  if (statements.length === 1 && only !== undefined) return run(connection, only);
  await run(connection, 'START TRANSACTION');
  try {
    for (const statement of statements) await run(connection, statement);
    await run(connection, 'COMMIT');
  } catch (error) {
    await connection.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

const LONGEST_REASON = 300;

function refused(cause: unknown): never {
  throw new MigrateError({
    code: 'E_SQL_TARGET',
    where: DATABASE,
    why: (cause instanceof Error ? cause.message : String(cause)).slice(0, LONGEST_REASON),
    hint: 'See that the new server runs, has room, and that the account has ALL on asteriskcdrdb; then run it again: it goes on where it was.',
    exit: 3,
    cause,
  });
}

/** Statements come whole; to look for placeholders in megabytes of rows takes long. */
function asItIs(statement: string): string {
  return statement;
}

async function connect(address: MysqlAddress, password: string, multipleStatements = false): Promise<Connection> {
  const where = `${address.host}:${address.port}`;
  try {
    const { host, port, user, database } = address;
    const settings = { charset: 'utf8mb4', multipleStatements, flags: ['-LOCAL_FILES'], connectTimeout: 20_000, queryFormat: asItIs };
    const connection = await createConnection({ host, port, user, password, database, ...settings });
    await connection.query(`SET SESSION sql_mode = '${SQL_MODE}'`);
    return connection;
  } catch (cause) {
    throw new MigrateError({
      code: 'E_SQL_CONNECT',
      where,
      why: cause instanceof Error ? cause.message : String(cause),
      hint: 'See that MariaDB runs, that the database asteriskcdrdb exists, and that MIGRATE_TARGET_PASSWORD is the password.',
      cause,
    });
  }
}
