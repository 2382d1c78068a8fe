import { randomBytes } from 'node:crypto';
import { type Connection, createConnection } from 'mysql2/promise';
import { silentContext } from '../../src/context.ts';
import type { Container } from '../../src/engine/container.ts';
import { connectEngine } from '../../src/engine/engine.ts';
import { ensureImage } from '../../src/engine/images.ts';
import { Run } from '../../src/engine/run.ts';
import { mariadbIsUp } from '../../src/engine/wait.ts';

/** One MariaDB that is both boxes: the database `old` as an Elastix left it, and `asteriskcdrdb` of the new PBX. */
export interface HistoryServer {
  readonly container: Container;
  readonly password: string;
  /** Addresses as the command line takes them. */
  readonly from: string;
  readonly to: string;
  /** The new one, of an account that may only read. */
  readonly page: string;
  /** May do anything in both databases; several statements in one query; sql_mode '' as MySQL 5.0 had. */
  readonly db: Connection;
  /** Both databases as after the start. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** @param o.memory size of the tmpfs that holds the tables */
export async function startHistoryServer(o: { longestMs?: number; memory?: string } = {}): Promise<HistoryServer> {
  const context = silentContext();
  const engine = await connectEngine();
  const image = await ensureImage(engine, 'mariadb', context);
  const run = await Run.start(engine, context, { longestMs: o.longestMs ?? 900_000 });
  const password = randomBytes(12).toString('hex');
  const accounts = [
    `CREATE USER 'both'@'%' IDENTIFIED BY '${password}';`,
    `GRANT ALL ON *.* TO 'both'@'%';`,
    `CREATE USER 'reader'@'%' IDENTIFIED BY '${password}';`,
    `GRANT SELECT ON old.* TO 'reader'@'%';`,
    `CREATE USER 'page'@'%' IDENTIFIED BY '${password}';`,
    `GRANT SELECT ON asteriskcdrdb.* TO 'page'@'%';`,
    '',
  ].join('\n');
  const container = await run.container({
    role: 'history',
    image,
    network: await run.network(),
    tmpfs: { '/var/lib/mysql': `size=${o.memory ?? '4g'}` },
    environment: { MARIADB_SQL_MODE: '', MARIADB_THROWAWAY: '1' },
    files: [{ path: '/run/secrets-migrate', entries: [{ path: 'init.sql', content: Buffer.from(accounts), mode: 0o600 }] }],
  });
  await container.waitFor(mariadbIsUp());
  const { port } = await container.forward({ port: 3306 });
  const db = await createConnection({ host: '127.0.0.1', port, user: 'both', password, multipleStatements: true, charset: 'utf8mb4' });
  await db.query("SET sql_mode = ''");
  const server: HistoryServer = {
    container,
    password,
    from: `mysql://reader@127.0.0.1:${port}/old`,
    page: `mysql://page@127.0.0.1:${port}/asteriskcdrdb`,
    to: `mysql://both@127.0.0.1:${port}/asteriskcdrdb`,
    db,
    clear: async () => {
      await db.query('DROP DATABASE IF EXISTS old; DROP DATABASE IF EXISTS asteriskcdrdb');
      await db.query('CREATE DATABASE old CHARACTER SET latin1; CREATE DATABASE asteriskcdrdb CHARACTER SET utf8mb4');
    },
    close: async () => {
      await db.end().catch(() => db.destroy());
      await run.end();
    },
  };
  await server.clear();
  return server;
}
