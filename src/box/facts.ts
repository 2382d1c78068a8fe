import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeText } from './charset.ts';

/** A fact is a screen or two; what is larger is none. */
const LARGEST = 4 * 1024 * 1024;

/** Facts of the machine that the collector noted, by name: 'crontab' is what collected/crontab.txt holds. */
export type Facts = ReadonlyMap<string, string>;

/** Reads `collected/*.txt` of a box folder; links and what is no plain file are left out. Empty where the source is no collector's. */
export async function readFacts(folder: string): Promise<Facts> {
  const within = join(folder, 'collected');
  const real = await lstat(within).catch(() => null);
  const names = real?.isDirectory() === true ? (await readdir(within)).filter((name) => /^[a-z0-9-]+\.txt$/.test(name)).sort() : [];
  const facts = new Map<string, string>();
  for (const name of names) {
    const path = join(within, name);
    const isFile = await lstat(path).then((s) => s.isFile() && s.size <= LARGEST);
    if (isFile) facts.set(name.slice(0, -'.txt'.length), decodeText(await readFile(path)).text);
  }
  return facts;
}
