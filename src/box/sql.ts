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
    throw new MigrateError({
      code: 'E_SQL_CONNECT',
      where: `${server.host}:${server.port}`,
      why: message(cause),
      hint: 'See that the server runs and that the account may log in from here.',
      cause,
    });
  }
}

function message(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
