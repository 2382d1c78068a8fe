import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { listFiles } from '../../src/box/sound-folder.ts';

test('links in the sounds folder are not followed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'migrate-sounds-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'custom'));
  await writeFile(join(folder, 'custom/welcome.wav'), '');
  await symlink('/etc', join(folder, 'custom/etc'));
  await symlink('/etc/passwd', join(folder, 'custom/passwd.wav'));
  expect([...(await listFiles(folder)).keys()]).toEqual(['custom/welcome.wav']);
});

test('a source without sounds has none', async () => {
  expect((await listFiles('/nowhere/at/all')).size).toBe(0);
});
