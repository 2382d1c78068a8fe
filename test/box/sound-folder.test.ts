import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { listFolder, listMusic } from '../../src/box/sound-folder.ts';

test('links in the sounds folder are not followed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'migrate-sounds-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'custom'));
  await writeFile(join(folder, 'custom/welcome.wav'), '');
  await symlink('/etc', join(folder, 'custom/etc'));
  await symlink('/etc/passwd', join(folder, 'custom/passwd.wav'));
  const held = await listFolder(folder, '.');
  expect([...held.files.keys()]).toEqual(['custom/welcome.wav']);
  expect(held.links).toEqual(['custom/etc', 'custom/passwd.wav']);
});

test('a source without sounds has none', async () => {
  expect((await listFolder('/nowhere', 'at/all')).files.size).toBe(0);
});

test('music lies in mohmp3 or in moh, and a folder that leads out of the box is none', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'migrate-music-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const lib = join(folder, 'var/lib/asterisk');
  await mkdir(join(lib, 'mohmp3/jazz'), { recursive: true });
  await writeFile(join(lib, 'mohmp3/jazz/one.wav'), '');
  await symlink('mohmp3', join(lib, 'moh'));
  expect([...(await listMusic(folder)).files.keys()]).toEqual(['mohmp3/jazz/one.wav', 'moh/jazz/one.wav']);
  await rm(join(lib, 'moh'));
  await symlink('/etc', join(lib, 'moh'));
  expect([...(await listMusic(folder)).files.keys()]).toEqual(['mohmp3/jazz/one.wav']);
});
