import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Context } from '../context.ts';
import { MigrateError } from '../error.ts';
import type { Container } from './container.ts';
import { connectEngine } from './engine.ts';
import { ensureImage } from './images.ts';
import { Run } from './run.ts';
import { mariadbIsUp } from './wait.ts';

const USER = 'reader';
const DATA = '/var/lib/mysql';
/** What a row takes in a table with its indexes, compared with what it takes in a dump. */
const TABLE_FACTOR = 2;

/** A dump as it flows, and whether it was whole, which is known once it has passed. */
export interface FlowingDump {
  /** As a person knows it. */
  readonly name: string;
  readonly sql: Readable;
  /** About how many bytes of SQL it will be. */
  readonly aboutBytes: number;
  /** After the end, or where the reader gave up. @throws MigrateError for what is no dump, is damaged or was cut short */
  check(): void;
}

/** Where the server answers; close() ends it and all that belongs to it. */
export interface ThrowawayDatabase {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  close(): Promise<void>;
}

export interface ThrowawayOptions {
  readonly database: string;
  /** 'memory' for what is small, 'disk' (a volume of the run) for millions of rows. */
  readonly keepIn: 'memory' | 'disk';
  /** IANA zone of the session, for columns of the type TIMESTAMP. */
  readonly timeZone?: string | undefined;
  /** Keys that reading needs, and that the dump may lack; a table or column that is not there is none. */
  readonly keys?: readonly { readonly table: string; readonly column: string }[];
  /** A run that hangs ends by itself. */
  readonly longestMs: number;
}

/**
 * A MariaDB in Docker that holds a dump and is thrown away: no network but the run's own, an account that may only
 * select. sql_mode='' and latin1 as the default charset are what MySQL 5.0 and 5.1 had; the dump's own SET NAMES stands.
 * @throws MigrateError E_NO_ENGINE (exit 3), E_DUMP where the client refuses the dump, E_NO_SPACE (exit 3)
 */
export async function openThrowawayDatabase(dump: FlowingDump, o: ThrowawayOptions, c: Context): Promise<ThrowawayDatabase> {
  const engine = await connectEngine();
  const image = await ensureImage(engine, 'mariadb', c);
  const run = await Run.start(engine, c, { longestMs: o.longestMs });
  try {
    const password = randomBytes(18).toString('hex');
    const container = await run.container({
      role: 'old-db',
      image,
      network: await run.network(),
      environment: { MARIADB_SQL_MODE: '', MARIADB_THROWAWAY: '1' },
      command: ['--character-set-server=latin1', '--collation-server=latin1_swedish_ci', '--default-storage-engine=MyISAM', ...zone(o)],
      ...(o.keepIn === 'memory' ? { tmpfs: { [DATA]: 'size=2g' } } : { volumes: { [DATA]: await run.volume('old-db') } }),
      files: [
        {
          path: '/run/secrets-migrate',
          entries: [{ path: 'init.sql', content: Buffer.from(accounts(o.database, password)), mode: 0o600 }],
        },
      ],
    });
    await container.waitFor(mariadbIsUp());
    if (o.keepIn === 'disk') await checkSpace(container, dump.aboutBytes * TABLE_FACTOR);
    await load(container, dump, o.database);
    await addKeys(container, o);
    const { port } = await container.forward({ port: 3306 });
    return { host: '127.0.0.1', port, user: USER, password, database: o.database, close: () => run.end() };
  } catch (error) {
    dump.sql.destroy();
    await run.end();
    throw error;
  }
}

function zone(o: ThrowawayOptions): string[] {
  return o.timeZone === undefined ? [] : [`--default-time-zone=${o.timeZone}`];
}

/** One statement a line, as the server's init file wants it. */
function accounts(database: string, password: string): string {
  return [
    `CREATE DATABASE ${database} CHARACTER SET latin1;`,
    `CREATE USER '${USER}'@'%' IDENTIFIED BY '${password}';`,
    `GRANT SELECT ON ${database}.* TO '${USER}'@'%';`,
    '',
  ].join('\n');
}

async function checkSpace(container: Container, needed: number): Promise<void> {
  const { out } = await container.exec(['df', '--output=avail', '-B1', DATA]);
  const free = Number(/\d+/.exec(out)?.[0] ?? Number.NaN);
  if (!(free < needed)) return;
  throw new MigrateError({
    code: 'E_NO_SPACE',
    where: "the Docker engine's volumes",
    why: `${gib(free)} GiB are free, and the dump needs about ${gib(needed)} GiB while it is read`,
    hint: 'Make room, or read the live server: mysql://user@host:port/asteriskcdrdb.',
    exit: 3,
  });
}

function gib(bytes: number): string {
  return (bytes / 2 ** 30).toFixed(1);
}

async function load(container: Container, dump: FlowingDump, database: string): Promise<void> {
  const client = [
    'mariadb',
    '--no-defaults',
    '--socket=/run/mysqld/mysqld.sock',
    '--local-infile=0',
    '--default-character-set=latin1',
    '--max-allowed-packet=256M',
    // no command of the client is known in a dump: neither `\!`, which runs a shell, nor `source`
    '--binary-mode',
    database,
  ];
  const { code, err } = await container.exec(client, { stdin: dump.sql });
  // a dump that was cut makes the client complain about its last statement: the cut is the reason
  dump.check();
  if (code === 0) return;
  throw new MigrateError({
    code: 'E_DUMP',
    where: lineOf(err) === null ? dump.name : `${dump.name}:${lineOf(err)}`,
    why: `the dump cannot be loaded: ${withoutValues(err)}`,
    hint: 'See whether the dump is whole (its last line says "Dump completed") and was made by mysqldump.',
  });
}

async function addKeys(container: Container, o: ThrowawayOptions): Promise<void> {
  const sql = (o.keys ?? []).map(
    ({ table, column }) => `ALTER TABLE IF EXISTS ${table} ADD KEY IF NOT EXISTS migrate_${column} (${column});\n`,
  );
  // --force: each for itself
  const client = ['mariadb', '--no-defaults', '--socket=/run/mysqld/mysqld.sock', '--force', o.database];
  if (sql.length > 0) await container.exec(client, { stdin: Buffer.from(sql.join('')) });
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
