import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { type Readable, Transform, type TransformCallback } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { MigrateError } from '../error.ts';

/** Bytes at either end of a dump where mysqldump says who it is and that it came to its end. */
const END_BYTES = 2048;
/** SQL packs at least this well. */
const GZIP_FACTOR = 12;

/** A dump as it flows: its text, and whether it was whole, which is known once it has passed. */
export interface DumpStream {
  readonly sql: Readable;
  /** About how many bytes of SQL it will be. */
  readonly aboutBytes: number;
  /** After the end, or where the reader gave up. @throws MigrateError E_DUMP for what is no dump, is damaged or was cut short */
  check(): void;
}

/**
 * Opens asterisk.sql or asterisk.sql.gz, whatever its size; what it is tell its first bytes, not its name.
 * @throws MigrateError E_DUMP where it cannot be read
 */
export async function openDumpStream(path: string): Promise<DumpStream> {
  const { compressed, size } = await look(path);
  const seen = new Seen();
  let damaged: unknown = null;
  const file = createReadStream(path);
  const plain = compressed ? file.pipe(createGunzip()) : file;
  // a stream that breaks ends the SQL: what is missing is found by check()
  for (const stream of new Set<Readable>([file, plain])) {
    stream.on('error', (error) => {
      damaged ??= error;
      seen.end();
    });
  }
  return {
    sql: plain.pipe(seen),
    aboutBytes: compressed ? size * GZIP_FACTOR : size,
    check: () => {
      if (damaged !== null) {
        const [why, hint] = ['the dump is damaged or cut short', 'Copy it again from the old box, or dump the database anew.'];
        throw new MigrateError({ code: 'E_DUMP', where: path, why, hint, cause: damaged });
      }
      seen.check(path);
    },
  };
}

async function look(path: string): Promise<{ compressed: boolean; size: number }> {
  const { size } = await stat(path);
  const handle = await open(path);
  try {
    const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return { compressed: buffer[0] === 0x1f && buffer[1] === 0x8b, size };
  } finally {
    await handle.close();
  }
}

/** Lets everything pass and remembers the two ends, and whether anything was SQL. */
class Seen extends Transform {
  #head = '';
  #tail = '';
  #isSql = false;

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    if (this.#head.length < END_BYTES) this.#head = (this.#head + chunk.subarray(0, END_BYTES).toString('latin1')).slice(0, END_BYTES);
    if (!this.#isSql) this.#isSql = /create\s+table|insert\s+into/i.test(this.#tail + chunk.toString('latin1'));
    this.#tail = (this.#tail + chunk.subarray(-END_BYTES).toString('latin1')).slice(-END_BYTES);
    done(null, chunk);
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
    if (/^-- (?:MySQL|MariaDB) dump /m.test(this.#head) && !this.#tail.includes('-- Dump completed')) {
      refuse(
        'the dump is cut short: mysqldump ends with a line "-- Dump completed", and this one does not',
        'Copy it again from the old box, or dump the database anew.',
      );
    }
  }
}
