import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resultDocument } from '../../src/cli/result.ts';
import type { Load } from '../../src/verify/load/load.ts';
import { migrate } from './command.ts';
import { leftOver } from './left-over.ts';

const OFFICE = fileURLToPath(new URL('../boxes/office', import.meta.url));

describe('an office into which a dialler sends its storms', () => {
  let dir: string;
  let load: Load;
  let status: number | null;
  let pid: number | undefined;
  let told: unknown;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'load-'));
    for (const args of [
      ['extract', OFFICE, '-o', join(dir, 'model')],
      ['render', join(dir, 'model'), '-o', join(dir, 'build')],
    ])
      expect(await migrate([...args, '--quiet']).ended).toBe(0);
    const command = migrate(['verify', join(dir, 'build'), '--only', 'load', '--json']);
    pid = command.process.pid;
    status = await command.ended;
    told = JSON.parse(command.out());
    load = JSON.parse(await readFile(join(dir, 'report', 'report.json'), 'utf8')).load;
  }, 300_000);
  afterAll(() => rm(dir, { recursive: true, force: true }));

  it('bears the pace of a small call centre, and the exit status says so', () => {
    expect(load.failed).toEqual([]);
    expect(status).toBe(0);
    expect(resultDocument.parse(told).load?.capacity).toBeGreaterThanOrEqual(4);
  });

  it('rings every customer, joins the first with an agent, and leaves nobody alone', () => {
    const [first] = load.climbed[0]?.steps ?? [];
    expect(first?.figures.originates).toBeGreaterThanOrEqual(28);
    expect(first?.figures.rang).toBe(first?.figures.originates);
    expect(first?.figures.joined).toBeGreaterThanOrEqual(4);
    expect(first?.figures).toMatchObject({ orphans: 0, doubleJoins: 0, failures: 0 });
  });

  it('knows what a call cost: CPU, memory, statements of the database', () => {
    const costs = load.climbed[0]?.steps[0]?.costs;
    expect(costs?.cpuMsPerCall).toBeGreaterThan(1);
    expect(costs?.memoryMiB).toBeGreaterThan(20);
    expect(costs?.statementsPerCall).toBeGreaterThan(0);
    expect(costs?.threads).toBeGreaterThan(10);
  });

  it('has a page that tells it', async () => {
    const html = await readFile(join(dir, 'report', 'index.html'), 'utf8');
    expect(html).toContain('<section id="load">');
    expect(html).toMatch(/this machine takes [\d.]+ originates a second/);
  });

  it('leaves nothing behind', async () => {
    expect(await leftOver(pid)).toEqual([]);
  });
});
