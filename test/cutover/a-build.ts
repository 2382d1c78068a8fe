import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { silentContext } from '../../src/context.ts';
import { modelFiles } from '../../src/model/store.ts';
import { render } from '../../src/render/render.ts';
import { pbx, type Some } from '../render/some-pbx.ts';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

/** A folder for the tests of a file, gone after the last of them. */
export async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'migrate-cutover-'));
  folders.push(folder);
  return folder;
}

/** A build on disk, in a folder of its own. */
export async function aBuild(some: Some, live = false): Promise<string> {
  const dir = await aFolder();
  for (const { path, content } of modelFiles(pbx(some))) {
    const full = join(dir, 'model', path);
    await mkdir(dirname(full), { recursive: true });
    await writeFile(full, content);
  }
  await render(join(dir, 'model'), join(dir, 'build'), { live }, silentContext());
  return join(dir, 'build');
}
