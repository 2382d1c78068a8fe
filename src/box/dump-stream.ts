import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable, Transform, type TransformCallback } from 'node:stream';
import { MigrateError } from '../error.ts';
import { type Compression, compressionOf, decompress, headOf, MAGIC_BYTES } from './compression.ts';
import { OneDatabase } from './one-database.ts';
import { Allowance, type ReadLimits, readLimits } from './read-limits.ts';

/** Bytes at either end of a dump where mysqldump says who it is and that it came to its end. */
const END_BYTES = 2048;
/** SQL packs at least this well. */
const PACKS: Record<Compression, number> = { gzip: 12, bzip2: 18, xz: 20 };

/** A dump as it flows: its text, and whether it was whole, which is known once it has passed. */
export interface DumpStream {
  /** As a person knows it. */
  readonly name: string;
  readonly sql: Readable;
  /** About how many bytes of SQL it will be. */
  readonly aboutBytes: number;
  /** After the end, or where the reader gave up. @throws MigrateError E_DUMP for what is no dump, is damaged or was cut short; E_ARCHIVE_LIMIT */
  check(): void;
}

/**
 * Opens a dump, whatever its size: plain, gzip, bzip2 or xz, which its first bytes tell, not its name.
 * @param database of which it is, where it holds several
 * @throws MigrateError E_DUMP where it cannot be read
 */
export async function openDumpStream(path: string, database: string, limits: ReadLimits = readLimits()): Promise<DumpStream> {
  const { how, size } = await look(path);
  const seen = new Seen();
  let broken: unknown = null;
  const file = createReadStream(path);
  const plain = how === null ? file : Readable.from(new Allowance(limits, path).grown(file, (packed) => decompress(packed, how)));
  // a stream that breaks ends the SQL: what is missing is found by check()
  for (const stream of new Set<Readable>([file, plain])) {
    stream.on('error', (error) => {
      broken ??= error;
      seen.end();
    });
  }
  const sql = plain.pipe(seen).pipe(new OneDatabase(database));
  // whoever gives up on it ends the programs that feed it
  sql.on('close', () => plain.destroy());
  return {
    name: path,
    sql,
    aboutBytes: plainBytes(how, size),
    check: () => {
      if (broken instanceof MigrateError) throw broken;
      if (broken !== null) throw damaged(path, broken);
      seen.check(path);
    },
  };
}

/** About how many bytes of SQL a dump will be. @throws MigrateError E_DUMP where it cannot be read */
export async function dumpBytes(path: string): Promise<number> {
  const { how, size } = await look(path);
  return plainBytes(how, size);
}

function plainBytes(how: Compression | null, size: number): number {
  return how === null ? size : size * PACKS[how];
}

function damaged(path: string, cause: unknown): MigrateError {
  const [why, hint] = ['the dump is damaged or cut short', 'Copy it again from the old box, or dump the database anew.'];
  return new MigrateError({ code: 'E_DUMP', where: path, why, hint, cause });
}

async function look(path: string): Promise<{ how: Compression | null; size: number }> {
  try {
    const { size } = await stat(path);
    return { how: compressionOf(await headOf(path, MAGIC_BYTES)), size };
  } catch (cause) {
    const [why, hint] = [`the dump cannot be read (${(cause as NodeJS.ErrnoException).code})`, 'See whether it is there and may be read.'];
    throw new MigrateError({ code: 'E_DUMP', where: path, why, hint, cause });
  }
}

/** Lets everything pass and remembers the two ends, and whether anything was SQL. */
class Seen extends Transform {
  #head = '';
  #tail = '';
  #isSql = false;
  #ended = false;

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    if (this.#head.length < END_BYTES) this.#head = (this.#head + chunk.subarray(0, END_BYTES).toString('latin1')).slice(0, END_BYTES);
    if (!this.#isSql) this.#isSql = /create\s+table|insert\s+into/i.test(this.#tail + chunk.toString('latin1'));
    this.#tail = (this.#tail + chunk.subarray(-END_BYTES).toString('latin1')).slice(-END_BYTES);
    done(null, chunk);
  }

  override _flush(done: TransformCallback): void {
    this.#ended = true;
    done();
  }

  /** mysqldump says at the end that it is complete. */
  check(path: string): void {
    const refuse = (why: string, hint: string): never => {
      throw new MigrateError({ code: 'E_DUMP', where: path, why, hint });
    };
    if (!this.#isSql) {
      refuse(
        'it is no SQL dump: nothing in it creates or fills a table',
        'Dump the old database: mysqldump asterisk > asterisk.sql, mysqldump asteriskcdrdb > asteriskcdrdb.sql.',
      );
    }
    // a reader that gave up has not seen the end
    if (this.#ended && /^-- (?:MySQL|MariaDB) dump /m.test(this.#head) && !this.#tail.includes('-- Dump completed')) {
      refuse(
        'the dump is cut short: mysqldump ends with a line "-- Dump completed", and this one does not',
        'Copy it again from the old box, or dump the database anew.',
      );
    }
  }
}
