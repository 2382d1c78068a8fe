import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type HistoryServer, startHistoryServer } from '../history/history-server.ts';
import { fillOldCdr, makeOldCdr } from '../history/old-cdr.ts';
import { type Figure, figureOf } from './figure.ts';

/** ROWS= of the larger table; the smaller one has a tenth of it. */
const ROWS = Number(process.env['ROWS'] || 1_000_000);
const ROUNDS = Number(process.env['ROUNDS'] || 3);
const LONGEST_MS = 15 * 60_000;
const MEMORY_GOAL_MB = 150;
const PEAK_POLL_MS = 20;

/** `cdr copy` against `mysqldump | mysql` of the same rows into the same table, and the most memory that it took. */
export async function cdrFigures(say: (line: string) => void): Promise<Figure[]> {
  const server = await startHistoryServer({ longestMs: LONGEST_MS, memory: '12g' });
  const out = await mkdtemp(join(tmpdir(), 'migrate-bench-'));
  try {
    await makeOldCdr(server);
    await fillOldCdr(server, Math.round(ROWS / 10));
    const small = await copy(server, out);
    say(`cdr copy of ${ROWS / 10} rows: ${small.seconds.toFixed(1)} s, peak ${small.peakMB.toFixed(0)} MB`);
    await fillOldCdr(server, ROWS - Math.round(ROWS / 10), Math.round(ROWS / 10) + 1);
    const peaks = [small.peakMB];
    const ratios: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await empty(server);
      const ours = await copy(server, out);
      await empty(server);
      const theirs = await dumpAndLoad(server);
      say(
        `${ROWS} rows: cdr copy ${ours.seconds.toFixed(1)} s (peak ${ours.peakMB.toFixed(0)} MB), mysqldump | mysql ${theirs.toFixed(1)} s`,
      );
      peaks.push(ours.peakMB);
      ratios.push(theirs / ours.seconds);
    }
    const peak = Math.max(...peaks);
    return [figureOf('cdr.copyRatio', ratios, 1, 'higher'), { ...figureOf('cdr.peakMB', peaks, MEMORY_GOAL_MB, 'lower'), value: peak }];
  } finally {
    await server.close();
    await rm(out, { recursive: true });
  }
}

async function empty({ db }: HistoryServer): Promise<void> {
  await db.query('TRUNCATE asteriskcdrdb.cdr');
}

/** The command as a user runs it, from its start to its end, proof and keys with it. */
async function copy(server: HistoryServer, out: string): Promise<{ seconds: number; peakMB: number }> {
  const [from, to] = [server.from, server.to].map((address) => address.replace(/@[^/]+/, `@${server.container.ip}:3306`)) as [
    string,
    string,
  ];
  const start = performance.now();
  const child = spawn(process.execPath, ['dist/cli/main.js', 'cdr', 'copy', from, '--to', to, '-o', out, '--quiet'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, MIGRATE_MYSQL_PASSWORD: server.password, MIGRATE_TARGET_PASSWORD: server.password },
  });
  let peakMB = 0;
  const poll = setInterval(() => {
    readFile(`/proc/${child.pid}/status`, 'utf8').then(
      (status) => {
        peakMB = Math.max(peakMB, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1000);
      },
      () => undefined,
    );
  }, PEAK_POLL_MS);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearInterval(poll);
  if (code !== 0) throw new Error(`cdr copy ended with ${code}`);
  return { seconds: (performance.now() - start) / 1000, peakMB };
}

async function dumpAndLoad({ container }: HistoryServer): Promise<number> {
  const client = '--no-defaults --socket=/run/mysqld/mysqld.sock';
  const pipe = `set -o pipefail; mariadb-dump ${client} --no-create-info --complete-insert old cdr | mariadb ${client} asteriskcdrdb`;
  const start = performance.now();
  const { code, err } = await container.exec(['bash', '-c', pipe]);
  if (code !== 0) throw new Error(`mysqldump | mysql failed: ${err}`);
  const seconds = (performance.now() - start) / 1000;
  return seconds;
}
