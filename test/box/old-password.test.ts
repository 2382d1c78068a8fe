import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { connectSql } from '../../src/box/sql.ts';

let server: Server;
afterEach(() => new Promise((resolve) => server.close(resolve)));

/** A packet of MySQL: three bytes of length, its number, what it says. */
function packet(number: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from([body.length & 0xff, body.length >> 8, 0, number]), body]);
}

/** The greeting of MySQL 5.0.95 as CentOS 5 has it: no plugins, SECURE_CONNECTION among its flags. */
function greeting(): Buffer {
  const [flags, status] = [Buffer.from([0x2c, 0xa2]), Buffer.from([0x02, 0x00])];
  return packet(
    0,
    Buffer.concat([
      Buffer.from([10]),
      Buffer.from('5.0.95\0'),
      Buffer.from([7, 0, 0, 0]),
      Buffer.from('abcdefgh\0'),
      flags,
      Buffer.from([8]),
      status,
      Buffer.alloc(13),
      Buffer.from('ijklmnopqrst\0'),
    ]),
  );
}

/** A server that greets, and answers whoever logs in with this. */
async function answering(body: Buffer): Promise<number> {
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write(greeting());
    socket.once('data', () => socket.end(packet(2, body)));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as { port: number }).port;
}

it.each([
  ['MySQL 5.0, which asks with a lone byte', Buffer.from([0xfe])],
  ['MySQL 5.5, which asks by the name of a plugin', Buffer.from('\xfemysql_old_password\0abcdefgh\0', 'latin1')],
  [
    'MySQL 5.6, which refuses at once',
    Buffer.concat([
      Buffer.from([0xff, 0xe3, 0x04]),
      Buffer.from('#08004Client does not support authentication protocol requested by server'),
    ]),
  ],
])('a password of the old kind is told with the two ways out: %s', async (_, body) => {
  const port = await answering(body);
  const closed: string[] = [];
  const connecting = connectSql({
    host: '127.0.0.1',
    port,
    user: 'asteriskuser',
    password: 'hunter22',
    database: 'asterisk',
    close: async () => void closed.push('closed'),
  });
  const error = (await connecting.catch((e: unknown) => e)) as Error;
  expect(error).toMatchObject({
    code: 'E_SQL_OLD_PASSWORD',
    where: `asteriskuser@127.0.0.1:${port}`,
    hint: expect.stringMatching(/old_passwords=0.*mysqldump/) as string,
  });
  expect(JSON.stringify({ ...error, message: error.message })).not.toContain('hunter22');
  expect(closed).toEqual(['closed']);
});

it('another refusal is told as the server says it', async () => {
  const port = await answering(
    Buffer.concat([Buffer.from([0xff, 0x15, 0x04]), Buffer.from("#28000Access denied for user 'asteriskuser'@'localhost'")]),
  );
  const connecting = connectSql({
    host: '127.0.0.1',
    port,
    user: 'asteriskuser',
    password: 'x',
    database: 'asterisk',
    close: async () => undefined,
  });
  await expect(connecting).rejects.toMatchObject({ code: 'E_SQL_CONNECT', why: expect.stringContaining('Access denied') as string });
});
