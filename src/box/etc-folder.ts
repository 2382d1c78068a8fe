import { lstat, readdir, readFile, realpath } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { type DecodeText, decodeText } from './charset.ts';

/** A configuration file is small; what is larger is no configuration. */
const LARGEST = 8 * 1024 * 1024;

export interface EtcFile {
  /** Relative to the folder, with slashes. */
  readonly path: string;
  /** null: larger than any configuration, binary, or not to be read. */
  readonly text: string | null;
  readonly bytes: number;
  /** Why there is no text, or how its bytes were read where that was no plain UTF-8. */
  readonly remark: string | null;
}

/** The box's /etc/asterisk: all files, by path, read once. Links that lead out of the folder are not followed. */
export async function readEtcFolder(folder: string, decode: DecodeText = decodeText): Promise<Map<string, EtcFile>> {
  const root = await realpath(folder);
  const files = new Map<string, EtcFile>();
  for (const path of await list(root, root, 0)) files.set(path, await readOne(root, path, decode));
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function list(root: string, folder: string, depth: number): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const full = join(folder, entry.name);
    if (entry.isDirectory() && depth < 6) found.push(...(await list(root, full, depth + 1)));
    else if (entry.isFile() || entry.isSymbolicLink()) found.push(relative(root, full).split(sep).join('/'));
  }
  return found;
}

async function readOne(root: string, path: string, decode: DecodeText): Promise<EtcFile> {
  const full = join(root, path);
  const target = await realpath(full).catch(() => null);
  if (target === null || !target.startsWith(root + sep))
    return { path, text: null, bytes: 0, remark: 'a link that leads out of the folder, or nowhere' };
  const { size, isFile } = await lstat(target).then((s) => ({ size: s.size, isFile: s.isFile() }));
  if (!isFile) return { path, text: null, bytes: 0, remark: 'no plain file' };
  if (size > LARGEST) return { path, text: null, bytes: size, remark: 'larger than any configuration' };
  const bytes = await readFile(target).catch(() => null);
  if (bytes === null) return { path, text: null, bytes: size, remark: 'it may not be read' };
  if (bytes.includes(0)) return { path, text: null, bytes: size, remark: 'not text' };
  const { text, charset } = decode(bytes);
  return { path, text: text.replace(/^\ufeff/, ''), bytes: size, remark: charset === 'utf-8' ? null : `read as ${charset}` };
}

/**
 * The path, within the folder, of a file that `#include` or a setting names. Absolute paths are those of the box: the folder stands
 * for /etc/asterisk there. null where it leads out.
 */
export function pathWithin(named: string, astEtcDir = '/etc/asterisk'): string | null {
  const base = '/etc-of-the-box';
  const bare = named.startsWith(`${astEtcDir}/`) ? named.slice(astEtcDir.length + 1) : named;
  const full = resolve(base, bare);
  return full.startsWith(`${base}/`) ? full.slice(base.length + 1) : null;
}
