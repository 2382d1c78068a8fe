import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import type { Container, TarEntry } from '../../engine/container.ts';
import type { Network } from '../../engine/network.ts';
import type { Run } from '../../engine/run.ts';
import { mariadbIsUp } from '../../engine/wait.ts';
import { CALL_COLUMNS, type CallRow } from '../call-row.ts';
import type { CdrRow } from '../scenario.ts';

const SCHEMA = 'asteriskcdrdb';

/** What a PBX has written of its calls. */
export interface CallRecords {
  /** CDR rows since the start, with the Uniqueid of the channel that each is about, oldest first. */
  rows(): Promise<{ uniqueid: string; row: CdrRow; clid: string }[]>;
}

/** The database that the PBX writes its call records to. */
export interface Database extends CallRecords {
  readonly container: Container;
  /** The whole rows. */
  callRows(): Promise<CallRow[]>;
  close(): Promise<void>;
}

/**
 * Starts MariaDB with the migrations applied. The account is the one that the build's res_odbc.conf names, so that the file is
 * tried as it will be installed.
 */
export async function startDatabase(
  run: Run,
  o: {
    image: string;
    network: Network;
    migrations: string;
    account: { user: string; password: string };
    timeZone: string | null;
    cpus?: string;
  },
): Promise<Database> {
  const reader = { user: 'lab', password: randomBytes(16).toString('hex') };
  const container = await run.container({
    role: 'db',
    image: o.image,
    network: o.network,
    ...(o.cpus === undefined ? {} : { cpus: o.cpus }),
    tmpfs: { '/var/lib/mysql': 'size=1g' },
    environment: { MARIADB_THROWAWAY: '1', ...(o.timeZone === null ? {} : { TZ: o.timeZone }) },
    files: [
      { path: '/', entries: [{ path: 'run/secrets-migrate/init.sql', content: Buffer.from(accounts(o.account, reader)), mode: 0o600 }] },
    ],
  });
  await container.waitFor(mariadbIsUp());
  await applyMigrations(container, o.migrations);
  const { port } = await container.forward({ port: 3306 });
  const pool = mysql.createPool({
    host: '127.0.0.1',
    port,
    user: reader.user,
    password: reader.password,
    database: SCHEMA,
    connectionLimit: 1,
  });
  return {
    container,
    rows: async () => {
      const [rows] = await pool.query<mysql.RowDataPacket[]>(
        'SELECT uniqueid, clid, src, dst, disposition, did, billsec, recordingfile FROM cdr ORDER BY id',
      );
      return rows.map((r) => ({
        uniqueid: r['uniqueid'],
        clid: r['clid'],
        row: {
          src: r['src'],
          dst: r['dst'],
          disposition: r['disposition'],
          did: r['did'],
          billsec: r['billsec'],
          recordingfile: r['recordingfile'],
        },
      }));
    },
    callRows: async () => {
      const [rows] = await pool.query<mysql.RowDataPacket[]>(
        `SELECT UNIX_TIMESTAMP(calldate) AS start, UNIX_TIMESTAMP(calldate) + duration AS end, ${CALL_COLUMNS.join(', ')} FROM cdr ORDER BY id`,
      );
      return rows as unknown as CallRow[];
    },
    close: () => pool.end(),
  };
}

/** The bare client applies the numbered SQL, as an administrator without the kit would. */
async function applyMigrations(container: Container, folder: string): Promise<void> {
  for (const name of (await readdir(folder)).filter((n) => n.endsWith('.sql')).sort()) {
    const sql = await readFile(join(folder, name));
    const argv = ['mariadb', '--no-defaults', '--socket=/run/mysqld/mysqld.sock', '--default-character-set=utf8mb4', SCHEMA];
    const { code, err } = await container.exec(argv, { stdin: sql });
    if (code !== 0) throw new Error(`migrations/${name} does not apply: ${err.trim()}`);
  }
}

function accounts(pbx: { user: string; password: string }, reader: { user: string; password: string }): string {
  const name = ({ user }: { user: string }): string => `${mysql.escape(user)}@'%'`;
  return [
    `CREATE DATABASE IF NOT EXISTS ${SCHEMA} CHARACTER SET utf8mb4`,
    ...[pbx, reader].map((a) => `CREATE USER IF NOT EXISTS ${name(a)} IDENTIFIED BY ${mysql.escape(a.password)}`),
    `GRANT SELECT, INSERT ON ${SCHEMA}.* TO ${name(pbx)}`,
    `GRANT SELECT ON ${SCHEMA}.* TO ${name(reader)}`,
  ]
    .join(';\n')
    .concat(';\n');
}

/** User and password of the `[cdr]` section of a rendered res_odbc.conf. @throws Error where there is none. */
export function odbcAccount(entries: readonly TarEntry[]): { user: string; password: string } {
  const file = entries.find((e) => e.path === 'etc/asterisk/res_odbc.conf');
  const text = Buffer.from(file?.content ?? '').toString('utf8');
  const value = (key: string): string => unescapeConf(new RegExp(`^\\s*${key}\\s*=>?\\s*(.*)$`, 'm').exec(text)?.[1] ?? '');
  const user = value('username');
  if (user === '') throw new Error('res_odbc.conf of the build names no user');
  return { user, password: value('password') };
}

function unescapeConf(value: string): string {
  return value
    .replace(/(?<!\\);.*$/, '')
    .replaceAll('\\;', ';')
    .trim();
}
