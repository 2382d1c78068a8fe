import { readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readArguments } from '../../src/cli/arguments.ts';
import { FINDINGS } from '../../src/finding.ts';
import { MODEL_KINDS } from '../../src/model/kinds.ts';
import { carriedPage, findingsPage } from './generated.ts';
import { argumentsOf, commands, pages, root } from './pages.ts';

describe('the documentation', () => {
  test('names only commands and options that there are', async () => {
    const wrong: string[] = [];
    let read = 0;
    for (const [path, text] of await pages()) {
      for (const line of commands(text)) {
        const answer = readArguments(argumentsOf(line));
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

  test('shows pictures that are there, small enough for a slow line', async () => {
    const shown = (await pages()).flatMap(([path, text]) =>
      [...text.matchAll(/!\[[^\]]+\]\(([^)]+\.png)\)/g)].map(([, to]) => join(root, dirname(path), to ?? '')),
    );
    const sizes = await Promise.all([...new Set(shown)].map(async (path) => (await stat(path)).size));
    expect(sizes.length).toBeGreaterThan(1);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(300_000);
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
