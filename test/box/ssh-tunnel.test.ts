import { once } from 'node:events';
import { chmod, copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openTunnel } from '../../src/box/ssh-tunnel.ts';

let home: string;
let log: string;
let far: Server;
let port: number;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'tunnel-'));
  log = join(home, 'log');
  await copyFile(join(import.meta.dirname, 'stand-in-ssh.mjs'), join(home, 'ssh'));
  await chmod(join(home, 'ssh'), 0o755);
  process.env['PATH'] = `${home}:${process.env['PATH']}`;
  process.env['STAND_IN_LOG'] = log;
  far = createServer((socket) => socket.end('the old server')).listen(0, '127.0.0.1');
  await once(far, 'listening');
  port = (far.address() as { port: number }).port;
});
beforeEach(() => writeFile(log, ''));
afterAll(async () => {
  far.close();
  await rm(home, { recursive: true });
});

const calls = async (): Promise<unknown[]> =>
  (await readFile(log, 'utf8'))
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
const open = (via: string, signal = new AbortController().signal) => openTunnel(via, { host: '127.0.0.1', port }, signal);

it("leads to the old box's own server, and ends with whoever opened it", async () => {
  const tunnel = await open('root@pbx');
  const socket = connect(tunnel.port, '127.0.0.1').setEncoding('utf8');
  expect(await once(socket, 'data')).toEqual(['the old server']);
  await tunnel.close();
  const [argv, last] = await calls();
  expect(argv).toEqual(expect.arrayContaining(['-N', '-L', `127.0.0.1:${tunnel.port}:127.0.0.1:${port}`, '--', 'root@pbx']));
  expect(last).toBe('ended');
  await expect(once(connect(tunnel.port, '127.0.0.1'), 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

it('tells what ssh said where it gives none', async () => {
  await expect(open('root@refuses')).rejects.toMatchObject({
    code: 'E_TUNNEL',
    where: 'root@refuses',
    why: expect.stringContaining('Permission denied') as string,
  });
});

it('ends at once when it is interrupted', async () => {
  const stop = new AbortController();
  const opening = open('root@pbx', stop.signal);
  stop.abort();
  await expect(opening).rejects.toMatchObject({ name: 'Interrupted' });
});

it.each(['-oProxyCommand=touch${IFS}x', 'root@-oProxyCommand=x', 'a b', ''])('takes no option of ssh for a host: %s', async (via) => {
  await expect(open(via)).rejects.toMatchObject({ code: 'E_TUNNEL' });
  expect(await readFile(log, 'utf8')).toBe('');
});
