import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { hash } from 'bcryptjs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { silentContext } from '../../../src/context.ts';
import { archiveRecordings } from '../../../src/history/archive-recordings.ts';
import { serveRecordings } from '../../../src/history/serve/serve-recordings.ts';
import { migrate } from '../../lab/command.ts';
import { put, wav } from '../sounds.ts';
import { type ServedPbx, startServedPbx } from './a-served-pbx.ts';

let pbx: ServedPbx;
beforeAll(async () => {
  pbx = await startServedPbx();
});
afterAll(() => pbx.close());
beforeEach(async () => {
  await pbx.server.db.query('TRUNCATE asteriskcdrdb.cdr; TRUNCATE asteriskcdrdb.recording');
});

const UNIQUEID = '1370253790.1210';
const NAME = `OUT101-20130603-100310-${UNIQUEID}`;

/** Status, media type and bytes of an answer. */
async function sound(path: string, headers: Record<string, string> = {}): Promise<{ status: number; type: string | null; bytes: Buffer }> {
  const answer = await pbx.get(path, { ...pbx.login, ...headers });
  return { status: answer.status, type: answer.headers.get('content-type'), bytes: Buffer.from(await answer.arrayBuffer()) };
}

/** A request as it is written, dots and all: fetch would tidy the path. */
async function raw(path: string): Promise<string> {
  const { hostname, port } = new URL(pbx.address);
  const socket = connect(Number(port), hostname);
  socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: ${pbx.login.authorization}\r\nConnection: close\r\n\r\n`);
  const parts: Buffer[] = [];
  socket.on('data', (part: Buffer) => parts.push(part));
  await once(socket, 'close');
  return Buffer.concat(parts).toString('latin1');
}

describe('without a login', () => {
  test.each(['/', '/?number=101', '/calls.csv', '/calls/1/sound', `/cdr_static/${NAME}.wav`, '/page.css', '/player.js', '/nothing'])(
    '%s tells nothing',
    async (path) => {
      for (const headers of [{}, { authorization: `Basic ${Buffer.from('anna:wrong').toString('base64')}` }]) {
        const answer = await pbx.get(path, headers);
        expect(answer.status).toBe(401);
        expect(answer.headers.get('www-authenticate')).toMatch(/^Basic realm=/);
        expect(await answer.text()).toBe('401\n');
      }
    },
  );
});

describe('a recording', () => {
  const content = wav(2);
  test.each([
    ['of today', `${NAME}.wav`],
    ['in the folder of its day', `2013/06/03/${NAME}.wav`],
  ])('%s is heard by its call and by every old link', async (_, place) => {
    await put(pbx.monitor, place, content);
    const id = await pbx.addCall({ uniqueid: UNIQUEID, recordingfile: `${NAME}.wav` });
    const monitoring = `menu=monitoring&id=${UNIQUEID}&rawmode=yes`;
    for (const path of [
      `/calls/${id}/sound`,
      `/cdr_static/${NAME}.wav`,
      `/${NAME}.wav`,
      `/monitor/${NAME}.wav`,
      `/index.php?${monitoring}&action=download`,
      `/?${monitoring}&action=display_record`,
      `/index.php?${monitoring}&action=download&namefile=${NAME}.wav`,
      `/recordings/misc/audio.php?recording=/var/spool/asterisk/monitor/${NAME}.wav`,
    ]) {
      expect(await sound(path), path).toEqual({ status: 200, type: 'audio/x-wav', bytes: content });
    }
    await rm(join(pbx.monitor, place));
  });

  test('goes on answering under its old links when it has become an MP3 of the archive', async () => {
    await put(pbx.monitor, `${NAME}.wav`, content);
    const id = await pbx.addCall({ uniqueid: UNIQUEID, recordingfile: `audio:${NAME}.wav`.slice(6) });
    const o = {
      targetPassword: pbx.server.password,
      kbits: 16,
      minAgeSeconds: 0,
      dryRun: false,
      notNice: true,
      out: join(pbx.archive, '../out'),
    };
    expect(await archiveRecordings(pbx.monitor, pbx.server.to, o, silentContext())).toMatchObject({ archived: 1, orphans: 0 });
    const answers = [];
    for (const path of [`/calls/${id}/sound`, `/cdr_static/${NAME}.wav`, `/?menu=monitoring&action=download&id=${UNIQUEID}&rawmode=yes`]) {
      const answer = await sound(path);
      expect(answer, path).toMatchObject({ status: 200, type: 'audio/mpeg' });
      answers.push(answer.bytes);
    }
    expect(answers[0]?.length).toBeGreaterThan(3000);
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  test('of an archive that an old cron job made is found by the day in its name', async () => {
    await put(pbx.archive, '2013/06/04/q400-20130604-100310-1370340190.7.mp3', content);
    expect(await sound('/cdr_static/q400-20130604-100310-1370340190.7.wav')).toMatchObject({
      status: 200,
      type: 'audio/mpeg',
      bytes: content,
    });
  });

  test('of a queue, which Elastix names without its extension, is found with it', async () => {
    await put(pbx.monitor, 'q400-20130605-100310-1370426590.8.WAV', content);
    const id = await pbx.addCall({ recordingfile: 'q400-20130605-100310-1370426590.8' });
    expect(await sound(`/calls/${id}/sound`)).toMatchObject({ status: 200, bytes: content });
  });

  test('is sent in the pieces that a player asks for', async () => {
    await put(pbx.monitor, 'piece.wav', content);
    const answer = await pbx.get('/piece.wav', { ...pbx.login, range: 'bytes=44-143' });
    expect([answer.status, answer.headers.get('content-range')]).toEqual([206, `bytes 44-143/${content.length}`]);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(content.subarray(44, 144));
    const tail = await sound('/piece.wav', { range: 'bytes=-10' });
    expect([tail.status, tail.bytes]).toEqual([206, content.subarray(-10)]);
    expect((await sound('/piece.wav', { range: `bytes=${content.length}-` })).status).toBe(416);
    const head = await fetch(`${pbx.address}/piece.wav`, { method: 'HEAD', headers: pbx.login });
    expect([head.status, head.headers.get('content-length'), head.headers.get('accept-ranges')]).toEqual([
      200,
      String(content.length),
      'bytes',
    ]);
  });

  test('is kept under its own name, whatever that holds', async () => {
    await put(pbx.monitor, 'имя "a";b.wav', content);
    const id = await pbx.addCall({ recordingfile: 'имя "a";b.wav' });
    const answer = await pbx.get(`/calls/${id}/sound?download=1`);
    const said = answer.headers.get('content-disposition') ?? '';
    expect(said).toMatch(/^attachment; filename="[\w.-]+"; filename\*=UTF-8''[\w.%-]+$/);
    expect(decodeURIComponent(said.replace(/.*''/, ''))).toBe('имя "a";b.wav');
  });

  test('that is gone, or was deleted by the old box, is 404 and a page that says so', async () => {
    for (const recordingfile of [`${NAME}-gone.wav`, 'deleted', '']) {
      const id = await pbx.addCall({ recordingfile, uniqueid: '1.1' });
      const answer = await pbx.get(`/calls/${id}/sound`, { ...pbx.login, 'accept-language': 'ru-RU,en;q=0.5' });
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain('Такой записи нет');
    }
    for (const path of ['/calls/999999/sound', '/?menu=monitoring&action=download&id=9.9', '/index.php', '/cdr_static/no.wav'])
      expect((await pbx.get(path)).status, path).toBe(404);
  });
});

describe('nothing but recordings is ever sent', () => {
  const secret = Buffer.from('RIFF a secret of the box');
  test.each([
    '/cdr_static/../secret.wav',
    '/cdr_static/%2e%2e/secret.wav',
    '/cdr_static/..%2fsecret.wav',
    '/cdr_static/%2fetc%2fpasswd.wav',
    '/cdr_static//../secret.wav',
    '/monitor/2013/../../secret.wav',
    '/cdr_static/secret.wav%00.mp3',
    '/page.css/../calls.html.hbs',
    '/calls.html.hbs',
    '/recordings/misc/audio.php?recording=/var/spool/asterisk/monitor/../secret.wav',
    '/recordings/misc/audio.php?recording=/etc/passwd',
    '/cdr_static/.hidden.wav',
    '/cdr_static/link.wav',
    '/cdr_static/linked/secret.wav',
    '/cdr_static/pipe.wav',
    '/cdr_static/folder.wav',
    '/cdr_static/notes.txt',
    '/proc/self/environ',
    '/%',
    '/%c0%ae%c0%ae/secret.wav',
  ])('by %s', async (path) => {
    await writeFile(join(pbx.monitor, '../secret.wav'), secret);
    await put(pbx.monitor, '.hidden.wav', secret);
    await put(pbx.monitor, 'notes.txt', secret);
    await put(pbx.monitor, 'folder.wav/a', secret);
    await symlink(join(pbx.monitor, '../secret.wav'), join(pbx.monitor, 'link.wav')).catch(() => undefined);
    await symlink(join(pbx.monitor, '..'), join(pbx.monitor, 'linked')).catch(() => undefined);
    await rm(join(pbx.monitor, 'pipe.wav'), { force: true });
    execFileSync('mkfifo', [join(pbx.monitor, 'pipe.wav')]);
    const answer = await raw(path);
    expect(answer).toMatch(/^HTTP\/1\.1 (?:400|404) /);
    expect(answer).not.toContain('a secret of the box');
    expect(answer).not.toContain('root:');
    expect(answer).not.toContain('{{');
  });

  test('by a call whose record names a file elsewhere', async () => {
    await writeFile(join(pbx.monitor, '../secret.wav'), secret);
    for (const recordingfile of ['../secret.wav', '/var/spool/asterisk/monitor/../secret.wav', `${pbx.monitor}/../secret.wav`]) {
      const id = await pbx.addCall({ recordingfile });
      expect((await pbx.get(`/calls/${id}/sound`)).status).toBe(404);
    }
  });
});

describe('the command', () => {
  test('answers until it is told to stop, and lets in who stands in the file of logins', async () => {
    const logins = join(pbx.archive, '../users');
    await writeFile(logins, `boris:${(await hash('Пароль: 2', 4)).replace('$2b$', '$2y$')}\n`);
    const args = ['recordings', 'serve', pbx.monitor, '--from', pbx.server.page, '--logins', logins, '--listen', '127.0.0.1:0'];
    const command = migrate([...args, '-o', join(pbx.archive, '../out'), '--debug'], { MIGRATE_TARGET_PASSWORD: pbx.server.password });
    await command.says(/listening on http:\/\/127\.0\.0\.1:\d+/);
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(command.err())?.[0] ?? '';
    const as = (name: string, password: string): Promise<Response> =>
      fetch(address, { headers: { authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}` } });
    expect((await as('boris', 'Пароль: 2')).status).toBe(200);
    expect((await as('boris', 'Пароль: 1')).status).toBe(401);
    command.process.kill('SIGTERM');
    expect(await command.ended).toBe(130);
    const log = await readFile(join(pbx.archive, '../out/debug.jsonl'), 'utf8');
    expect(log + command.err() + command.out()).not.toMatch(/Пароль|\$2y\$/);
    expect(log + command.err()).not.toContain(pbx.server.password);
  });

  test('without anybody who may log in is bad usage, and says what to do', async () => {
    const command = migrate(['recordings', 'serve', pbx.monitor, '--from', pbx.server.page], {
      MIGRATE_TARGET_PASSWORD: pbx.server.password,
    });
    expect(await command.ended).toBe(2);
    expect(command.err()).toMatch(/E_LOGINS.*htpasswd -B/s);
  });
});

describe('a page that cannot be served', () => {
  test('is told before it answers: no schema, no folder, no login', async () => {
    const listen = { host: '127.0.0.1', port: 0 };
    const o = { password: pbx.server.password, logins: { single: 'a:b' }, listen };
    const serve = (folder: string, from: string, more: object = {}): Promise<never> =>
      serveRecordings(folder, from, { ...o, ...more }, silentContext());
    await expect(serve(pbx.monitor, pbx.server.to.replace('asteriskcdrdb', 'mysql'))).rejects.toMatchObject({ code: 'E_SCHEMA' });
    await expect(serve(join(pbx.monitor, 'none'), pbx.server.to)).rejects.toMatchObject({ code: 'E_FOLDER' });
    await expect(serve(pbx.monitor, pbx.server.to, { logins: {} })).rejects.toMatchObject({ code: 'E_LOGINS' });
    await expect(serve(pbx.monitor, pbx.server.to, { password: 'wrong' })).rejects.toMatchObject({ code: 'E_SQL_CONNECT' });
  });
});
