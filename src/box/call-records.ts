import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MigrateError } from '../error.ts';
import { openDumpPieces } from './dump-pieces.ts';
import { type DumpStream, openDumpStream } from './dump-stream.ts';
import { kindOfSource } from './source-file.ts';

/** The old box's database of call records. */
export const RECORDS_DATABASE = 'asteriskcdrdb';
const DUMPS = ['', '.gz', '.bz2', '.xz'].map((packed) => `${RECORDS_DATABASE}.sql${packed}`);

/**
 * Opens the call records of a dump or a box folder; the collector dumps a large database by the month, into a folder of its own.
 * @param shown what a person calls it
 * @throws MigrateError E_SOURCE where it holds none; E_DUMP
 */
export async function openRecordsDump(source: string, shown: string): Promise<DumpStream> {
  return (
    (await openDumpPieces(join(source, RECORDS_DATABASE), RECORDS_DATABASE)) ??
    openDumpStream(await dumpOf(source, shown), RECORDS_DATABASE)
  );
}

async function dumpOf(source: string, shown: string): Promise<string> {
  if ((await kindOfSource(source)) === 'dump') return source;
  for (const name of DUMPS) {
    const path = join(source, name);
    if ((await stat(path).catch(() => null))?.isFile() === true) return path;
  }
  throw new MigrateError({
    code: 'E_SOURCE',
    where: shown,
    why: 'it holds no dump of the call records',
    hint: `Name the dump of ${RECORDS_DATABASE}, or a folder or archive that holds one of ${DUMPS.join(', ')}, or ${RECORDS_DATABASE}/YYYY-MM.sql.gz.`,
  });
}
