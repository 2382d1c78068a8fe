import { type ChildProcess, spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { MigrateError } from '../error.ts';

export type Compression = 'gzip' | 'bzip2' | 'xz';

/** How many bytes compressionOf() needs. */
export const MAGIC_BYTES = 6;

/** How a file is compressed, by its first bytes; its name says nothing. null: it is not. */
export function compressionOf(head: Uint8Array): Compression | null {
  const starts = (...magic: number[]): boolean => magic.every((byte, i) => head[i] === byte);
  if (starts(0x1f, 0x8b)) return 'gzip';
  if (starts(0x42, 0x5a, 0x68) && head[3] !== undefined && head[3] >= 0x31 && head[3] <= 0x39) return 'bzip2';
  if (starts(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00)) return 'xz';
  return null;
}

/** The first bytes of a file; fewer where it is shorter. */
export async function headOf(path: string, bytes: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** A compressed stream that ends too early or is none. */
export class DamagedStream extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'DamagedStream';
  }
}

/** xz and bzip2 are Debian's own programs: no library of npm's reads all that they write (several streams, checks) and is kept as well. */
const PROGRAMS = {
  bzip2: { argv: ['bzip2', '-dc'], package: 'bzip2' },
  // the limit is on its memory: what it writes is counted by the reader
  xz: { argv: ['xz', '-dc', '--memlimit-decompress=512MiB'], package: 'xz-utils' },
} as const;

/**
 * What the compressed bytes hold, piece by piece. Whoever stops reading ends the work, programs included.
 * @throws DamagedStream; MigrateError E_NO_PROGRAM (exit 3) where the program for it is not installed
 */
export async function* decompress(packed: AsyncIterable<Uint8Array>, how: Compression): AsyncGenerator<Uint8Array> {
  if (how === 'gzip') yield* gunzip(packed);
  else yield* through(how, packed);
}

async function* gunzip(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = Readable.from(packed);
  const bytes = createGunzip();
  source.on('error', (error) => bytes.destroy(error));
  source.pipe(bytes);
  try {
    for await (const chunk of bytes) yield chunk as Uint8Array;
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code?.startsWith('Z_') ? new DamagedStream(error) : error;
  } finally {
    source.destroy();
  }
}

async function* through(how: keyof typeof PROGRAMS, packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const [program, ...rest] = PROGRAMS[how].argv;
  const child = spawn(program, rest, { stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = endOf(child, how);
  // whoever stops reading does not wait for its end, so nobody may be there to hear it
  ended.catch(() => undefined);
  const source = Readable.from(packed);
  let broken: Error | null = null;
  source.on('error', (error) => {
    broken = error;
    child.kill();
  });
  // a program that ends early closes its stdin; its exit status says why
  child.stdin.on('error', () => source.destroy());
  source.pipe(child.stdin);
  try {
    for await (const chunk of child.stdout) yield chunk as Uint8Array;
    await ended;
  } catch (error) {
    throw broken ?? error;
  } finally {
    source.destroy();
    child.kill();
  }
}

function endOf(child: ChildProcess, how: keyof typeof PROGRAMS): Promise<void> {
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-300);
  });
  return new Promise((resolve, reject) => {
    child.once('error', (cause) => {
      const missing = new MigrateError({
        code: 'E_NO_PROGRAM',
        where: how,
        why: `the program that reads ${how} is not here`,
        hint: `Install it (apt-get install ${PROGRAMS[how].package}), or decompress the file first.`,
        exit: 3,
        cause,
      });
      reject((cause as NodeJS.ErrnoException).code === 'ENOENT' ? missing : cause);
    });
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new DamagedStream(new Error(said.trim() || `${how} ended with ${code}`))),
    );
  });
}
