import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { silentContext } from '../../../src/context.ts';
import { bringUpToDate } from '../../../src/history/schema.ts';
import { serveRecordings } from '../../../src/history/serve/serve-recordings.ts';
import { type HistoryServer, startHistoryServer } from '../history-server.ts';

/** A PBX with a database and folders of recordings, whose page answers. */
export interface ServedPbx {
  readonly server: HistoryServer;
  /** Folders of recordings: those of today, and the archive. */
  readonly monitor: string;
  readonly archive: string;
  /** http://127.0.0.1:PORT */
  readonly address: string;
  /** The header of somebody who may listen. */
  readonly login: { readonly authorization: string };
  readonly name: string;
  readonly password: string;
  addCall(call: Partial<Readonly<Record<Column, string | number>>>): Promise<string>;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  close(): Promise<void>;
}

type Column =
  | 'calldate'
  | 'clid'
  | 'src'
  | 'dst'
  | 'did'
  | 'channel'
  | 'dstchannel'
  | 'duration'
  | 'billsec'
  | 'disposition'
  | 'uniqueid'
  | 'recordingfile';

/** @param host where it listens */
export async function startServedPbx(host = '127.0.0.1'): Promise<ServedPbx> {
  const server = await startHistoryServer();
  const { port } = new URL(server.to);
  const account = { host: '127.0.0.1', port: Number(port), user: 'both', password: server.password, database: 'asteriskcdrdb' };
  const connection = await createConnection({ ...account, multipleStatements: true });
  await bringUpToDate(connection);
  await connection.end();
  const dir = await mkdtemp(join(tmpdir(), 'migrate-serve-'));
  const [monitor, archive] = [join(dir, 'monitor'), join(dir, 'archive')];
  for (const folder of [monitor, archive]) await mkdir(folder);
  const [name, password] = ['anna', 'Пароль: 1'];
  const stop = new AbortController();
  let running: Promise<unknown> = Promise.resolve();
  const address = await new Promise<string>((isUp, fails) => {
    const options = { password: server.password, logins: { single: `${name}:${password}` }, listen: { host, port: 0 }, isUp };
    running = serveRecordings(monitor, server.page, options, { ...silentContext(), signal: stop.signal }).catch(fails);
  });
  const login = { authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}` };
  return {
    server,
    monitor,
    archive,
    address,
    login,
    name,
    password,
    addCall: async (call) => {
      const columns = { calldate: '2013-06-03 10:03:10', disposition: 'ANSWERED', ...call };
      const names = Object.keys(columns).join(', ');
      const [{ insertId }] = (await server.db.query(`INSERT INTO asteriskcdrdb.cdr (${names}) VALUES (?)`, [Object.values(columns)])) as [
        { insertId: number },
        unknown,
      ];
      return String(insertId);
    },
    get: (path, headers = login) => fetch(`${address}${path}`, { headers, redirect: 'manual' }),
    close: async () => {
      stop.abort();
      await running;
      await server.close();
      await rm(dir, { recursive: true });
    },
  };
}
