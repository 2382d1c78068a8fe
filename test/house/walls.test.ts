import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const stages = ['extract', 'render', 'verify', 'history', 'cutover'];
const ground = ['box', 'engine', 'asterisk', 'way'];
const all = ['cli', ...stages, ...ground, 'model'];
const root = join(import.meta.dirname, '../..');

/** What each folder may reach: CONTRACTS, Walls. */
function mayReach(from: string): string[] {
  if (from === 'cli') return all;
  if (stages.includes(from)) return [from, ...ground, 'model'];
  if (ground.includes(from)) return [from, 'model'];
  return ['model'];
}

interface Probe {
  readonly file: string;
  readonly imports: string;
  readonly passes: boolean;
}

/** Three ways to write the same import: from the folder itself, from one folder deeper, and around through src/. */
function probes(): Probe[] {
  return all.flatMap((from) =>
    all.flatMap((to) => {
      const passes = mayReach(from).includes(to);
      const across: Probe[] = [
        { file: `src/${from}/to-${to}.ts`, imports: `../${to}/x.ts`, passes },
        { file: `src/${from}/deeper/to-${to}.ts`, imports: `../../${to}/deeper/x.ts`, passes },
        { file: `src/${from}/around-to-${to}.ts`, imports: `../../src/${to}/x.ts`, passes },
      ];
      return from === to ? [{ file: `src/${from}/to-itself.ts`, imports: './x.ts', passes: true }] : across;
    }),
  );
}

const ways: ((path: string) => string)[] = [
  (path) => `import { x } from '${path}';\n\nexport const y = x;\n`,
  (path) => `import type { X } from '${path}';\n\nexport type Y = X;\n`,
  (path) => `export { x } from '${path}';\n`,
  (path) => `export const y = await import('${path}');\n`,
];

/** Files with an error, of a tree that holds our biome.json and the probes. */
async function lint(house: string): Promise<{ status: number; failed: Set<string> }> {
  const biome = join(root, 'node_modules/.bin/biome');
  const args = ['lint', '--reporter=json', '--max-diagnostics=none', '--diagnostic-level=error', 'src'];
  return new Promise((resolve) => {
    execFile(biome, args, { cwd: house, maxBuffer: 1 << 26 }, (error, out) => {
      const report = JSON.parse(out) as { diagnostics: { category: string; location: { path: string | { file: string } } }[] };
      const walls = report.diagnostics.filter((d) => d.category === 'lint/style/noRestrictedImports');
      const failed = walls.map((d) => (typeof d.location.path === 'string' ? d.location.path : d.location.path.file));
      resolve({ status: typeof error?.code === 'number' ? error.code : 0, failed: new Set(failed) });
    });
  });
}

describe('the walls of the house', () => {
  // In a copy of the house and not in src/ itself: a build that runs beside this test would compile the probes.
  let house: string;
  beforeAll(async () => {
    house = await mkdtemp(join(tmpdir(), 'walls-'));
    for (const name of ['biome.json', '.gitignore']) await copyFile(join(root, name), join(house, name));
  });
  afterAll(() => rm(house, { recursive: true, force: true }));

  it('an import across a wall fails the linter, in every way to write it, and any other import passes', async () => {
    const expected = new Set<string>();
    let written = 0;
    for (const probe of probes()) {
      for (const [n, way] of ways.entries()) {
        const file = probe.file.replace(/\.ts$/, `-${n}.ts`);
        await mkdir(join(house, dirname(file)), { recursive: true });
        await writeFile(join(house, file), way(probe.imports));
        if (!probe.passes) expected.add(file);
        written++;
      }
    }
    const found = await lint(house);
    expect([...found.failed].sort()).toEqual([...expected].sort());
    expect(found.status).toBe(1);
    expect(expected.size).toBeGreaterThan(written / 2);
  });

  it('what lies in src/ itself reaches into the model only', async () => {
    await rm(join(house, 'src'), { recursive: true, force: true });
    await mkdir(join(house, 'src'));
    for (const to of all) await writeFile(join(house, `src/to-${to}.ts`), `export { x } from './${to}/x.ts';\n`);
    const found = await lint(house);
    const expected = all.filter((to) => to !== 'model').map((to) => `src/to-${to}.ts`);
    expect([...found.failed].sort()).toEqual(expected.sort());
  });

  it('src/ itself holds three files', async () => {
    const held = await readdir(join(root, 'src'), { withFileTypes: true });
    expect(held.filter((entry) => entry.isFile()).map((entry) => entry.name)).toEqual(['context.ts', 'error.ts', 'finding.ts']);
    const folders = held.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    expect(folders.filter((name) => !all.includes(name))).toEqual([]);
  });
});
