import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDumpPieces } from '../../src/box/dump-pieces.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pieces-'));
});
afterEach(() => rm(folder, { recursive: true }));

const piece = (sql: string): Buffer => gzipSync(`-- MySQL dump 10.11\n${sql}\n-- Dump completed on 2013-06-03\n`);

async function read(): Promise<{ sql: string; check(): void }> {
  const dump = await openDumpPieces(folder, 'asteriskcdrdb');
  if (dump === null) throw new Error('no pieces');
  return { sql: await text(dump.sql), check: dump.check };
}

test('months of call records come after their tables, in order, each whole even where it was read by the day', async () => {
  await writeFile(
    join(folder, '2013-07.sql.gz'),
    Buffer.concat([piece('INSERT INTO cdr VALUES (3);'), piece('INSERT INTO cdr VALUES (4);')]),
  );
  await writeFile(join(folder, '2013-06.sql.gz'), piece('INSERT INTO cdr VALUES (2);'));
  await writeFile(join(folder, '0000-00.sql.gz'), piece('CREATE TABLE cdr (id int);'));
  await writeFile(join(folder, 'notes.txt'), 'not SQL');
  const { sql, check } = await read();
  expect(sql.match(/CREATE TABLE|\(\d\)/g)).toEqual(['CREATE TABLE', '(2)', '(3)', '(4)']);
  check();
});

test('a month that is cut short or damaged is named', async () => {
  await writeFile(join(folder, '0000-00.sql.gz'), piece('CREATE TABLE cdr (id int);'));
  const whole = piece('INSERT INTO cdr VALUES (2);');
  for (const bad of [whole.subarray(0, whole.length / 2), gzipSync('-- MySQL dump 10.11\nINSERT INTO cdr VALUES (2);\n')]) {
    await writeFile(join(folder, '2013-06.sql.gz'), bad);
    expect((await read()).check).toThrow(expect.objectContaining({ code: 'E_DUMP', where: join(folder, '2013-06.sql.gz') }) as Error);
  }
});

test('a folder without months is none', async () => {
  await writeFile(join(folder, 'asteriskcdrdb.sql.gz'), piece('CREATE TABLE cdr (id int);'));
  expect(await openDumpPieces(folder, 'asteriskcdrdb')).toBeNull();
  expect(await openDumpPieces(join(folder, 'nowhere'), 'asteriskcdrdb')).toBeNull();
});
