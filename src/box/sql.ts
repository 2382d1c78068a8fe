import { type Connection, createConnection } from 'mysql2/promise';
import { MigrateError } from '../error.ts';
import { assertReadOnly } from './sql-guard.ts';

/** Where a MySQL or MariaDB answers that holds the box's tables. */
export interface SqlServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** Ends what was started for it, if anything was. */
  close(): Promise<void>;
}

/** Raw cells, as the server holds them: no charset is converted on the way. */
export type Cell = Uint8Array | null;

export interface Sql {
  query(statement: string): Promise<Cell[][]>;
  close(): Promise<void>;
}

/**
 * One connection, charset BINARY, text protocol, every statement through the guard.
 * @throws MigrateError E_SQL_CONNECT, E_SQL (a statement failed), E_SQL_REFUSED
 */
export async function connectSql(server: SqlServer): Promise<Sql> {
  const connection = await connect(server);
  return {
    query: async (statement) => {
      assertReadOnly(statement);
      try {
        // typeCast false: bytes as they came
        const [rows] = await connection.query({ sql: statement, rowsAsArray: true, typeCast: false });
        return rows as unknown as Cell[][];
      } catch (cause) {
        throw new MigrateError({
          code: 'E_SQL',
          where: statement,
          why: message(cause),
          hint: 'See whether the account may SELECT from this table, and whether the table is damaged (CHECK TABLE).',
          cause,
        });
      }
    },
    close: async () => {
      await connection.end().catch(() => connection.destroy());
      await server.close();
    },
  };
}

async function connect(server: SqlServer): Promise<Connection> {
  try {
    return await createConnection({
      host: server.host,
      port: server.port,
      user: server.user,
      password: server.password,
      database: server.database,
      charset: 'BINARY',
      multipleStatements: false,
      flags: ['-LOCAL_FILES'],
      supportBigNumbers: true,
      dateStrings: true,
      connectTimeout: 20_000,
    });
  } catch (cause) {
    await server.close();
    if (wantsOldPassword(cause)) throw oldPassword(server, cause);
    throw new MigrateError({
      code: 'E_SQL_CONNECT',
      where: `${server.host}:${server.port}`,
      why: message(cause),
      hint: 'See that the server runs and that the account may log in from here.',
      cause,
    });
  }
}

/**
 * CentOS 5 has old_passwords=1 in my.cnf: accounts with hashes of 16 digits, which MySQL 4.1 replaced. Such a server asks for them with a lone
 * byte 0xFE in place of a plugin's name, later ones by the name mysql_old_password, and some refuse at once (error 1251).
 */
function wantsOldPassword(cause: unknown): boolean {
  const { code, errno } = cause as { code?: unknown; errno?: unknown };
  if (code === 'ER_NOT_SUPPORTED_AUTH_MODE' || errno === 1251) return true;
  return code === 'AUTH_SWITCH_PLUGIN_ERROR' && /unknown plugin (?:mysql_old_password|[^a-z]|$)/.test(message(cause));
}

function oldPassword(server: SqlServer, cause: unknown): MigrateError {
  return new MigrateError({
    code: 'E_SQL_OLD_PASSWORD',
    where: `${server.user}@${server.host}:${server.port}`,
    why: 'the account has a password of the kind that MySQL 4.0 made (old_passwords=1), which can be read by whoever listens, so no client of today sends it',
    hint:
      "Either make an account for reading on the old box: SET SESSION old_passwords=0; GRANT SELECT ON asterisk.* TO 'migrate'@'localhost' IDENTIFIED BY '...'; " +
      'or take a dump there, mysqldump asterisk > asterisk.sql, and give that.',
    cause,
  });
}

function message(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
