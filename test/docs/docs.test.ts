import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readArguments } from '../../src/cli/arguments.ts';
import { FINDINGS } from '../../src/finding.ts';
import { MODEL_KINDS } from '../../src/model/kinds.ts';
import { carriedPage, findingsPage } from './generated.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** README and every page of docs/, by its path in the repository. */
async function pages(): Promise<[string, string][]> {
  const found = await readdir(join(root, 'docs'), { recursive: true });
  const paths = ['README.md', 'CONTRIBUTING.md', ...found.filter((path) => path.endsWith('.md')).map((path) => `docs/${path}`)];
  return Promise.all(paths.map(async (path) => [path, await readFile(join(root, path), 'utf8')] as [string, string]));
}

/** Words as a shell makes them: quotes keep spaces together, a # begins a comment; what is optional stands in brackets. */
function words(line: string): string[] {
  return [...line.replace(/\s+#.*$/, '').matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
}

/** Lines of code blocks that call the kit. */
function commands(text: string): string[] {
  const blocks = [...text.matchAll(/^```\n([\s\S]*?)^```$/gm)].map(([, block]) => block ?? '');
  return blocks.flatMap((block) => block.split('\n').filter((line) => line.startsWith('npx migrate ')));
}

describe('the documentation', () => {
  test('names only commands and options that there are', async () => {
    const wrong: string[] = [];
    let read = 0;
    for (const [path, text] of await pages()) {
      for (const line of commands(text)) {
        const bare = line.replace(/^npx migrate /, '').replace(/ > \S+.*$/, '');
        const asked = words(bare.replace(/\[[^\]]*\]/g, ''));
        const answer = readArguments(asked);
        read += 1;
        if (answer.command === null) wrong.push(`${path}: ${line}: ${answer.text}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(read).toBeGreaterThan(20);
  });

  test('leads nowhere else than to pages that are there', async () => {
    const held = new Set((await pages()).map(([path]) => path));
    const dead = (await pages()).flatMap(([path, text]) =>
      [...text.matchAll(/\]\(([^)#:]+\.md)\)/g)]
        .filter(([, to]) => !held.has(join(dirname(path), to ?? '')))
        .map(([, to]) => `${path}: ${to}`),
    );
    expect(dead).toEqual([]);
  });

  test('has a row for each finding and for each kind of the model, which `make docs` writes anew', async () => {
    const made: [string, string][] = [
      ['docs/findings.md', findingsPage()],
      ['docs/carried.md', carriedPage()],
    ];
    if (process.env['WRITE_DOCS'] === '1') for (const [path, text] of made) await writeFile(join(root, path), text);
    const [findings, carried] = made.map(([, text]) => [...text.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name));
    expect(findings?.toSorted()).toEqual(Object.keys(FINDINGS).sort());
    expect(carried).toEqual(MODEL_KINDS);
    for (const [, text] of made) expect(new Set(text.match(/^\|.*\|$/gm)?.map((row) => row.split(/(?<!\\)\|/).length)).size).toBe(1);
  });

  test('names every make target that it tells of', async () => {
    const makefile = await readFile(join(root, 'Makefile'), 'utf8');
    const targets = new Set([...makefile.matchAll(/^([a-z]+):/gm)].map(([, name]) => name));
    const told = (await pages()).flatMap(([path, text]) => [...text.matchAll(/`make ([a-z]+)/g)].map(([, name]) => ({ path, name })));
    expect(told.filter(({ name }) => !targets.has(name))).toEqual([]);
    expect(told.length).toBeGreaterThan(5);
  });
});
