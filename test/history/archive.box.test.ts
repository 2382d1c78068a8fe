import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { link, lstat, mkdir, mkdtemp, open, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { RowDataPacket } from 'mysql2/promise';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { silentContext } from '../../src/context.ts';
import { type ArchiveOptions, archiveRecordings, type RecordingsArchived } from '../../src/history/archive-recordings.ts';
import { mp3Seconds } from '../../src/history/mp3.ts';
import { migrate } from '../lab/command.ts';
import { type HistoryServer, startHistoryServer } from './history-server.ts';
import { gsm, put, wav } from './sounds.ts';

let server: HistoryServer;
beforeAll(async () => {
  server = await startHistoryServer();
});
afterAll(() => server.close());

let dir: string;
let monitor: string;
beforeEach(async () => {
  await server.clear();
  dir = await mkdtemp(join(tmpdir(), 'migrate-archive-'));
  monitor = join(dir, 'monitor');
  await mkdir(monitor);
});
afterEach(() => rm(dir, { recursive: true }));

function archive(o: Partial<ArchiveOptions> = {}): Promise<RecordingsArchived> {
  const options = {
    targetPassword: server.password,
    kbits: 16,
    minAgeSeconds: 3600,
    dryRun: false,
    notNice: true,
    out: join(dir, 'out'),
    ...o,
  };
  return archiveRecordings(monitor, server.to, options, silentContext());
}

async function rowsOf(query: string): Promise<RowDataPacket[]> {
  return (await server.db.query<RowDataPacket[]>(query))[0];
}

/** Every file below a folder, hidden ones too. */
async function filesIn(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return found
    .filter((e) => !e.isDirectory())
    .map((e) => join(e.parentPath, e.name).slice(folder.length + 1))
    .sort();
}

async function reported(): Promise<Record<string, string>[]> {
  const text = await readFile(join(dir, 'out/recordings-archive.jsonl'), 'utf8');
  return text
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, string>);
}

async function addCall(recordingfile: string, uniqueid = '1370253790.1210', calldate = '2013-06-03 10:03:10'): Promise<void> {
  await server.db.query('INSERT INTO asteriskcdrdb.cdr (calldate, uniqueid, recordingfile) VALUES (?, ?, ?)', [
    calldate,
    uniqueid,
    recordingfile,
  ]);
}

/** The schema, before anything is archived. */
async function emptyArchive(): Promise<void> {
  await archive();
}

const NAME = 'OUT101-20130603-100310-1370253790.1210';

describe('a recording', () => {
  test('goes to the folder of its day as an MP3 of the same length, time and owner, that nobody can change', async () => {
    await put(monitor, `${NAME}.wav`, wav(12.5));
    const before = await stat(join(monitor, `${NAME}.wav`));
    expect(await archive()).toMatchObject({ archived: 1, orphans: 1, bytesBefore: before.size, left: {} });
    const path = join(dir, 'archive/2013/06/03', `${NAME}.mp3`);
    const after = await stat(path);
    expect(after.mode & 0o777).toBe(0o444);
    expect([after.mtimeMs, after.uid]).toEqual([before.mtimeMs, before.uid]);
    const seconds = mp3Seconds(await readFile(path)) ?? 0;
    expect(seconds).toBeGreaterThanOrEqual(12.5);
    expect(seconds).toBeLessThan(13);
    expect(after.size).toBeLessThan(before.size / 6);
    expect(await filesIn(monitor)).toEqual([]);
    expect(await filesIn(join(dir, 'archive'))).toEqual([`2013/06/03/${NAME}.mp3`]);
  });

  test('sounds as it did: the tone of the call is in the MP3', async () => {
    await put(monitor, `${NAME}.wav`, wav(3, 1000));
    await archive();
    const path = join(dir, 'archive/2013/06/03', `${NAME}.mp3`);
    await promisify(execFile)('lame', ['--quiet', '--decode', path, join(dir, 'back.wav')]);
    const samples = (await readFile(join(dir, 'back.wav'))).subarray(44);
    let crossings = 0;
    // the second second, by its crossings of zero: two each period
    for (let i = 8000; i < 16_000; i++) if (samples.readInt16LE(i * 2) < 0 !== samples.readInt16LE(i * 2 + 2) < 0) crossings++;
    expect(crossings / 2).toBeGreaterThan(980);
    expect(crossings / 2).toBeLessThan(1020);
  });

  test.each(['gsm', 'wav49'] as const)('of %s is encoded too', async (format) => {
    await put(monitor, `${NAME}.${format === 'gsm' ? 'gsm' : 'WAV'}`, await gsm(10, format));
    expect(await archive()).toMatchObject({ archived: 1, left: {} });
    const seconds = mp3Seconds(await readFile(join(dir, 'archive/2013/06/03', `${NAME}.mp3`))) ?? 0;
    expect(Math.abs(seconds - 10.2)).toBeLessThan(0.3);
  });

  test('keeps its format where that is asked', async () => {
    const content = wav(2);
    await put(monitor, `${NAME}.wav`, content);
    expect(await archive({ kbits: null })).toMatchObject({ archived: 1, bytesAfter: content.length });
    expect(await readFile(join(dir, 'archive/2013/06/03', `${NAME}.wav`))).toEqual(content);
    expect(await filesIn(monitor)).toEqual([]);
  });

  test.each([
    ['its bare name', `${NAME}.wav`],
    ['its whole path', `/var/spool/asterisk/monitor/${NAME}.wav`],
    ['the folder of its day', `2013/06/03/${NAME}.wav`],
    ['its uniqueid alone', ''],
  ])('is paired with the call that gives %s', async (_, recordingfile) => {
    await emptyArchive();
    await addCall(recordingfile);
    await put(monitor, `${NAME}.wav`, wav(1));
    expect(await archive()).toMatchObject({ archived: 1, orphans: 0, ghosts: 0 });
    expect(
      await rowsOf(
        'SELECT r.uniqueid, c.calldate IS NOT NULL AS paired FROM asteriskcdrdb.recording r JOIN asteriskcdrdb.cdr c ON c.id = r.cdr_id',
      ),
    ).toMatchObject([{ uniqueid: '1370253790.1210', paired: 1 }]);
  });

  test('whose name tells no day goes to the day of its call', async () => {
    await emptyArchive();
    await addCall('manual.wav', '5.1', '2012-01-31 23:59:59');
    await put(monitor, 'manual.wav', wav(1));
    await archive();
    expect(await filesIn(join(dir, 'archive'))).toEqual(['2012/01/31/manual.mp3']);
  });

  test('of the same name as another one of its day is kept beside it', async () => {
    await put(monitor, `${NAME}.wav`, wav(1, 300));
    await put(monitor, `2013/06/03/${NAME}.wav`, wav(2, 600));
    await put(monitor, `x/${NAME}.gsm`, await gsm(3, 'gsm'));
    expect(await archive({ jobs: 3 })).toMatchObject({ archived: 3 });
    const files = await filesIn(join(dir, 'archive'));
    expect(files).toEqual(['', '~2', '~3'].map((n) => `2013/06/03/${NAME}${n}.mp3`));
    const lengths = await Promise.all(files.map(async (f) => Math.floor(mp3Seconds(await readFile(join(dir, 'archive', f))) ?? 0)));
    expect(lengths.sort()).toEqual([1, 2, 3]);
  });

  test('never takes the place of a file that was in the archive before', async () => {
    await put(join(dir, 'archive'), `2013/06/03/${NAME}.mp3`, Buffer.from('what an old script made'), 999_999);
    await put(monitor, `${NAME}.wav`, wav(1));
    expect(await archive()).toMatchObject({ archived: 1 });
    expect(await readFile(join(dir, 'archive/2013/06/03', `${NAME}.mp3`), 'utf8')).toBe('what an old script made');
    expect(await filesIn(join(dir, 'archive'))).toEqual([`2013/06/03/${NAME}.mp3`, `2013/06/03/${NAME}~2.mp3`]);
  });
});

describe('names that hurt', () => {
  const names = [
    '-rf.wav',
    '--help.wav',
    'a\'b"c.wav',
    'new\nline.wav',
    '$(touch pwned).wav',
    '; rm -rf x.wav',
    'Запись №1.wav',
    ' .wav',
    '%s%n.wav',
    '<b>x<b>.wav',
    '~2.wav',
  ];

  test('are names: each recording arrives under its own', async () => {
    for (const name of names) await put(monitor, name, wav(0.5));
    const latin1 = Buffer.from('M\xfcller.wav', 'latin1');
    await put(monitor, latin1, wav(0.5));
    expect(await archive()).toMatchObject({ archived: names.length + 1, left: {} });
    const stored = (await rowsOf('SELECT name FROM asteriskcdrdb.recording')).map((r) => (r['name'] as Buffer).toString('latin1'));
    expect(stored.sort()).toEqual([...names.map((n) => Buffer.from(n.slice(0, -4)).toString('latin1')), 'M\xfcller'].sort());
    expect(await filesIn(monitor)).toEqual([]);
    expect(await readdir(dir)).not.toContain('pwned');
  });
});

describe('what is left where it is, and told', () => {
  test('links, pipes, empty, cut and foreign files, and what is younger than it should be', async () => {
    const outside = join(dir, 'outside.wav');
    await writeFile(outside, wav(1));
    await symlink(outside, join(monitor, 'link.wav'));
    await symlink('/nowhere', join(monitor, 'dangling.wav'));
    await promisify(execFile)('mkfifo', [join(monitor, 'pipe.wav')]);
    await put(monitor, 'empty.wav', Buffer.alloc(0));
    await put(monitor, 'header.wav', wav(0));
    await put(monitor, 'cut.wav', wav(2).subarray(0, 9000));
    const crashed = wav(2);
    crashed.writeUInt32LE(0, 40);
    await put(monitor, 'crashed.wav', crashed);
    await put(monitor, 'text.wav', Buffer.from('this is no sound at all, is it?'));
    await put(monitor, 'notes.txt', Buffer.from('notes'));
    await put(monitor, 'young.wav', wav(1), 60);
    const told = await archive();
    expect(told).toMatchObject({
      archived: 0,
      left: { link: 2, 'no file': 1, empty: 1, 'header only': 1, corrupt: 3, 'not a recording': 1, young: 1 },
    });
    expect(await filesIn(monitor)).toHaveLength(10);
    expect(await filesIn(join(dir, 'archive'))).toEqual([]);
    expect((await reported()).find((line) => line['left'] === 'cut.wav')).toEqual({ left: 'cut.wav', why: 'corrupt' });
    expect(await readFile(outside)).toEqual(wav(1));
  });

  test('a recording that a program still holds open', async () => {
    await put(monitor, 'call.wav', wav(1));
    const mixMonitor = await open(join(monitor, 'call.wav'), 'r+');
    expect(await archive()).toMatchObject({ archived: 0, left: { 'being written': 1 } });
    await mixMonitor.close();
    expect(await archive()).toMatchObject({ archived: 1 });
  });

  test('calls whose recording is nowhere are listed, and those whose recording is not archived yet are not', async () => {
    await emptyArchive();
    await addCall('gone.wav', '7.1');
    await addCall('deleted', '7.2');
    await addCall('2013/06/03/young.wav', '7.3');
    await addCall('../../etc/passwd', '7.4');
    await put(monitor, '2013/06/03/young.wav', wav(1), 5);
    expect(await archive()).toMatchObject({ ghosts: 2, left: { young: 1 } });
    expect((await reported()).filter((l) => l['ghost'] !== undefined).map((l) => l['ghost'])).toEqual(['gone.wav', '../../etc/passwd']);
  });

  test('everything, in a dry run, which says the size before and after', async () => {
    await put(monitor, `${NAME}.wav`, wav(100));
    const told = await archive({ dryRun: true });
    expect(told).toMatchObject({ dryRun: true, archived: 1, bytesBefore: 1_600_044, bytesAfter: 200_000 });
    expect(await filesIn(monitor)).toEqual([`${NAME}.wav`]);
    expect(await readdir(dir)).not.toContain('archive');
  });
});

test('an archive within the folder of recordings is not archived itself', async () => {
  await put(monitor, `${NAME}.wav`, wav(1));
  const inside = { archive: join(monitor, 'archive') };
  expect(await archive(inside)).toMatchObject({ archived: 1 });
  expect(await archive(inside)).toMatchObject({ archived: 0, left: {} });
});

test('a recording with a second name elsewhere loses only the one that was archived', async () => {
  await put(monitor, `${NAME}.wav`, wav(1));
  await link(join(monitor, `${NAME}.wav`), join(dir, 'kept.wav'));
  await archive();
  expect(await readFile(join(dir, 'kept.wav'))).toEqual(wav(1));
});

test('an archive run that is killed twenty times at random moments loses no recording, leaves no half of one, and doubles none', {
  timeout: 300_000,
}, async () => {
  const KILLS = 20;
  const put20 = async (from: number): Promise<string[]> => {
    const names = Array.from({ length: 20 }, (_, i) => `q400-20130603-100310-1370253790.${from + i}`);
    for (const [i, name] of names.entries()) await put(monitor, `${name}.wav`, wav(20 + (i % 7), 200 + i));
    return names;
  };
  const all: string[] = [];
  let inTheMiddle = 0;
  for (let kill = 0; inTheMiddle < KILLS; kill++) {
    expect(kill, 'kills that fell beside the work').toBeLessThan(KILLS * 4);
    if ((await filesIn(monitor)).length < 12) all.push(...(await put20(all.length)));
    const before = (await filesIn(monitor)).length;
    const args = ['recordings', 'archive', monitor, '--to', server.to, '-o', join(dir, 'out'), '--quiet'];
    const running = migrate(args, { MIGRATE_TARGET_PASSWORD: server.password });
    const isOver = (): boolean => running.process.exitCode !== null || running.process.signalCode !== null;
    // the first file is being encoded, or gone
    while (
      !isOver() &&
      (await filesIn(monitor)).length === before &&
      !(await filesIn(join(dir, 'archive'))).some((f) => f.endsWith('.part'))
    )
      await pause(5);
    await pause(Math.random() * 120);
    if (!isOver()) inTheMiddle++;
    running.process.kill('SIGKILL');
    if (!isOver()) await once(running.process, 'exit');
    // each recording is in one of the two places at least, and whole
    const archived = (await filesIn(join(dir, 'archive')))
      .filter((f) => !f.endsWith('.part'))
      .map((f) => f.slice('2013/06/03/'.length, -4));
    const hot = (await filesIn(monitor)).map((f) => f.slice(0, -4));
    expect([...new Set([...archived, ...hot])].sort()).toEqual([...all].sort());
    for (const name of archived) {
      const seconds = mp3Seconds(await readFile(join(dir, 'archive/2013/06/03', `${name}.mp3`)));
      expect(seconds, name).toBeGreaterThan(20);
    }
  }
  expect(await archive()).toMatchObject({ left: {} });
  expect(await filesIn(monitor)).toEqual([]);
  expect(await filesIn(join(dir, 'archive'))).toEqual(all.map((name) => `2013/06/03/${name}.mp3`).sort());
  const rows = await rowsOf('SELECT name, COUNT(*) AS n FROM asteriskcdrdb.recording GROUP BY name');
  expect(rows.map((r) => [(r['name'] as Buffer).toString(), r['n']])).toEqual(expect.arrayContaining(all.map((name) => [name, 1])));
  expect(rows).toHaveLength(all.length);
  expect((await lstat(join(dir, 'archive/2013/06/03'))).isDirectory()).toBe(true);
});
