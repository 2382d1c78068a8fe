import { writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { walkFolder } from '../../src/history/walk-folder.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'migrate-walk-'));
});
afterEach(() => rm(dir, { recursive: true }));

async function walked(skip?: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { path, is } of walkFolder(Buffer.from(dir), skip === undefined ? null : Buffer.from(skip)))
    found.push(`${is} ${path.toString('latin1')}`);
  return found.sort();
}

test('a folder of recordings is walked to its depth, names as they are, and links are not followed', async () => {
  await mkdir(join(dir, '2013/06/03'), { recursive: true });
  await writeFile(join(dir, '2013/06/03/a.wav'), '');
  await writeFile(Buffer.concat([Buffer.from(`${dir}/`), Buffer.from([0xff, 0x0a, 0x27])]), '');
  await symlink('/', join(dir, 'root'));
  expect(await walked()).toEqual(['file 2013/06/03/a.wav', "file \xff\n'", 'link root']);
});

test('the archive within the folder is left out', async () => {
  await mkdir(join(dir, 'archive/2013'), { recursive: true });
  await writeFile(join(dir, 'archive/2013/a.mp3'), '');
  await writeFile(join(dir, 'b.wav'), '');
  expect(await walked(join(dir, 'archive'))).toEqual(['file b.wav']);
});

test('ten thousand names in one folder come each once', async () => {
  for (let i = 0; i < 10_000; i++) writeFileSync(join(dir, `${i}.wav`), '');
  const found = await walked();
  expect(new Set(found).size).toBe(10_000);
  expect(found).toHaveLength(10_000);
});

test('a folder that is not there is an error', async () => {
  dir = join(dir, 'nowhere');
  await expect(walked()).rejects.toMatchObject({ code: 'ENOENT' });
  dir = join(dir, '..');
});
