import { closeSync, constants, fsync, openSync } from 'node:fs';
import { promisify } from 'node:util';
import type { FilePath } from './file-path.ts';

/** Comes back when what an open file holds is on the disc. */
export const sync = promisify(fsync);

/** Comes back when the names in a folder are on the disc. */
export async function syncFolder(folder: FilePath): Promise<void> {
  const fd = openSync(folder, constants.O_RDONLY);
  try {
    await sync(fd);
  } finally {
    closeSync(fd);
  }
}
