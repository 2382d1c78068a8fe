import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { MigrationError, Umzug, type UmzugStorage } from 'umzug';
import { MigrateError } from '../error.ts';

const FOLDER = fileURLToPath(new URL('../../migrations/', import.meta.url));
const APPLIED = 'history_migration';

/**
 * Brings the database to the schema of migrations/. What the bare client applied before is applied again without harm.
 * @param connection may hold several statements in one query
 * @throws MigrateError E_SCHEMA_NEWER where a later release of the kit was here, E_SCHEMA where a migration fails
 */
export async function bringUpToDate(connection: Connection): Promise<void> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort();
  await connection.query(`CREATE TABLE IF NOT EXISTS ${APPLIED} (name VARCHAR(100) NOT NULL PRIMARY KEY, applied DATETIME NOT NULL)`);
  const storage = storageIn(connection);
  const unknown = (await storage.executed({ context: connection })).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new MigrateError({
      code: 'E_SCHEMA_NEWER',
      where: APPLIED,
      why: `the database holds '${unknown}', which this release of migrate does not know`,
      hint: 'Take the release that was used last, or a later one.',
    });
  }
  const umzug = new Umzug({
    migrations: names.map((name) => ({
      name,
      up: async () => void (await connection.query(await readFile(join(FOLDER, name), 'utf8'))),
    })),
    context: connection,
    storage,
    logger: undefined,
  });
  await umzug.up().catch((cause: unknown) => {
    if (!(cause instanceof MigrationError)) throw cause;
    const why = cause.cause instanceof Error ? cause.cause.message : cause.message;
    throw new MigrateError({
      code: 'E_SCHEMA',
      where: `migrations/${cause.migration.name}`,
      why,
      hint: 'The account must be allowed to CREATE, ALTER and CREATE VIEW in asteriskcdrdb.',
      cause,
    });
  });
}

function storageIn(connection: Connection): UmzugStorage<Connection> {
  return {
    logMigration: async ({ name }) => void (await connection.execute(`INSERT INTO ${APPLIED} VALUES (?, NOW())`, [name])),
    unlogMigration: async ({ name }) => void (await connection.execute(`DELETE FROM ${APPLIED} WHERE name = ?`, [name])),
    executed: async () => {
      const [rows] = await connection.query<RowDataPacket[]>(`SELECT name FROM ${APPLIED} ORDER BY name`);
      return rows.map((row) => row['name'] as string);
    },
  };
}
