import { readdir, readFile } from 'node:fs/promises';

/** The same depth from src/ and from dist/. */
const FOLDER = new URL('../../templates/collect/', import.meta.url);

/**
 * The script that an administrator runs on the old box: POSIX shell, one text. It lies in parts, a file a concern, in the order of
 * their numbers. What it packs is laid out as a box folder (README.md).
 */
export async function collectorScript(): Promise<string> {
  const parts = (await readdir(FOLDER)).filter((name) => /^\d-.*\.sh$/.test(name)).sort();
  return (await Promise.all(parts.map((name) => readFile(new URL(name, FOLDER), 'utf8')))).join('');
}
