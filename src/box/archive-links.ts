import { copyFile, lstat, mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { placeInBox } from './archive-place.ts';

/** A link of an archive. */
export interface ArchiveLink {
  /** As a person is told of it. */
  readonly shown: string;
  /** Where it would stand in the box folder. */
  readonly place: string;
  /** Where it leads, as a path of the archive. */
  readonly target: string;
}

/**
 * Puts what a link leads to where the link stands: a file as a copy, a folder as a link within the box folder. Called once all files are
 * there, so that nothing is ever written through a link.
 * @param copied is told the bytes of each copy, and may throw
 * @returns why it was left out, or null
 */
export async function placeLink(folder: string, link: ArchiveLink, copied: (bytes: number) => void): Promise<string | null> {
  if (link.place === 'etc/localtime') return zoneOfLink(folder, link.target);
  const to = placeInBox(link.target)?.path ?? null;
  const found = to === null || to === link.place ? null : await lstat(join(folder, to)).catch(() => null);
  if (to === null || found === null) return 'a link to what the archive does not hold';
  const file = join(folder, link.place);
  try {
    if ((await lstat(file).catch(() => null)) !== null) return 'another file stands in its place';
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    if (found.isFile()) {
      copied(found.size);
      await copyFile(join(folder, to), file);
      return null;
    }
    if (!found.isDirectory() || `${link.place}/`.startsWith(`${to}/`)) return 'a link that leads to itself, or to a link';
    await symlink(posix.relative(posix.dirname(link.place), to), file);
    return null;
  } catch (error) {
    if (isBadName(error)) return 'no file may be called so';
    throw error;
  }
}

/** The name is too long for a file, or a file stands where a folder would have to. */
export function isBadName(error: unknown): boolean {
  return ['ENOTDIR', 'EISDIR', 'EEXIST', 'ENAMETOOLONG', 'EILSEQ', 'EINVAL'].includes((error as NodeJS.ErrnoException).code ?? '');
}

/** The link of /etc/localtime tells the zone by its name; the zone itself is a file of the old box. */
async function zoneOfLink(folder: string, target: string): Promise<string | null> {
  const zone = /zoneinfo\/(?:posix\/|right\/)?(.+)$/.exec(target)?.[1];
  const file = join(folder, 'etc/timezone');
  if (zone === undefined) return 'a link to what the archive does not hold';
  if ((await lstat(file).catch(() => null)) !== null) return null;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, `${zone}\n`, { mode: 0o600 });
  return null;
}
