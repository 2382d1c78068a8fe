import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { open } from '../../src/cli/door.ts';
import { errorDocument } from '../../src/cli/result.ts';
import { stages } from '../../src/cli/stages.ts';
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
