import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { silentContext } from '../../src/context.ts';
import { modelFiles } from '../../src/model/store.ts';
import { render } from '../../src/render/render.ts';
import { pbx, type Some } from '../render/some-pbx.ts';

/** A build on disk, in a folder of its own below the one for temporary files. */
export async function aBuild(some: Some, live = false): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'migrate-cutover-'));
  for (const { path, content } of modelFiles(pbx(some))) {
    const full = join(dir, 'model', path);
    await mkdir(dirname(full), { recursive: true });
    await writeFile(full, content);
  }
  await render(join(dir, 'model'), join(dir, 'build'), { live }, silentContext());
  return join(dir, 'build');
}
