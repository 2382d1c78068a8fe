import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import type { SqlServer } from '../box/sql.ts';
import type { Context } from '../context.ts';
import type { Container } from '../engine/container.ts';
import { connectEngine } from '../engine/engine.ts';
import { ensureImage } from '../engine/images.ts';
import { Run } from '../engine/run.ts';
import { mariadbIsUp } from '../engine/wait.ts';
import { MigrateError } from '../error.ts';

const DATABASE = 'asterisk';
const USER = 'reader';
const DUMP_FOLDER = '/var/tmp/migrate';
/** A dump of `asterisk` is loaded and read within minutes; a run that hangs ends by itself. */
const LONGEST_MS = 30 * 60_000;

/**
 * A MariaDB in Docker that holds a dump and is thrown away: data in tmpfs, no network but the run's own, an account that may only
 * select. sql_mode='' and latin1 as the default charset are what MySQL 5.0 and 5.1 had; the dump's own SET NAMES stands.
 * @param dump asterisk.sql or asterisk.sql.gz
 * @throws MigrateError E_NO_ENGINE (exit 3), E_DUMP where the client refuses the dump
 */
export async function openThrowawayDatabase(dump: string, c: Context): Promise<SqlServer> {
  const sql = await readDump(dump);
  const engine = await connectEngine();
  const image = await ensureImage(engine, 'mariadb', c);
  const run = await Run.start(engine, c, { longestMs: LONGEST_MS });
  try {
    const password = randomBytes(18).toString('hex');
    const container = await run.container({
      role: 'old-db',
      image,
      network: await run.network(),
      environment: { MARIADB_SQL_MODE: '', MARIADB_THROWAWAY: '1' },
      command: ['--character-set-server=latin1', '--collation-server=latin1_swedish_ci', '--default-storage-engine=MyISAM'],
      tmpfs: { '/var/lib/mysql': 'size=2g' },
      files: [
        { path: '/run/secrets-migrate', entries: [{ path: 'init.sql', content: Buffer.from(accounts(password)), mode: 0o600 }] },
        { path: DUMP_FOLDER, entries: [{ path: 'dump.sql', content: sql, mode: 0o600 }] },
      ],
    });
    await container.waitFor(mariadbIsUp());
    await load(container, dump);
    const { port } = await container.forward({ port: 3306 });
    return { host: '127.0.0.1', port, user: USER, password, database: DATABASE, close: () => run.end() };
  } catch (error) {
    await run.end();
    throw error;
  }
}

async function readDump(path: string): Promise<Buffer> {
  const bytes = await readFile(path);
  try {
    return checkDump(bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes, path);
  } catch (cause) {
    if (cause instanceof MigrateError) throw cause;
    throw new MigrateError({
      code: 'E_DUMP',
      where: path,
      why: 'the compressed dump is damaged or cut short',
      hint: 'Copy it again from the old box, or dump the database anew.',
      cause,
    });
  }
}

/** Bytes at either end of a dump where mysqldump says who it is and that it came to its end. */
const END_BYTES = 2048;

/** @throws MigrateError E_DUMP for a file that is no dump, and for one of mysqldump's that was cut: it says at its end that it is complete. */
function checkDump(sql: Buffer, path: string): Buffer {
  const refuse = (why: string, hint: string): never => {
    throw new MigrateError({ code: 'E_DUMP', where: path, why, hint });
  };
  const [head, tail] = [sql.subarray(0, END_BYTES).toString('latin1'), sql.subarray(-END_BYTES).toString('latin1')];
  if (!/create\s+table|insert\s+into/i.test(sql.toString('latin1'))) {
    refuse(
      'it is no SQL dump: nothing in it creates or fills a table',
      "Dump the database 'asterisk' of the old box: mysqldump asterisk > asterisk.sql.",
    );
  }
  if (/^-- (?:MySQL|MariaDB) dump /m.test(head) && !tail.includes('-- Dump completed')) {
    refuse(
      'the dump is cut short: mysqldump ends with a line "-- Dump completed", and this one does not',
      'Copy it again from the old box, or dump the database anew.',
    );
  }
  return sql;
}

/** One statement a line, as the server's init file wants it. */
function accounts(password: string): string {
  return [
    `CREATE DATABASE ${DATABASE} CHARACTER SET latin1;`,
    `CREATE USER '${USER}'@'%' IDENTIFIED BY '${password}';`,
    `GRANT SELECT ON ${DATABASE}.* TO '${USER}'@'%';`,
    '',
  ].join('\n');
}

async function load(container: Container, dump: string): Promise<void> {
  // the shell only opens the file: a dump on stdin of exec would go through the engine's connection once more
  const client = [
    'mariadb',
    '--no-defaults',
    '--socket=/run/mysqld/mysqld.sock',
    '--local-infile=0',
    '--default-character-set=latin1',
    '--max-allowed-packet=256M',
    '--binary-mode',
    DATABASE,
  ];
  const { code, err } = await container.exec(['sh', '-c', `exec "$@" < ${DUMP_FOLDER}/dump.sql`, 'sh', ...client]);
  if (code === 0) return;
  throw new MigrateError({
    code: 'E_DUMP',
    where: lineOf(err) === null ? dump : `${dump}:${lineOf(err)}`,
    why: `the dump cannot be loaded: ${withoutValues(err)}`,
    hint: 'See whether the dump is whole (its last line says "Dump completed") and was made by mysqldump.',
  });
}

/** Line of the dump that the client stopped at. */
function lineOf(err: string): string | null {
  return /at line (\d+)/.exec(err)?.[1] ?? null;
}

/** The server quotes the statement near an error, and a statement may hold a secret. */
function withoutValues(err: string): string {
  const line =
    err
      .trim()
      .split('\n')
      .find((one) => one.startsWith('ERROR')) ??
    err.trim().split('\n')[0] ??
    '';
  return line
    .replace(/near '.*$/s, 'in it')
    .replace(/'[^']*'/g, "'...'")
    .slice(0, 300);
}
