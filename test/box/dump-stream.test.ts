import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDumpStream } from '../../src/box/dump-stream.ts';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'dump-'));
});
afterAll(() => rm(home, { recursive: true }));

const DUMP = `-- MySQL dump 10.11\nCREATE TABLE users (a text);\nINSERT INTO users VALUES ('${'Анна '.repeat(20_000)}');\n-- Dump completed\n`;

/** What flows, and then what is said of it. */
async function read(content: Uint8Array | string): Promise<string> {
  const path = join(home, 'asterisk.sql');
  await writeFile(path, content);
  const dump = await openDumpStream(path, 'asterisk');
  const sql = await text(dump.sql);
  dump.check();
  return sql;
}

describe('a dump', () => {
  it('flows to the byte, whatever packed it, and whatever it is called', async () => {
    expect(await read(DUMP)).toBe(DUMP);
    expect(await read(gzipSync(DUMP))).toBe(DUMP);
    expect(await read(Buffer.concat([gzipSync(DUMP.slice(0, 999)), gzipSync(DUMP.slice(999))]))).toBe(DUMP);
  });

  it('that was cut short is told as such, packed or not', async () => {
    const packed = gzipSync(DUMP);
    for (const cut of [DUMP.slice(0, 9000), packed.subarray(0, packed.length - 20), packed.subarray(0, 100)])
      await expect(read(cut)).rejects.toMatchObject({
        code: 'E_DUMP',
        where: join(home, 'asterisk.sql'),
        why: expect.stringContaining('cut short') as string,
      });
  });

  it('that is none is told as such', async () => {
    for (const other of ['', 'hello', gzipSync('hello'), Buffer.alloc(4096)])
      await expect(read(other)).rejects.toMatchObject({ code: 'E_DUMP', why: expect.stringContaining('no SQL') as string });
  });

  it('that would become a thousand times as large is refused', async () => {
    const bomb = gzipSync(Buffer.concat([Buffer.from('CREATE TABLE t (a text);\n'), Buffer.alloc(100 * 1024 * 1024, 0x0a)]));
    await expect(read(bomb)).rejects.toMatchObject({ code: 'E_ARCHIVE_LIMIT' });
  });
});
