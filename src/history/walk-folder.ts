import type { Dirent } from 'node:fs';
import { opendir } from 'node:fs/promises';
import { type FilePath, joinPath } from './file-path.ts';

/** A name that the walk came by. */
export interface Found {
  /** Below the folder that is walked. */
  readonly path: FilePath;
  readonly is: 'file' | 'link' | 'other';
}

/** Names that are asked of the system at once. */
const NAMES_AT_ONCE = 4096;

/**
 * Everything below a folder, in the order in which the system has it, without holding it: a million names cost no more memory than a hundred.
 * Links are told and not followed. What goes away meanwhile is passed over.
 * @param skip full path of a folder below it that is left out
 */
export async function* walkFolder(root: FilePath, skip: FilePath | null = null): AsyncGenerator<Found> {
  const folders: (FilePath | null)[] = [null];
  for (let below = folders.pop(); below !== undefined; below = folders.pop()) {
    const folder = below === null ? root : joinPath(root, below);
    if (skip?.equals(folder) === true) continue;
    const entries = await opendir(folder, { encoding: 'buffer' as BufferEncoding, bufferSize: NAMES_AT_ONCE }).catch((error: unknown) => {
      if (below === null || (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      return [] as Dirent[];
    });
    for await (const entry of entries) {
      const name = entry.name as unknown as Buffer;
      const path = below === null ? name : joinPath(below, name);
      if (entry.isDirectory()) folders.push(path);
      else yield { path, is: entry.isFile() ? 'file' : entry.isSymbolicLink() ? 'link' : 'other' };
    }
  }
}
