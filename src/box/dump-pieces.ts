import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type DumpStream, dumpBytes, openDumpStream } from './dump-stream.ts';

/**
 * A large database as the collector dumps it: `0000-00.sql.gz` with the tables themselves, then a file a month, read one after the other as
 * one dump. null where the folder holds no such files.
 * @throws MigrateError E_DUMP where one of them cannot be read
 */
export async function openDumpPieces(folder: string, database: string): Promise<DumpStream | null> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => /^\d{4}-\d{2}\.sql(?:\.\w+)?$/.test(name)).sort();
  if (names.length === 0) return null;
  const paths = names.map((name) => join(folder, name));
  const sizes = await Promise.all(paths.map(dumpBytes));
  let broken: unknown = null;
  let current: DumpStream | null = null;
  async function* pieces(): AsyncGenerator<Buffer> {
    try {
      for (const path of paths) {
        current = await openDumpStream(path, database);
        yield* current.sql;
        current.check();
      }
    } catch (error) {
      // a piece that breaks ends the SQL: check() tells
      broken = error;
    }
  }
  return {
    name: folder,
    sql: Readable.from(pieces()),
    aboutBytes: sizes.reduce((sum, size) => sum + size, 0),
    check: () => {
      if (broken !== null) throw broken;
      current?.check();
    },
  };
}
