import { createHash, randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Container } from '../../src/engine/container.ts';
import { CommandSucceeds, PortAnswers } from '../../src/engine/wait.ts';
import { useLab } from './lab.ts';

const lab = useLab();
const MEGABYTES = randomBytes(12_000_000);
let server: Container;

beforeAll(async () => {
  const listen = 'socat TCP-LISTEN:4000,fork,reuseaddr EXEC:cat & socat UNIX-LISTEN:/run/echo.sock,fork EXEC:cat & exec sleep infinity';
  server = await lab.run.container({ ...lab.idle, role: 'server', network: await lab.run.network(), entrypoint: ['sh', '-c', listen] });
  await server.waitFor(new PortAnswers(4000));
  await server.waitFor(new CommandSucceeds(['test', '-S', '/run/echo.sock']));
});
afterEach(() => {
  delete process.env['MIGRATE_FORWARD'];
});

/** What comes back, when all was sent and the sending side is closed. */
async function echo(port: number, bytes: Uint8Array): Promise<Buffer> {
  const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
  socket.end(bytes);
  return buffer(socket);
}

const sum = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe.each(['direct', 'tunnel'])('a forwarded port (%s)', (kind) => {
  test('carries megabytes both ways, on several connections at once', async () => {
    if (kind === 'tunnel') process.env['MIGRATE_FORWARD'] = 'tunnel';
    const { port } = await server.forward({ port: 4000 });
    const back = await Promise.all([1, 2, 3].map(() => echo(port, MEGABYTES)));
    expect(back.map(sum)).toEqual([1, 2, 3].map(() => sum(MEGABYTES)));
  });

  test('closes the connection when nobody listens inside', async () => {
    if (kind === 'tunnel') process.env['MIGRATE_FORWARD'] = 'tunnel';
    const { port } = await server.forward({ port: 4999 });
    const told = await echo(port, Buffer.from('x')).then(
      (b) => b.length,
      (error: NodeJS.ErrnoException) => error.code,
    );
    expect([0, 'ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE']).toContain(told);
  });
});

test('a forwarded unix socket carries megabytes both ways', async () => {
  const { port } = await server.forward({ socket: '/run/echo.sock' });
  expect(sum(await echo(port, MEGABYTES))).toBe(sum(MEGABYTES));
});

test('a container without any network is reached through a tunnel', async () => {
  const alone = await lab.run.container({
    ...lab.idle,
    role: 'alone',
    entrypoint: ['socat', 'TCP-LISTEN:4000,fork,reuseaddr', 'EXEC:cat'],
  });
  await alone.waitFor(new PortAnswers(4000));
  const { port } = await alone.forward({ port: 4000 });
  expect((await echo(port, Buffer.from('hello'))).toString()).toBe('hello');
});
