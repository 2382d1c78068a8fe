import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pathWithin, readEtcFolder } from '../../src/box/etc-folder.ts';
import { ianaName, readTimeZone } from '../../src/box/time-zone.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'migrate-etc-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe("the box's /etc/asterisk", () => {
  it('is read without what links lead to outside of it', async () => {
    const etc = join(folder, 'asterisk');
    await mkdir(join(etc, 'sub'), { recursive: true });
    await writeFile(join(folder, 'outside.conf'), 'secret=1');
    await writeFile(join(etc, 'sub/in.conf'), 'a=1');
    await symlink('../outside.conf', join(etc, 'out.conf'));
    await symlink('sub/in.conf', join(etc, 'link.conf'));
    await writeFile(join(etc, 'key.bin'), Buffer.from([0, 1, 2]));
    const files = await readEtcFolder(etc);
    expect([...files.keys()]).toEqual(['key.bin', 'link.conf', 'out.conf', 'sub/in.conf']);
    expect(files.get('out.conf')?.text).toBeNull();
    expect(files.get('link.conf')?.text).toBe('a=1');
    expect(files.get('key.bin')?.text).toBeNull();
  });

  it.each([
    ['../passwd', null],
    ['/etc/passwd', null],
    ['a/../../x', null],
    ['/etc/asterisk/../passwd', null],
    ['.', null],
    ['vm_general.inc', 'vm_general.inc'],
    ['/etc/asterisk/custom/a.conf', 'custom/a.conf'],
    ['./b.conf', 'b.conf'],
  ])('takes an include of %s for %s', (named, path) => {
    expect(pathWithin(named)).toBe(path);
  });
});

describe("the box's time zone", () => {
  it('is what CentOS wrote into sysconfig/clock', async () => {
    await mkdir(join(folder, 'sysconfig'));
    await writeFile(join(folder, 'sysconfig/clock'), '# comment\nZONE="Europe/Moscow"\nUTC=true\n');
    expect(await readTimeZone(folder)).toBe('Europe/Moscow');
  });

  it('is where localtime points, without going there', async () => {
    await symlink('/nowhere/usr/share/zoneinfo/Asia/Yekaterinburg', join(folder, 'localtime'));
    expect(await readTimeZone(folder)).toBe('Asia/Yekaterinburg');
  });

  it('is unknown where nothing tells, or what tells is no zone', async () => {
    await writeFile(join(folder, 'timezone'), 'Mars/Olympus\n');
    expect(await readTimeZone(folder)).toBeNull();
    expect(ianaName('../../etc/passwd')).toBeNull();
    expect(ianaName('europe/moscow')).toBe('Europe/Moscow');
  });
});
