import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { RowDataPacket } from 'mysql2/promise';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../lab/command.ts';
import { type HistoryServer, startHistoryServer } from './history-server.ts';
import { addOldRow, fillOldCdr, makeOldCdr } from './old-cdr.ts';

const ROWS = 60_000;
const KILLS = 20;

let server: HistoryServer;
let out: string;
beforeAll(async () => {
  server = await startHistoryServer();
  out = await mkdtemp(join(tmpdir(), 'migrate-killed-'));
});
afterAll(async () => {
  await server.close();
  await rm(out, { recursive: true });
});

function copy(...more: string[]): ReturnType<typeof migrate> {
  const passwords = { MIGRATE_MYSQL_PASSWORD: server.password, MIGRATE_TARGET_PASSWORD: server.password };
  return migrate(['cdr', 'copy', server.from, '--to', server.to, '-o', out, '--json', ...more], passwords);
}

async function numberOf(query: string): Promise<number> {
  const [rows] = await server.db.query<RowDataPacket[]>(query);
  return Number(Object.values(rows[0] ?? {})[0]);
}

async function copied(): Promise<number> {
  const there = await numberOf(
    "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'asteriskcdrdb' AND table_name = 'cdr'",
  );
  return there === 0 ? 0 : numberOf('SELECT COUNT(*) FROM asteriskcdrdb.cdr');
}

/** Rows of which one side has more than the other, asked of the tables themselves. */
function unequal(): Promise<number> {
  const rows = (table: string, sign: string): string => `SELECT calldate, uniqueid, channel, ${sign} AS n FROM ${table}`;
  return numberOf(`SELECT COUNT(*) FROM (SELECT SUM(n) AS d FROM (${rows('old.cdr', '1')} UNION ALL ${rows('asteriskcdrdb.cdr', '-1')}) AS both_sides
    GROUP BY calldate, uniqueid, channel HAVING d <> 0) AS differing`);
}

/** Rows that the new table has more often than the old one. */
function doubled(): Promise<number> {
  const rows = (table: string, sign: string): string => `SELECT calldate, uniqueid, channel, ${sign} AS n FROM ${table}`;
  return numberOf(`SELECT COUNT(*) FROM (SELECT SUM(n) AS d FROM (${rows('old.cdr', '1')} UNION ALL ${rows('asteriskcdrdb.cdr', '-1')}) AS both_sides
    GROUP BY calldate, uniqueid, channel HAVING d < 0) AS doubled`);
}

test('a copy that is interrupted ends with 130, and the next one goes on', async () => {
  await server.clear();
  await makeOldCdr(server);
  await fillOldCdr(server, 5000);
  const slow = copy('--rate', '2000');
  while ((await copied()) === 0) await pause(10);
  slow.process.kill('SIGINT');
  expect(await slow.ended).toBe(130);
  const before = await copied();
  expect(before).toBeLessThan(5000);
  const rest = copy();
  expect(await rest.ended).toBe(0);
  expect(JSON.parse(rest.out()).cdr).toMatchObject({ copied: 5000 - before, unproved: 0 });
});

test('a copy that is killed twenty times at random moments loses no call and doubles none', { timeout: 300_000 }, async () => {
  await server.clear();
  await makeOldCdr(server);
  await fillOldCdr(server, ROWS);
  for (let n = 0; n < 50; n++) await addOldRow(server, { calldate: '2013-01-03 10:00:00', uniqueid: 'twin.1', src: '101' });
  let inTheMiddle = 0;
  for (let kill = 0; inTheMiddle < KILLS; kill++) {
    expect(kill, 'kills that fell beside the copy').toBeLessThan(KILLS * 4);
    const before = await copied();
    const running = copy();
    // the copy has begun once the table grows, or the run is over
    while (running.process.exitCode === null && (await copied()) === before) await pause(10);
    await pause(Math.random() * 150);
    const wasRunning = running.process.exitCode === null;
    running.process.kill('SIGKILL');
    if (running.process.exitCode === null && running.process.signalCode === null) await once(running.process, 'exit');
    if (wasRunning) inTheMiddle++;
    expect(await doubled()).toBe(0);
    if ((await copied()) >= ROWS + 50) await server.db.query('TRUNCATE asteriskcdrdb.cdr');
  }
  const last = copy();
  expect(await last.ended).toBe(0);
  expect(await unequal()).toBe(0);
  expect(JSON.parse(last.out()).cdr).toMatchObject({ rows: ROWS + 50, unproved: 0, rejected: 0 });
  // keys that a killed copy had left off are on again
  expect(
    await numberOf(
      "SELECT COUNT(DISTINCT key_name) FROM (SELECT index_name AS key_name FROM information_schema.statistics WHERE table_schema = 'asteriskcdrdb' AND table_name = 'cdr') AS k",
    ),
  ).toBe(10);
});
