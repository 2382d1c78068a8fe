import { posix } from 'node:path';
import type { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { MigrateError } from '../error.ts';
import { packEntries, type UnpackedEntry, unpackEntries } from './archive.ts';
import { statPath } from './archive-stat.ts';
import type { TarEntry } from './container.ts';

/**
 * Puts entries below `path`, owned by root. Folders on the way that do not exist become 0755 (the engine would make them
 * 0777). The container need not run.
 * @throws MigrateError E_CONTAINER_FILE for a path inside a tmpfs or a mount
 */
export async function putFiles(container: Docker.Container, path: string, entries: readonly TarEntry[]): Promise<void> {
  const placed = entries.map((entry) => ({ ...entry, path: posix.resolve('/', path, entry.path) }));
  await refuseMounts(container, [posix.resolve('/', path), ...placed.map((entry) => entry.path)]);
  const folders = await missingFolders(placed, (folder) => statPath(container, folder).then((stat) => stat !== null));
  const all = [...folders.map((folder): TarEntry => ({ path: folder, content: null, mode: 0o755 })), ...placed];
  const tar = packEntries(all.map((entry) => ({ ...entry, path: entry.path.slice(1) })));
  await container.putArchive(tar, { path: '/' });
}

/** The engine says yes to such a put, and the file is invisible to the container. */
async function refuseMounts(container: Docker.Container, paths: readonly string[]): Promise<void> {
  const { HostConfig, Mounts } = await container.inspect();
  const mounts = [...Object.keys(HostConfig.Tmpfs ?? {}), ...Mounts.map((mount) => mount.Destination)];
  for (const path of paths) {
    const mount = mounts.find((m) => path === m || path.startsWith(`${m}/`));
    if (mount === undefined) continue;
    throw new MigrateError({
      code: 'E_CONTAINER_FILE',
      where: path,
      why: `${mount} is a tmpfs or a mount, where a file that is put in stays invisible`,
      hint: 'Put it elsewhere, or write it by a program inside the container.',
    });
  }
}

/** The folders above the entries that nobody lists and that do not exist yet, outer ones first. */
async function missingFolders(entries: readonly TarEntry[], exists: (folder: string) => Promise<boolean>): Promise<string[]> {
  const known = new Set(['/', ...entries.filter((entry) => entry.content === null).map((entry) => entry.path)]);
  const missing = new Set<string>();
  for (const entry of entries) {
    for (let folder = posix.dirname(entry.path); !known.has(folder); folder = posix.dirname(folder)) {
      known.add(folder);
      if (await exists(folder)) break;
      missing.add(folder);
    }
  }
  return [...missing].sort();
}

/**
 * What stands at `path`: of a folder all that is below it, with paths relative to it; of a file that file, by its base
 * name. A symbolic link at `path` is followed; those below it are left out. One file in memory at a time.
 * @throws MigrateError E_CONTAINER_FILE where nothing stands there
 */
export async function* getFiles(container: Docker.Container, path: string): AsyncGenerator<TarEntry> {
  const real = await follow(container, path);
  const isFolder = (await statPath(container, real))?.isFolder ?? false;
  const top = posix.basename(real);
  for await (const entry of unpackEntries((await container.getArchive({ path: real })) as Readable)) {
    const relative = isFolder ? posix.relative(real === '/' ? '' : top, entry.path) : posix.basename(path);
    if (relative === '' || relative === '.') continue;
    yield { path: relative, content: await contentOf(container, real, entry), mode: entry.mode };
  }
}

async function follow(container: Docker.Container, path: string): Promise<string> {
  const asked = posix.resolve('/', path);
  const stat = await statPath(container, asked);
  const real = stat?.linkTarget ?? asked;
  if (stat !== null && (real === asked || (await statPath(container, real)) !== null)) return real;
  throw new MigrateError({
    code: 'E_CONTAINER_FILE',
    where: asked,
    why: 'there is no such file in the container',
    hint: 'Look whether the program that should have written it ran.',
  });
}

/** Of several names of one file the engine sends the bytes once, with the first. */
async function contentOf(container: Docker.Container, real: string, entry: UnpackedEntry): Promise<Uint8Array | null> {
  if (entry.type === 'folder') return null;
  if (entry.type === 'file') return entry.content;
  for await (const first of getFiles(container, posix.join(posix.dirname(real), entry.linkTo))) return first.content;
  return entry.content;
}
