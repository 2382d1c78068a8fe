import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../lab/command.ts';
import { argumentsOf, commands, pages, root } from './pages.ts';

const BOX = join(root, 'test/boxes/clinic');

/** What a reader puts in place of the words in capitals, and of a backup that he has. */
const PUT: Readonly<Record<string, string>> = {
  SOURCE: BOX,
  '/srv/box.tar': BOX,
  MODEL: 'model',
  BUILD: 'build',
  FOLDER: 'package',
  REPORT: 'report',
  DIR: 'rehearsal',
};

/** Commands that need nothing but the box itself. */
const RUN = new Set(['collect', 'extract', 'render', 'package', 'cutover plan', 'show did', 'diff']);
/** Those that tell what they would do. */
const DRY = new Set(['cutover freeze', 'cutover sync', 'cutover go', 'cutover back', 'cutover pilot']);

/** The line as it is run here: as it stands, dry, or with the help of its command. */
function runs(line: string): string[] {
  const given = argumentsOf(line).map((word) => PUT[word] ?? word);
  const [first = '', second = ''] = given;
  const name = [first, `${first} ${second}`].find((known) => RUN.has(known) || DRY.has(known));
  if (name === undefined) return [...(['cdr', 'recordings'].includes(first) ? [first, second] : [first]), '--help'];
  const dry = DRY.has(name) && !given.includes('--dry-run') ? ['--dry-run'] : [];
  const model = name === 'show did' ? ['--model', 'model'] : [];
  return [...given, ...dry, ...model];
}

let folder: string;
const run = async (asked: readonly string[]): Promise<{ code: number | null; err: string }> => {
  const child = migrate(asked, {}, folder);
  return { code: await child.ended, err: child.err() };
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'migrate-docs-'));
  for (const where of ['.', 'rehearsal']) {
    expect(await run(['extract', BOX, '-o', join(where, 'model')])).toMatchObject({ code: expect.toBeOneOf([0, 1]) });
    expect(await run(['render', join(where, 'model'), '-o', join(where, 'build')])).toMatchObject({ code: 0 });
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('every command of the documentation is one that works', async () => {
  const lines = (await pages()).flatMap(([, text]) => commands(text));
  const asked = new Map(lines.map((line) => runs(line)).map((words) => [words.join(' '), words]));
  const failed: string[] = [];
  for (const [line, words] of asked) {
    const { code, err } = await run(words);
    // 1: something was found
    if (code !== 0 && code !== 1) failed.push(`${line}: ${code}: ${err}`);
  }
  expect(failed).toEqual([]);
  expect(asked.size).toBeGreaterThan(15);
});
