import { lstat, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unpackArchive } from '../../src/box/archive.ts';
import { linkTarget, placeInBox } from '../../src/box/archive-place.ts';
import { readLimits } from '../../src/box/read-limits.ts';
import { silentContext } from '../../src/context.ts';
import { type Packed, tarOf, tgzOf } from './an-archive.ts';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'archive-test-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

const DUMP = '-- MySQL dump 10.11\n--\n-- Host: localhost    Database: asterisk\nCREATE TABLE `users` (a int);\n-- Dump completed\n';
const SILENCE = new Uint8Array(44);

/** What an archive becomes: files by path, links with where they lead, and what was left out. */
async function unpacked(archive: Uint8Array, limits: Partial<ReturnType<typeof readLimits>> = {}) {
  const around = await mkdtemp(join(home, 'around-'));
  const [file, folder] = [join(around, 'archive'), join(around, 'box')];
  await writeFile(file, archive);
  await mkdir(folder);
  const leftOut = await unpackArchive(file, folder, { ...readLimits(), ...limits }, silentContext());
  expect((await readdir(around)).sort()).toEqual(['archive', 'box']);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files: Record<string, string> = {};
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) files[relative(folder, path)] = await readFile(path, 'latin1');
    // whatever link there is leads to something within
    if (entry.isSymbolicLink()) files[relative(folder, path)] = `-> ${relative(folder, await realpath(path))}`;
    expect((await lstat(path)).mode & 0o077 & (entry.isFile() ? 0o777 : 0)).toBe(0);
  }
  return { files, leftOut: Object.fromEntries(leftOut.refused), unknown: Object.fromEntries(leftOut.unknown) };
}

const names = (files: Record<string, string>): string[] => Object.keys(files).sort();

describe('an Elastix backup', () => {
  const parts = async (): Promise<Packed[]> => [
    [
      'backup/mysqldb_asterisk.tgz',
      await tgzOf([
        ['mysqldb_asterisk/asterisk.sql', DUMP],
        ['mysqldb_asterisk/asteriskcdrdb.sql', DUMP],
      ]),
    ],
    [
      'backup/etc.asterisk.tgz',
      await tgzOf([
        ['asterisk/sip.conf', '[general]\n'],
        ['asterisk/keys/a.conf', 'a=1\n'],
      ]),
    ],
    ['backup/var.lib.asterisk.sounds.custom.tgz', await tgzOf([['custom/welcome.wav', SILENCE]])],
    ['backup/var.lib.asterisk.mohmp3.tgz', await tgzOf([['mohmp3/jazz/one.wav', SILENCE]])],
    ['backup/var.spool.asterisk.voicemail.tgz', await tgzOf([['voicemail/default/106/unavail.wav', SILENCE]])],
    ['backup/var.spool.asterisk.monitor.tgz', await tgzOf([['monitor/1.wav', SILENCE]])],
    ['backup/var.www.html.admin.tgz', await tgzOf([['admin/modules/core/install.sql', 'CREATE TABLE `users` (a int);\n']])],
    ['backup/astdb', Buffer.from([0x62, 0x31, 5, 0, 3, 0, 0, 0])],
    ['backup/a_options.xml', '<options/>'],
  ];
  const box = [
    'astdb',
    'asterisk.sql',
    'etc/asterisk/keys/a.conf',
    'etc/asterisk/sip.conf',
    'var/lib/asterisk/mohmp3/jazz/one.wav',
    'var/lib/asterisk/sounds/custom/welcome.wav',
    'var/spool/asterisk/voicemail/default/106/unavail.wav',
  ];

  it('becomes a box folder, without recordings and pages', async () => {
    const { files, leftOut, unknown } = await unpacked(await tarOf(await parts()));
    expect(names(files)).toEqual(box);
    expect(files['asterisk.sql']).toBe(DUMP);
    expect(leftOut).toEqual({});
    expect(unknown).toEqual({ backup: 1, 'backup/var.www.html.admin.tgz': 1 });
  });

  it('is the same whatever its parts are called, since what they hold tells what they are', async () => {
    const renamed = (await parts()).map(
      (part, i): Packed =>
        Array.isArray(part) ? [`b/part ${i}${part[1] instanceof Buffer && part[1][0] === 0x1f ? '' : '.bin'}`, part[1]] : part,
    );
    expect(names((await unpacked(await tarOf(renamed))).files)).toEqual(box);
  });

  it('is the same when all of it is packed once more', async () => {
    expect(names((await unpacked(gzipSync(await tarOf(await parts())))).files)).toEqual(box);
  });

  it('is refused where it holds two dumps that differ', async () => {
    const two = await tarOf([
      ['a/asterisk.sql', DUMP],
      ['b/asterisk.sql', `${DUMP}-- later`],
    ]);
    await expect(unpacked(two)).rejects.toMatchObject({ code: 'E_SOURCE', why: expect.stringContaining('b/asterisk.sql') as string });
    expect(
      names(
        (
          await unpacked(
            await tarOf([
              ['a/asterisk.sql', DUMP],
              ['b/asterisk.sql', DUMP],
            ]),
          )
        ).files,
      ),
    ).toEqual(['asterisk.sql']);
  });
});

describe('a tar of a box folder', () => {
  it('keeps paths that are told in full, below whatever folder', async () => {
    const { files } = await unpacked(
      await tgzOf([
        ['pbx-2013/asterisk.sql.gz', gzipSync(DUMP)],
        ['pbx-2013/databases/call_center.sql.gz', gzipSync(DUMP)],
        ['pbx-2013/asteriskcdrdb/2013-06.sql.gz', gzipSync(DUMP)],
        ['pbx-2013/etc/sysconfig/clock', 'ZONE="Europe/Moscow"\n'],
        ['pbx-2013/collected/uname.txt', 'Linux'],
        ['pbx-2013/var/www/html/panel/sounds/x.wav', 'panel'],
        ['pbx-2013/var/lib/asterisk/sounds/x.wav', 'real'],
      ]),
    );
    expect(names(files)).toEqual([
      'asterisk.sql',
      'collected/uname.txt',
      'databases/call_center.sql.gz',
      'etc/sysconfig/clock',
      'var/lib/asterisk/sounds/x.wav',
    ]);
    expect(files['var/lib/asterisk/sounds/x.wav']).toBe('real');
  });

  it('tells its time zone by where the link of localtime leads', async () => {
    const { files } = await unpacked(await tarOf([{ name: 'etc/localtime', type: 'symlink', linkname: '/usr/share/zoneinfo/Asia/Omsk' }]));
    expect(files).toEqual({ 'etc/timezone': 'Asia/Omsk\n' });
  });

  it('has links within it resolved, and no link that leads out', async () => {
    const { files, leftOut } = await unpacked(
      await tarOf([
        ['etc/asterisk/sub/real.conf', 'a=1'],
        { name: 'etc/asterisk/soft.conf', type: 'symlink', linkname: 'sub/real.conf' },
        { name: 'etc/asterisk/hard.conf', type: 'link', linkname: 'etc/asterisk/sub/real.conf' },
        { name: 'etc/asterisk/passwd', type: 'symlink', linkname: '/etc/passwd' },
        { name: 'etc/asterisk/up.conf', type: 'symlink', linkname: '../../../../../etc/passwd' },
        { name: 'etc/asterisk/self.conf', type: 'symlink', linkname: 'self.conf' },
        ['var/lib/asterisk/mohmp3/waltz.wav', SILENCE],
        { name: 'var/lib/asterisk/moh', type: 'symlink', linkname: 'mohmp3' },
        { name: 'etc/asterisk/null', type: 'character-device' },
      ]),
    );
    expect(files['etc/asterisk/soft.conf']).toBe('a=1');
    expect(files['etc/asterisk/hard.conf']).toBe('a=1');
    expect(files['var/lib/asterisk/moh']).toBe('-> var/lib/asterisk/mohmp3');
    expect(Object.values(leftOut).flat().sort()).toEqual([
      'etc/asterisk/null',
      'etc/asterisk/passwd',
      'etc/asterisk/self.conf',
      'etc/asterisk/up.conf',
    ]);
  });

  it('writes nothing through a link, in whatever order they come', async () => {
    const { files } = await unpacked(
      await tarOf([
        { name: 'var/lib/asterisk/sounds', type: 'symlink', linkname: '/tmp' },
        { name: 'var/lib/asterisk/moh', type: 'symlink', linkname: '../../../etc/asterisk' },
        ['etc/asterisk/a.conf', 'a=1'],
        ['var/lib/asterisk/sounds/x.wav', 'sound'],
      ]),
    );
    expect(files).toEqual({
      'etc/asterisk/a.conf': 'a=1',
      'var/lib/asterisk/moh': '-> etc/asterisk',
      'var/lib/asterisk/sounds/x.wav': 'sound',
    });
  });
});

describe('a hostile archive', () => {
  it('cannot write outside its folder', async () => {
    const { files, leftOut } = await unpacked(
      await tarOf([
        ['../../etc/asterisk/evil.conf', 'x'],
        ['/etc/asterisk/absolute.conf', 'kept: a place in the box'],
        ['etc/asterisk/../../../evil', 'x'],
        [`etc/asterisk/${'n'.repeat(300)}`, 'x'],
        ['etc/asterisk/a\nb.conf', 'line'],
        ['etc/asterisk/is-a-file', 'x'],
        ['etc/asterisk/is-a-file/and-a-folder', 'x'],
      ]),
    );
    expect(names(files)).toEqual(['etc/asterisk/a\nb.conf', 'etc/asterisk/absolute.conf', 'etc/asterisk/is-a-file']);
    expect(Object.values(leftOut).flat()).toHaveLength(4);
  });

  const limit = (limits: Parameters<typeof unpacked>[1], archive: Uint8Array) =>
    expect(unpacked(archive, limits)).rejects.toMatchObject({
      code: 'E_ARCHIVE_LIMIT',
      hint: expect.stringContaining('--limits') as string,
    });

  it('is refused before it fills the disc', async () => {
    await limit({ bytes: 1000 }, await tarOf([['etc/asterisk/a.conf', 'a'.repeat(2000)]]));
    await limit({ bytes: 1000 }, await tarOf([['part.tgz', await tgzOf([['asterisk/a.conf', 'a'.repeat(2000)]])]]));
    await limit({ entries: 10 }, await tarOf(Array.from({ length: 11 }, (_, i): Packed => [`x${i}`, ''])));
    await limit({ ratio: 100 }, gzipSync(await tarOf([['etc/asterisk/a.conf', new Uint8Array(80 * 1024 * 1024)]])));
    let doll = await tgzOf([['etc/asterisk/a.conf', 'a']]);
    for (let i = 0; i < 3; i++) doll = await tgzOf([['doll', doll]]);
    await limit({}, doll);
    expect(names((await unpacked(doll, readLimits(2))).files)).toEqual(['etc/asterisk/a.conf']);
  });

  it('is told as damaged where it is cut, anywhere, or is a part of something else', async () => {
    const whole = await tarOf([['mysqldb_asterisk.tgz', await tgzOf([['mysqldb_asterisk/asterisk.sql', DUMP.repeat(100)]])]]);
    for (const cut of [600, 700, whole.length - 1100])
      await expect(unpacked(whole.subarray(0, cut)), String(cut)).rejects.toMatchObject({ code: 'E_ARCHIVE' });
    const packed = gzipSync(whole);
    await expect(unpacked(packed.subarray(0, packed.length - 30))).rejects.toMatchObject({ code: 'E_ARCHIVE' });
  });

  it('never breaks out and never breaks the kit, whatever its bytes', async () => {
    const good = await tarOf([
      ['etc/asterisk/a.conf', 'a=1'],
      ['x/asterisk.sql', DUMP],
      { name: 'etc/asterisk/l', type: 'symlink', linkname: 'a.conf' },
    ]);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 40 }), async (changes) => {
        const bad = Buffer.from(good);
        for (const [at, byte] of changes) bad[at] = byte;
        // unpacked() itself looks at what lies around
        await unpacked(bad).catch((error: unknown) =>
          expect(error).toMatchObject({ code: expect.stringMatching(/^E_(ARCHIVE|SOURCE)/) as string }),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('places no path but within the box', () => {
    const part = fc.oneof(
      fc.constantFrom('..', '.', '', 'etc', 'asterisk', 'sounds', 'custom', 'voicemail', 'var', 'lib', 'a.conf', 'x.wav'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), fc.array(part, { maxLength: 6 }), (path, to) => {
        const target = linkTarget(path.join('/'), to.join('/'), 'symlink');
        for (const place of [placeInBox(path.join('/')), target === null ? null : placeInBox(target)]) {
          if (place === null) continue;
          expect(place.path).not.toMatch(/^\/|(?:^|\/)\.\.(?:\/|$)|\0/);
          expect(place.path).toMatch(/^(?:etc|var|collected|databases|asteriskcdrdb)/);
        }
      }),
    );
  });
});
