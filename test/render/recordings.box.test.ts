import { hash } from 'bcryptjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silentContext } from '../../src/context.ts';
import type { Container, TarEntry } from '../../src/engine/container.ts';
import { connectEngine } from '../../src/engine/engine.ts';
import { ensureImage } from '../../src/engine/images.ts';
import { Run } from '../../src/engine/run.ts';
import { PortAnswers } from '../../src/engine/wait.ts';
import { type ServedPbx, startServedPbx } from '../history/serve/a-served-pbx.ts';
import { put, wav } from '../history/sounds.ts';
import { smallHouse, treeOf } from './some-pbx.ts';

const CONF = 'etc/nginx/conf.d/recordings.conf';
const PAGE = '127.0.0.1:8086';
const SPOOL = '/var/spool/asterisk';
const HOT = 'OUT101-20130603-100310-1370253790.1210';
const COLD = 'q400-20130604-110000-1370343600.77';
const content = wav(1);

let pbx: ServedPbx;
let run: Run;
/** nginx with the rendered configuration, and behind it the page of this machine. */
let nginx: Container;
let units: TarEntry[];

beforeAll(async () => {
  pbx = await startServedPbx('0.0.0.0');
  const engine = await connectEngine();
  run = await Run.start(engine, silentContext(), { longestMs: 300_000 });
  const network = await run.network();
  // the first address of a bridge is this machine
  const here = network.subnet.replace(/\d+\/\d+$/, (end) => String(Number.parseInt(end, 10) + 1));
  const tree = await treeOf(smallHouse);
  const textOf = (path: string): Buffer => Buffer.from(tree.files.find((f) => f.path === path)?.content ?? '');
  units = tree.files
    .filter((f) => f.path.startsWith('etc/systemd/system/asterisk-recordings'))
    .map((f) => ({ path: f.path, content: Buffer.from(f.content), mode: 0o644 }));
  const conf = textOf(CONF).toString();
  expect(conf.split(PAGE)).toHaveLength(2);
  const users = `anna:${(await hash('Пароль: 1', 4)).replace('$2b$', '$2y$')}\n`;
  nginx = await run.container({
    role: 'nginx',
    image: await ensureImage(engine, 'nginx', silentContext()),
    network,
    files: [
      {
        path: '/',
        entries: [
          ...units,
          { path: CONF, content: Buffer.from(conf.replace(PAGE, `${here}:${new URL(pbx.address).port}`)), mode: 0o644 },
          { path: 'etc/nginx/recordings.users', content: Buffer.from(users), mode: 0o644 },
          { path: `${SPOOL}/monitor/${HOT}.wav`.slice(1), content, mode: 0o644 },
          { path: `${SPOOL}/monitor/2013/06/05/${HOT.replace('0603', '0605')}.wav`.slice(1), content, mode: 0o644 },
          { path: `${SPOOL}/archive/2013/06/04/${COLD}.mp3`.slice(1), content: Buffer.from('ID3 an old call'), mode: 0o444 },
          { path: `${SPOOL}/secret-20130603-100310-1.1.wav`.slice(1), content: Buffer.from('a secret of the box'), mode: 0o644 },
        ],
      },
    ],
  });
  await nginx.waitFor(new PortAnswers(80));
  await nginx.exec(['ln', '-s', '/etc/passwd', `${SPOOL}/monitor/link-20130603-100310-1.1.wav`]);
});
afterAll(async () => {
  await run.end();
  await pbx.close();
});

/** Headers and body as curl sees them, status first. */
async function curl(path: string, ...more: string[]): Promise<{ status: number; headers: string; body: string }> {
  const login = ['--user', 'anna:Пароль: 1'];
  const { out } = await nginx.exec(['curl', '-s', '-i', '--path-as-is', ...login, ...more, `http://127.0.0.1${path}`]);
  const at = out.indexOf('\r\n\r\n');
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(out)?.[1]), headers: out.slice(0, at), body: out.slice(at + 4) };
}

describe('the web part of a build', () => {
  test('is a configuration that nginx takes without a word', async () => {
    const checked = await nginx.exec(['nginx', '-t']);
    expect(checked.code).toBe(0);
    expect(checked.err).not.toMatch(/warn|emerg/);
  });

  test.each([
    [`/cdr_static/${HOT}.wav`, 'audio/x-wav'],
    [`/monitor/${HOT}.wav`, 'audio/x-wav'],
    [`/${HOT}.wav`, 'audio/x-wav'],
    [`/cdr_static/${HOT.replace('0603', '0605')}.wav`, 'audio/x-wav'],
    [`/cdr_static/2013/06/05/${HOT.replace('0603', '0605')}.wav`, 'audio/x-wav'],
    [`/cdr_static/${COLD}.wav`, 'audio/mpeg'],
    [`/cdr_static/${COLD}.gsm`, 'audio/mpeg'],
    [`/2013/06/04/${COLD}.wav`, 'audio/mpeg'],
  ])('answers %s by itself, from where the recording lies now', async (path, type) => {
    const answer = await curl(path, '--head');
    expect(answer.status).toBe(200);
    expect(answer.headers).toContain(`Content-Type: ${type}`);
    expect(answer.headers).toContain('Accept-Ranges: bytes');
    expect(answer.headers).not.toContain('X-Served-By');
    const piece = await curl(path, '--range', '0-2');
    expect([piece.status, piece.body]).toEqual([206, type === 'audio/mpeg' ? 'ID3' : 'RIF']);
  });

  test('passes on to the page what needs the database: links by uniqueid, other names, the search', async () => {
    await put(pbx.monitor, 'call.wav', content);
    await pbx.addCall({ uniqueid: '1370253790.1210', recordingfile: 'call.wav', src: '101' });
    for (const path of ['/index.php?menu=monitoring&action=download&id=1370253790.1210&rawmode=yes', '/cdr_static/call.wav']) {
      const answer = await curl(path, '--range', '0-3');
      expect([answer.status, answer.body]).toEqual([206, 'RIFF']);
      expect(answer.headers.match(/content-security-policy|x-content-type-options/gi)).toHaveLength(2);
    }
    const search = await curl('/?number=101');
    expect(search.status).toBe(200);
    expect(search.body).toContain('<td>101</td>');
    expect((await curl(`/cdr_static/${COLD.replace('77', '78')}.wav`)).status).toBe(404);
  });

  test.each([`/cdr_static/${HOT}.wav`, `/cdr_static/${COLD}.wav`, '/', '/index.php?menu=monitoring', '/monitor/'])(
    'tells nothing of %s without a login, or with a wrong one',
    async (path) => {
      for (const login of ['anna:wrong', 'boris:x']) {
        const answer = await curl(path, '--user', login);
        expect([answer.status, answer.headers]).toEqual([401, expect.stringContaining('WWW-Authenticate: Basic')]);
        expect(answer.body).not.toContain('RIFF');
      }
      const { out } = await nginx.exec(['curl', '-s', '-o', '/dev/null', '-w', '%{http_code}', `http://127.0.0.1${path}`]);
      expect(out).toBe('401');
    },
  );

  test.each([
    '/monitor/',
    '/archive/2013/06/04/',
    '/monitor/link-20130603-100310-1.1.wav',
    '/cdr_static/../secret-20130603-100310-1.1.wav',
    '/cdr_static/%2e%2e/secret-20130603-100310-1.1.wav',
    '/cdr_static/..%2fsecret-20130603-100310-1.1.wav',
    '/secret-20130603-100310-1.1.wav',
    '/cdr_static/../../../../etc/passwd',
    '/etc/nginx/recordings.users',
  ])('shows neither a list nor a way out: %s', async (path) => {
    const answer = await curl(path);
    expect([400, 403, 404]).toContain(answer.status);
    expect(answer.body).not.toMatch(/root:|a secret|\$2y\$|Index of/);
  });

  test('changes nothing, whoever asks', async () => {
    for (const method of ['PUT', 'DELETE', 'POST']) expect((await curl(`/cdr_static/${HOT}.wav`, '-X', method)).status).toBe(403);
  });
});

describe('the units of a build', () => {
  test('are units that systemd takes without a word, once the kit is installed', async () => {
    await nginx.exec(['install', '-m', '0755', '/bin/true', '/usr/local/bin/migrate']);
    const names = units.map(({ path }) => `/${path}`);
    expect(names).toHaveLength(3);
    const checked = await nginx.exec(['systemd-analyze', 'verify', '--man=no', ...names]);
    expect([checked.code, checked.err.trim()]).toEqual([0, '']);
    const calendar = await nginx.exec(['systemd-analyze', 'calendar', '*-*-* 01:00:00']);
    expect(calendar.code).toBe(0);
  });

  test('name commands that the kit has', async () => {
    const { readArguments } = await import('../../src/cli/arguments.ts');
    const commands = units.flatMap(({ content: text }) => /^ExecStart=migrate (.*)$/m.exec(String(text))?.[1] ?? []);
    const asked = commands.map((command) => readArguments(command.split(' ')));
    expect(asked.map((a) => a.command).sort()).toEqual(['recordings archive', 'recordings serve']);
  });
});
