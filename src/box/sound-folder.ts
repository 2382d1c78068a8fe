import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** All files below a folder: path within it, with slashes, and where they lie. A link is left out, wherever it leads; no folder: none. */
export async function listFiles(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name));
  return new Map(files.sort().map((path) => [relative(folder, path), path]));
}
