import { constants, gunzipSync } from 'node:zlib';
import { astDbForm } from './astdb-form.ts';
import { compressionOf } from './compression.ts';

/** How much of a file of an archive is looked at before it is known what it is. */
export const HEAD_BYTES = 64 * 1024;

/** What a file of an archive holds, where its path does not say it. */
export type Content =
  | { readonly is: 'archive' /** Paths of its first entries; empty where they cannot be seen yet. */; readonly first: readonly string[] }
  /** The smaller the rank, the surer that it is the dump of the database `asterisk`. */
  | { readonly is: 'dump'; readonly rank: 0 | 1 | 2 }
  | { readonly is: 'astdb'; readonly form: 'sqlite' | 'berkeley' | 'text' }
  | { readonly is: 'other' };

/** @param path of the file, @param head its first HEAD_BYTES */
export function contentOf(path: string, head: Buffer): Content {
  const name = path.split('/').at(-1) ?? '';
  const how = compressionOf(head);
  const isNamedDump = /^asterisk\.sql(?:\.(?:gz|bz2|xz))?$/i.test(name);
  // their first bytes cannot be unpacked here and now, so the name must say what they are
  if (how === 'bzip2' || how === 'xz')
    return isNamedDump ? { is: 'dump', rank: 0 } : /\.sql\.\w+$/i.test(name) ? { is: 'other' } : { is: 'archive', first: [] };
  const plain = how === 'gzip' ? firstBytes(head) : head;
  if (isTarHeader(plain)) return { is: 'archive', first: firstNames(plain) };
  if (isNamedDump) return { is: 'dump', rank: 0 };
  if (looksLikeSql(plain)) return dumpOf(plain) ?? { is: 'other' };
  const form = how === null ? astDbForm(plain) : null;
  return form === null ? { is: 'other' } : { is: 'astdb', form };
}

/** No NUL: a dump may hold one only within a value, where mysqldump writes \0. */
function looksLikeSql(bytes: Buffer): boolean {
  return !bytes.subarray(0, 2048).includes(0) && /create\s+table|insert\s+into/i.test(bytes.toString('latin1'));
}

/** mysqldump names the database in its third line; phpMyAdmin does so, too. Scripts that set up a database name none. */
function dumpOf(sql: Buffer): Content | null {
  const head = sql.subarray(0, 4096).toString('latin1');
  const named = /^-- (?:Host: .*)?(?:Database|Current Database): [`']?([^`'\s]+)/m.exec(head)?.[1];
  if (named !== undefined) return named === 'asterisk' ? { is: 'dump', rank: 1 } : null;
  return /^-- (?:MySQL|MariaDB) dump |phpMyAdmin SQL Dump/m.test(head) ? { is: 'dump', rank: 2 } : null;
}

/** What the first bytes of a gzip stream hold; nothing where they are damaged. */
function firstBytes(head: Buffer): Buffer {
  try {
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 16 * HEAD_BYTES });
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? gunzipLess(head) : Buffer.alloc(0);
  }
}

/** What is all of one byte becomes a thousand times as large: less of it is enough. */
function gunzipLess(head: Buffer): Buffer {
  try {
    return gunzipSync(head.subarray(0, 512), { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return Buffer.alloc(0);
  }
}

const BLOCK = 512;

/** A header of tar says its own checksum: the sum of its bytes, with that field as spaces. */
export function isTarHeader(bytes: Uint8Array): boolean {
  if (bytes.length < BLOCK || bytes[0] === 0) return false;
  const block = Buffer.from(bytes.buffer, bytes.byteOffset, BLOCK);
  const told = Number.parseInt(block.toString('latin1', 148, 156).replace(/\0/g, ' ').trim(), 8);
  let sum = 8 * 0x20;
  for (let i = 0; i < BLOCK; i++) if (i < 148 || i >= 156) sum += block[i] ?? 0;
  return told === sum;
}

/** The names of the entries whose headers lie in the first bytes. */
function firstNames(tar: Buffer): string[] {
  const names: string[] = [];
  for (let at = 0; at + BLOCK <= tar.length && isTarHeader(tar.subarray(at)); ) {
    const size = Number.parseInt(
      tar
        .toString('latin1', at + 124, at + 136)
        .replace(/\0/g, ' ')
        .trim() || '0',
      8,
    );
    if (!Number.isSafeInteger(size) || size < 0) break;
    // long names and pax headers are not names
    if (/[0-7\0]/.test(String.fromCharCode(tar[at + 156] ?? 0))) names.push(tar.toString('utf8', at, at + 100).replace(/\0.*$/s, ''));
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return names;
}
