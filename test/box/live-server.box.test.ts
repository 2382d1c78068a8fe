import { type Connection, createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { textDecoder } from '../../src/box/charset.ts';
import { connectSql, type Sql } from '../../src/box/sql.ts';
import { readTables, type Table } from '../../src/box/tables.ts';
import { silentContext } from '../../src/context.ts';
import { connectEngine } from '../../src/engine/engine.ts';
import { ensureImage } from '../../src/engine/images.ts';
import { Run } from '../../src/engine/run.ts';
import { mariadbIsUp } from '../../src/engine/wait.ts';

// A server that goes on working while it is read, as an old box does.

let run: Run;
let port: number;
/** Who writes while we read: the box's own pages. */
let pages: Connection;

const ACCOUNTS = [
  'CREATE DATABASE asterisk CHARACTER SET latin1;',
  "CREATE USER 'reader'@'%' IDENTIFIED BY 'r';",
  'GRANT SELECT ON asterisk.* TO reader;',
  "CREATE USER 'pages'@'%' IDENTIFIED BY 'p';",
  'GRANT ALL ON asterisk.* TO pages;',
  '',
].join('\n');

beforeAll(async () => {
  const context = silentContext();
  const engine = await connectEngine();
  run = await Run.start(engine, context, { longestMs: 10 * 60_000 });
  const container = await run.container({
    role: 'live-db',
    image: await ensureImage(engine, 'mariadb', context),
    network: await run.network(),
    environment: { MARIADB_SQL_MODE: '', MARIADB_THROWAWAY: '1' },
    command: ['--default-storage-engine=MyISAM'],
    files: [{ path: '/run/secrets-migrate', entries: [{ path: 'init.sql', content: Buffer.from(ACCOUNTS), mode: 0o600 }] }],
  });
  await container.waitFor(mariadbIsUp());
  ({ port } = await container.forward({ port: 3306 }));
  pages = await createConnection({ host: '127.0.0.1', port, user: 'pages', password: 'p', database: 'asterisk' });
});
afterAll(async () => {
  await pages?.end();
  await run?.end();
});
beforeEach(async () => {
  await pages.query('DROP TABLE IF EXISTS users, large');
  await pages.query('CREATE TABLE users (extension varchar(20), name varchar(50))');
  await pages.query("INSERT INTO users VALUES ('101', 'Anna')");
});

/** Reads all tables; `meanwhile` is told each statement once it was answered. */
async function read(meanwhile: (statement: string) => Promise<unknown>): Promise<Map<string, Table>> {
  const sql = await connectSql({
    host: '127.0.0.1',
    port,
    user: 'reader',
    password: 'r',
    database: 'asterisk',
    close: async () => undefined,
  });
  const watched: Sql = {
    ...sql,
    query: async (statement) => {
      const rows = await sql.query(statement);
      await meanwhile(statement);
      return rows;
    },
  };
  try {
    return await readTables(watched, { decode: textDecoder(), live: true }, () => undefined);
  } finally {
    await sql.close();
  }
}

const isRead = (statement: string): boolean => statement.includes('SQL_BUFFER_RESULT') && statement.includes('`users`');

describe('a live server', () => {
  it('is read again where it was written to meanwhile', async () => {
    let written = false;
    const tables = await read(async (statement) => {
      if (written || !isRead(statement)) return;
      written = true;
      // the same number of rows: only the time of the table tells
      await pages.query("UPDATE users SET name = 'Berta'");
    });
    expect(tables.get('users')).toMatchObject({ rows: [['101', 'Berta']], count: 1, moved: false });
  });

  it('is told to have moved where it was written to each time', async () => {
    let n = 0;
    const tables = await read(async (statement) => {
      if (isRead(statement)) await pages.query('UPDATE users SET name = ?', [`name ${n++}`]);
    });
    expect(n).toBeLessThan(10);
    expect(tables.get('users')?.moved).toBe(true);
  });

  it('is asked for few rows at a time, buffered on its side, and gives them all', async () => {
    await pages.query('CREATE TABLE large (id int PRIMARY KEY, data varchar(20))');
    await pages.query('INSERT INTO large SELECT seq, CONCAT("row ", seq) FROM seq_1_to_5000');
    const asked: string[] = [];
    const tables = await read(async (statement) => void asked.push(statement));
    const ids = tables.get('large')?.rows.map((row) => Number(row[0]));
    expect(ids).toEqual(Array.from({ length: 5000 }, (_, i) => i + 1));
    for (const statement of asked.filter((s) => / FROM `/.test(s) && !/COUNT|COLUMNS/.test(s)))
      expect(statement).toMatch(/^SELECT SQL_BUFFER_RESULT .* LIMIT \d+, 2000$/);
  });
});
