import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Container, TarEntry } from '../../src/engine/container.ts';
import { CommandSucceeds, LogSays, PortAnswers } from '../../src/engine/wait.ts';
import { useLab } from './lab.ts';

const lab = useLab();
let box: Container;
beforeAll(async () => {
  box = await lab.run.container({ ...lab.idle, role: 'box', network: await lab.run.network(), tmpfs: { '/scratch': '' } });
});

async function all(entries: AsyncIterable<TarEntry>): Promise<TarEntry[]> {
  const seen: TarEntry[] = [];
  for await (const entry of entries) seen.push(entry);
  return seen.sort((a, b) => (a.path < b.path ? -1 : 1));
}

describe('a program in a container', () => {
  test('gets its stdin, keeps its outputs apart and tells its exit status', async () => {
    const done = await box.exec(['sh', '-c', 'cat; echo oops >&2; exit 7'], { stdin: Buffer.from('héllo') });
    expect(done).toEqual({ code: 7, out: 'héllo', err: 'oops\n' });
  });

  test('gets its arguments as they are: no shell reads them', async () => {
    expect((await box.exec(['printf', '%s|', '$HOME', 'a b', '"', ''])).out).toBe('$HOME|a b|"||');
  });

  test('takes megabytes on stdin and gives them back', async () => {
    const megabytes = Buffer.alloc(8_000_000, 'абв');
    const done = await box.exec(['cat'], { stdin: megabytes });
    expect(done.out === megabytes.toString()).toBe(true);
  });

  test('may end without reading its stdin', async () => {
    expect((await box.exec(['true'], { stdin: Buffer.alloc(8_000_000) })).code).toBe(0);
  });

  test('runs as the user that is named', async () => {
    expect((await box.exec(['id', '-un'], { user: 'asterisk' })).out).toBe('asterisk\n');
  });

  test('that does not exist is an exit status, or an error that names it', async () => {
    const told = await box.exec(['no-such-program']).then(
      (done) => `${done.code} ${done.out}${done.err}`,
      (error: Error) => error.message,
    );
    expect(told).toMatch(/no-such-program/);
  });
});

describe('files of a container', () => {
  const odd = ['with blank', "it's", 'кириллица.gsm', `${'long'.repeat(60)}.wav`, 'new\nline', '-rf'];

  test('come out as they went in: names, modes, bytes', async () => {
    const entries: TarEntry[] = odd.map((name, i) => ({
      path: `deep/er/${name}`,
      content: randomBytes(i * 1000),
      mode: [0o600, 0o640, 0o755][i % 3] ?? 0,
    }));
    await box.put('/srv/new/place', [...entries, { path: 'empty', content: null, mode: 0o700 }]);
    const back = await all(box.get('/srv/new/place'));
    const files = back.filter((e) => e.content !== null).map((e) => ({ ...e, content: Buffer.from(e.content ?? '') }));
    expect(files).toEqual([...entries].sort((a, b) => (a.path < b.path ? -1 : 1)));
    const folders = back.filter((e) => e.content === null).map((e) => [e.path, e.mode]);
    expect(folders).toEqual([
      ['deep', 0o755],
      ['deep/er', 0o755],
      ['empty', 0o700],
    ]);
  });

  test('leave the folders that are there as they were', async () => {
    await box.put('/', [{ path: 'tmp/x', content: Buffer.from('1'), mode: 0o600 }]);
    expect((await box.exec(['stat', '-c', '%a %U', '/tmp', '/tmp/x'])).out).toBe('1777 root\n600 root\n');
  });

  test('of one file, by a link, and with two names', async () => {
    await box.exec(['sh', '-c', 'mkdir /srv/l && cd /srv/l && echo one > a && ln a b && ln -s /srv/l /srv/link && ln -s a c']);
    const text = async (path: string): Promise<string[]> =>
      (await all(box.get(path))).map((e) => `${e.path}=${Buffer.from(e.content ?? '')}`);
    expect(await text('/srv/link')).toEqual(['a=one\n', 'b=one\n']);
    expect(await text('/srv/l/b')).toEqual(['b=one\n']);
    await expect(text('/srv/none')).rejects.toMatchObject({ code: 'E_CONTAINER_FILE' });
  });

  test('are refused below a tmpfs, where nobody would see them', async () => {
    await expect(box.put('/scratch', [{ path: 'x', content: Buffer.from(''), mode: 0o600 }])).rejects.toMatchObject({
      code: 'E_CONTAINER_FILE',
    });
  });
});

describe('waiting for a container', () => {
  test('ends when the port answers and when the log says so', async () => {
    const server = await lab.run.container({
      ...lab.idle,
      role: 'server',
      entrypoint: ['sh', '-c', 'sleep 0.5; echo ready; exec socat TCP-LISTEN:4000,fork,reuseaddr EXEC:cat'],
    });
    await server.waitFor(new PortAnswers(4000));
    await server.waitFor(new LogSays(/^ready$/m));
    expect(await server.logs()).toBe('ready\n');
  });

  test('fails at once with the last lines when the container dies', async () => {
    const dying = await lab.run.container({ ...lab.idle, role: 'dying', entrypoint: ['sh', '-c', 'echo bad config; exit 3'] });
    const waiting = dying.waitFor(new PortAnswers(4000, 60_000));
    await expect(waiting).rejects.toMatchObject({ code: 'E_CONTAINER_DIED', message: expect.stringMatching(/status 3.*\n.*bad config/) });
  });

  test('ends when the time of the condition is over', async () => {
    await expect(box.waitFor(new CommandSucceeds(['false'], 300))).rejects.toMatchObject({ code: 'E_WAIT_TIMEOUT' });
  });
});
