import { readdir, realpath } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';

export interface SoundFolder {
  /** Path within the folder, with slashes, and where the file lies. */
  readonly files: ReadonlyMap<string, string>;
  /** Paths of links, which are left out, wherever they lead. */
  readonly links: readonly string[];
}

/** All files below a folder of the box. None where there is no such folder, or where it leads out of the box. */
export async function listFolder(box: string, path: string): Promise<SoundFolder> {
  const root = await realpath(resolve(box)).catch(() => null);
  const folder = await realpath(join(box, path)).catch(() => null);
  if (root === null || folder === null || (folder !== root && !folder.startsWith(root + sep))) return { files: new Map(), links: [] };
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = (wanted: (e: (typeof entries)[number]) => boolean) =>
    entries
      .filter(wanted)
      .map((e) => join(e.parentPath, e.name))
      .sort();
  const within = (full: string) => relative(folder, full).split(sep).join('/');
  return {
    files: new Map(paths((e) => e.isFile()).map((full) => [within(full), full])),
    links: paths((e) => e.isSymbolicLink()).map(within),
  };
}

/** Elastix keeps music in mohmp3, FreePBX 2.9 and later in moh; either may be a link to the other. Paths begin with the folder's name. */
export async function listMusic(box: string): Promise<SoundFolder> {
  const folders = await Promise.all(
    ['mohmp3', 'moh'].map(async (name) => ({ name, held: await listFolder(box, `var/lib/asterisk/${name}`) })),
  );
  return {
    files: new Map(folders.flatMap(({ name, held }) => [...held.files].map(([path, full]) => [`${name}/${path}`, full] as const))),
    links: folders.flatMap(({ name, held }) => held.links.map((path) => `${name}/${path}`)),
  };
}
