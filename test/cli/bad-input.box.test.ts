import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { open } from '../../src/cli/door.ts';
import { errorDocument } from '../../src/cli/result.ts';
import { stages } from '../../src/cli/stages.ts';
import { readModel } from '../../src/model/store.ts';
import { tarOf, tgzOf } from '../box/an-archive.ts';
import { clinic } from '../extract/clinic.ts';

let home: string;
let dump: string;
let model: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'bad-input-'));
  dump = await readFile(join(clinic(), 'asterisk.sql'), 'latin1');
  model = join(home, 'model');
  expect((await migrate(['extract', await box({ 'asterisk.sql': dump }), '-o', model])).status).toBe(0);
});
afterAll(() => rm(home, { recursive: true, force: true }));

/** A box folder with these files. */
async function box(files: Record<string, string | Uint8Array>): Promise<string> {
  const folder = await mkdtemp(join(home, 'box-'));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content, 'latin1');
  return folder;
}

async function migrate(argv: string[]) {
  let out = '';
  let err = '';
  const status = await open([...argv, '--json'], {
    stages,
    signal: new AbortController().signal,
    terminal: false,
    secrets: [],
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  });
  return { status, out, err };
}

/** What a refusal must be: status 2, one document, all four parts of it told, and nothing left where the output was to go. */
async function refused(argv: string[], out: string): Promise<{ code: string; where: string | null; why: string; hint: string }> {
  const before = existsSync(out) ? await readdir(out, { recursive: true }) : null;
  const said = await migrate([...argv, '-o', out]);
  expect(said.status, said.err).toBe(2);
  expect(existsSync(out) ? await readdir(out, { recursive: true }) : null).toEqual(before);
  const { error } = errorDocument.parse(JSON.parse(said.out));
  for (const part of [error.where, error.why, error.hint]) expect(part).not.toBe('');
  expect(said.err.split('\n').filter((line) => line.startsWith('migrate: '))).toHaveLength(1);
  return error;
}

const fresh = (): string => join(home, `out-${randomBytes(4).toString('hex')}`);

test('a folder with no SQL in it is told what to put there', async () => {
  const folder = await box({ 'readme.txt': 'nothing here' });
  expect(await refused(['extract', folder], fresh())).toMatchObject({ code: 'E_SOURCE', where: folder });
});

test('a compressed dump that was cut short is no dump', async () => {
  const whole = gzipSync(Buffer.from(dump, 'latin1'));
  const folder = await box({ 'asterisk.sql.gz': whole.subarray(0, whole.length / 2) });
  expect(await refused(['extract', folder], fresh())).toMatchObject({ code: 'E_DUMP', where: join(folder, 'asterisk.sql.gz') });
});

test('a dump that was cut between two statements is seen by its missing end', async () => {
  const cut = dump.slice(0, dump.lastIndexOf('DROP TABLE IF EXISTS'));
  expect((await refused(['extract', await box({ 'asterisk.sql': cut })], fresh())).why).toContain('cut short');
});

test('a dump that was cut within a statement names the line, where mysqldump wrote no comments', async () => {
  const bare = dump.replace(/^--.*\n/gm, '');
  const folder = await box({ 'asterisk.sql': bare.slice(0, bare.indexOf('INSERT INTO `users`') + 60) });
  expect((await refused(['extract', folder], fresh())).where).toMatch(/asterisk\.sql:\d+$/);
});

test("a dump of another program is not taken for a PBX's", async () => {
  const other = 'CREATE TABLE `wp_posts` (`id` int);\nINSERT INTO `wp_posts` VALUES (1);\n';
  expect((await refused(['extract', await box({ 'asterisk.sql': other })], fresh())).why).toContain('no database of FreePBX');
});

test('random bytes are no dump', async () => {
  expect((await refused(['extract', await box({ 'asterisk.sql': randomBytes(200_000) })], fresh())).why).toContain('no SQL dump');
});

test('an archive that was cut short, or that holds no dump, is refused', async () => {
  const archive = await tarOf([['backup/mysqldb_asterisk.tgz', await tgzOf([['mysqldb_asterisk/asterisk.sql', dump]])]]);
  const folder = await box({
    'cut.tar': archive.subarray(0, archive.length / 2),
    'empty.tar': await tarOf([['etc/asterisk/sip.conf', '[general]']]),
  });
  expect((await refused(['extract', join(folder, 'cut.tar')], fresh())).code).toBe('E_ARCHIVE');
  const error = await refused(['extract', join(folder, 'empty.tar')], fresh());
  expect(error).toMatchObject({ code: 'E_SOURCE', where: join(folder, 'empty.tar'), why: expect.stringContaining('no dump') as string });
});

test.each([
  ['a dump', '--via', 'root@pbx', 'E_SOURCE'],
  ['a folder that is not there', '--files', '/nonexistent', 'E_SOURCE'],
  ['a file that is no AstDB', '--astdb', process.execPath, 'E_ASTDB'],
])('%s is refused as what %s names', async (_, flag, value, code) => {
  expect((await refused(['extract', await box({ 'asterisk.sql': dump }), flag, value], fresh())).code).toBe(code);
});

describe('what a box holds is carried and never run', () => {
  const names = [
    ';-- x',
    '${SHELL(id)}',
    'line\none',
    '`id`',
    "'; DROP TABLE users; --",
    '$(id)',
    '../../etc/passwd',
    '{{secret}}',
    '"><script>',
    '%s%n',
  ];
  const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;

  test('names with the signs of other languages arrive as they are', async () => {
    const changes = names.map((name, i) => `UPDATE users SET name = ${quoted(name)} WHERE extension = '${101 + i}';`).join('\n');
    const out = fresh();
    expect((await migrate(['extract', await box({ 'asterisk.sql': `${dump}\n${changes}\n` }), '-o', out])).status).toBe(0);
    const { extension } = await readModel(out);
    expect(names.map((_, i) => extension[String(101 + i)]?.name)).toEqual(names);
  });

  test('no shell runs for a dump: the commands of the client that loads it are errors, told with their line', async () => {
    const before = `${dump}\n`;
    const line = before.split('\n').length;
    for (const attempt of ['\\! touch /tmp/ran', 'system touch /tmp/ran', 'source /etc/passwd', 'SELECT 1; \\! touch /tmp/ran']) {
      const error = await refused(['extract', await box({ 'asterisk.sql': `${before}${attempt}\n;\n` })], fresh());
      expect(error, attempt).toMatchObject({ code: 'E_DUMP', why: expect.stringMatching(/ERROR 1064|Unknown command/) as string });
      expect(error.where, attempt).toMatch(new RegExp(`asterisk\\.sql:${line}$`));
    }
  });

  test('a line of ten megabytes and a table of binary blobs are read like any other', async () => {
    const large = `CREATE TABLE large (id int, data longtext);\nINSERT INTO large VALUES ${Array.from({ length: 10_000 }, (_, i) => `(${i},'${'x'.repeat(1000)}')`).join(',')};\n`;
    const blob = `CREATE TABLE blobs (id int, data longblob);\nINSERT INTO blobs VALUES (1,0x${randomBytes(50_000).toString('hex')}),(2,0x00);\n`;
    const said = await migrate([
      'extract',
      await box({ 'asterisk.sql': dump.replace('-- Dump completed', () => `${large}${blob}-- Dump completed`) }),
      '-o',
      fresh(),
    ]);
    expect(said.status, said.err).toBe(0);
    expect(JSON.parse(said.out)).toMatchObject({ ledger: { unaccounted: 0 } });
  });
});

test('a server that does not answer is named', async () => {
  const error = await refused(['extract', 'mysql://reader@127.0.0.1:1/asterisk'], fresh());
  expect(error).toMatchObject({ code: 'E_SQL_CONNECT', where: '127.0.0.1:1' });
});

test('a password in the address of a server is refused and not repeated', async () => {
  const out = fresh();
  const said = await migrate(['extract', 'mysql://reader:hunter22@127.0.0.1:1/asterisk', '-o', out]);
  expect(said.status).toBe(2);
  expect(said.out + said.err).not.toContain('hunter22');
});

test('a typing error in a model is named with its line and what was meant', async () => {
  const edited = join(home, 'edited');
  await cp(model, edited, { recursive: true });
  const file = join(edited, 'ring-group.yaml');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('ringSeconds:', 'ringSecond:'));
  const line = text.slice(0, text.indexOf('ringSeconds:')).split('\n').length;
  const error = await refused(['render', edited], fresh());
  expect(error).toMatchObject({ code: 'E_MODEL_SHAPE', why: expect.stringContaining("did you mean 'ringSeconds'?") as string });
  expect(error.where).toContain(`${file}:${line}:`);
});

test('a mistyped name of a model file is named, too: it would be left out without a word', async () => {
  const edited = join(home, 'mistyped');
  await cp(model, edited, { recursive: true });
  await cp(join(edited, 'ring-group.yaml'), join(edited, 'ring-groups.yaml'));
  expect((await refused(['render', edited], fresh())).why).toContain("did you mean 'ring-group.yaml'?");
});

test('a destination that leads nowhere ends a strict extract before it writes', async () => {
  const broken = dump.replaceAll("'ext-group,600,1'", "'ext-group,99999,1'");
  const folder = await box({ 'asterisk.sql': broken });
  expect(await refused(['extract', folder, '--strict'], fresh())).toMatchObject({
    code: 'E_DESTINATION_MISSING',
    why: expect.stringMatching(/in silence.*\(and \d+ more like it\)$/s) as string,
  });
  expect((await migrate(['extract', folder, '-o', fresh()])).status).toBe(0);
});

test('an output folder that holds something else stays as it is', async () => {
  const mine = join(home, 'mine');
  await mkdir(mine);
  await writeFile(join(mine, 'notes.txt'), 'mine');
  expect((await refused(['extract', await box({ 'asterisk.sql': dump })], mine)).code).toBe('E_FOLDER_NOT_OURS');
  expect((await refused(['render', model], mine)).code).toBe('E_FOLDER_NOT_OURS');
});

test.each([
  ['extract', 60],
  ['render', 200],
] as const)('a full disc leaves nothing of %s, and the next run goes through', async (command, kilobytes) => {
  const disc = await mkdtemp(join(home, 'disc-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', disc]);
  try {
    const from = command === 'extract' ? await box({ 'asterisk.sql': dump }) : model;
    expect((await refused([command, from], join(disc, 'out'))).code).toBe('E_DISC_FULL');
    execFileSync('mount', ['-o', 'remount,size=20m', disc]);
    expect((await migrate([command, from, '-o', join(disc, 'out')])).status).toBe(0);
  } finally {
    execFileSync('umount', [disc]);
  }
});
