import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectEngine } from '../../src/engine/engine.ts';
import { migrate } from './command.ts';
import { leftOver } from './left-over.ts';

const CLINIC = fileURLToPath(new URL('../boxes/clinic', import.meta.url));

describe('a rehearsal that is interrupted', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'interrupted-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  /** Waits until the run has a container of this role, then a little, so that it is in the midst of it. */
  async function untilRole(pid: number | undefined, role: string): Promise<void> {
    const { docker } = await connectEngine();
    for (;;) {
      const list = await docker.listContainers({ filters: { label: [`migrate.role=${role}`] } });
      if (list.some((c) => c.Labels['migrate.owner']?.split(':').at(-2) === String(pid))) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async function callsUnderWay(log: string): Promise<void> {
    while (!(await readFile(log, 'utf8').catch(() => '')).includes('calls are placed'))
      await new Promise((resolve) => setTimeout(resolve, 200));
  }

  for (const [stage, role, signal] of [
    ['while the dump is read', 'old-db', 'SIGINT'],
    ['while the PBX comes up', 'pbx', 'SIGTERM'],
    ['while the telephones come up', 'world', 'SIGINT'],
  ] as const) {
    it(`ends with 130 and leaves nothing in the engine: ${stage}`, async () => {
      const command = migrate(['rehearse', CLINIC, '-o', dir, '--json']);
      await untilRole(command.process.pid, role);
      command.process.kill(signal);
      expect(await command.ended).toBe(130);
      expect(JSON.parse(command.out())).toMatchObject({ schema: 1, error: { code: 'E_INTERRUPTED' } });
      expect(await leftOver(command.process.pid)).toEqual([]);
    });
  }

  it('ends with 130 and leaves nothing in the engine: while calls are placed', async () => {
    const command = migrate(['rehearse', CLINIC, '-o', dir, '--json', '--debug']);
    await callsUnderWay(join(dir, 'debug.jsonl'));
    command.process.kill('SIGTERM');
    expect(await command.ended).toBe(130);
    expect(await leftOver(command.process.pid)).toEqual([]);
  });

  it('tells with 3 that there is no Docker engine', async () => {
    const command = migrate(['rehearse', CLINIC, '-o', join(dir, 'x'), '--json'], { DOCKER_HOST: `unix://${dir}/nobody.sock` });
    expect(await command.ended).toBe(3);
    expect(JSON.parse(command.out())).toMatchObject({ schema: 1, error: { code: 'E_NO_ENGINE' } });
  });
});
