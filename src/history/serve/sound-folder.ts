import { constants, type FileHandle, open, readlink, realpath } from 'node:fs/promises';
import { MigrateError } from '../../error.ts';
import { baseName, type FilePath, joinPath, pathOf, splitExtension } from '../file-path.ts';
import { soundType } from './sound-type.ts';

/** A recording that was found; whoever gets it closes it. */
export interface OpenSound {
  readonly file: FileHandle;
  readonly name: FilePath;
  /** Media type. */
  readonly type: string;
}

const DOT = 46;

/** A folder of recordings, out of which no name and no link leads. */
export class SoundFolder {
  readonly #root: FilePath;

  private constructor(root: FilePath) {
    this.#root = root;
  }

  /** @throws MigrateError E_FOLDER where it is not there */
  static async at(folder: string): Promise<SoundFolder> {
    const root = await realpath(folder).catch(() => null);
    if (root !== null) return new SoundFolder(pathOf(root));
    throw new MigrateError({ code: 'E_FOLDER', where: folder, why: 'there is no such folder', hint: 'Name the folder of recordings.' });
  }

  /** The first of these paths that is a recording; null where none is. */
  async first(paths: Iterable<FilePath>): Promise<OpenSound | null> {
    for (const path of paths) {
      const found = await this.#open(path);
      if (found !== null) return found;
    }
    return null;
  }

  async #open(path: FilePath): Promise<OpenSound | null> {
    const type = soundType(splitExtension(baseName(path)).extension);
    if (type === null || !isBelow(path)) return null;
    // a pipe under the name of a recording would keep whoever opens it waiting
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    const file = await open(joinPath(this.#root, path), flags).catch(() => null);
    if (file === null) return null;
    if (await this.#holds(file)) return { file, name: baseName(path), type };
    await file.close();
    return null;
  }

  /** Asked of the open file, so that no folder can become a link in between. */
  async #holds(file: FileHandle): Promise<boolean> {
    if (!(await file.stat()).isFile()) return false;
    const place = await readlink(`/proc/self/fd/${file.fd}`, { encoding: 'buffer' });
    return place.subarray(0, this.#root.length + 1).equals(joinPath(this.#root, ''));
  }
}

/** No way up, nothing hidden: names that begin with a dot are not yet recordings (what the archive still writes). */
function isBelow(path: FilePath): boolean {
  if (path.includes(0)) return false;
  return path
    .toString('latin1')
    .split('/')
    .every((part) => part !== '' && part.charCodeAt(0) !== DOT);
}
