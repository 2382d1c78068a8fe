import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { MigrateError } from '../error.ts';
import { isTarHeader } from './archive-content.ts';
import { compressionOf, DamagedStream, decompress, headOf, MAGIC_BYTES } from './compression.ts';

/** Enough for the first header of a tar. */
const LOOKED_AT = 512;

/**
 * What a source on disc is, told by what it holds and not by its name.
 * @throws MigrateError E_SOURCE where there is nothing, E_NO_PROGRAM
 */
export async function kindOfSource(path: string): Promise<'folder' | 'archive' | 'dump'> {
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory() === true) return 'folder';
  if (found?.isFile() !== true) {
    throw new MigrateError({
      code: 'E_SOURCE',
      where: path,
      why: found === null ? 'there is no such file or folder' : 'it is neither a file nor a folder',
      hint: 'Name a dump (.sql, .sql.gz, .bz2, .xz), a backup (.tar), a box folder, or mysql://user@host:port/asterisk.',
    });
  }
  return isTarHeader(await firstBytes(path)) ? 'archive' : 'dump';
}

async function firstBytes(path: string): Promise<Buffer> {
  const head = await headOf(path, LOOKED_AT);
  const how = compressionOf(head.subarray(0, MAGIC_BYTES));
  if (how === null) return head;
  const file = createReadStream(path);
  const held: Uint8Array[] = [];
  try {
    for await (const chunk of decompress(file as AsyncIterable<Uint8Array>, how)) {
      held.push(chunk);
      if (held.reduce((sum, one) => sum + one.length, 0) >= LOOKED_AT) break;
    }
  } catch (error) {
    // whoever reads it whole says what is wrong with it
    if (!(error instanceof DamagedStream)) throw error;
  } finally {
    file.destroy();
  }
  return Buffer.concat(held);
}
