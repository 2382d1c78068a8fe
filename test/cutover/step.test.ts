import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { silentContext } from '../../src/context.ts';
import { Journal } from '../../src/cutover/move/journal.ts';
import { machineNamed, quoted } from '../../src/cutover/move/machine.ts';
import { doSteps, rehearsed, type Step, scriptStep } from '../../src/cutover/move/step.ts';
import { aFolder } from './a-build.ts';

const here = machineNamed('local', new AbortController().signal);

/** Steps that note their names; one that changes the old machine in the middle, and one that fails as long as it is told to. */
function steps(did: string[], broken: () => boolean): Step[] {
  const step = (id: string, writesOld = false): Step => ({
    id,
    says: id,
    writesOld,
    lines: [],
    run: async () => {
      if (id === 'live' && broken()) throw new Error('no answer');
      did.push(id);
      return 'done';
    },
  });
  return [step('copy'), step('old-stops', true), step('give'), step('live')];
}

describe('the steps of a cutover', () => {
  test('that were broken off go on behind the last that changed the old machine', async () => {
    const dir = await aFolder();
    const did: string[] = [];
    let broken = true;
    const run = async () =>
      doSteps(
        'go',
        steps(did, () => broken),
        await Journal.open(dir),
        silentContext(),
      );
    await expect(run()).rejects.toThrow('no answer');
    broken = false;
    expect((await run()).map((done) => done.id)).toEqual(['give', 'live']);
    expect(did).toEqual(['copy', 'old-stops', 'give', 'give', 'live']);
    // the next time it is a new one
    expect((await run()).map((done) => done.id)).toEqual(['copy', 'old-stops', 'give', 'live']);
  });

  test('are all in the journal, with what came of each', async () => {
    const dir = await aFolder();
    await expect(
      doSteps(
        'go',
        steps([], () => true),
        await Journal.open(dir),
        silentContext(),
      ),
    ).rejects.toThrow();
    const lines = (await readFile(join(dir, '.cutover', 'journal.jsonl'), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map((line) => [line.step, line.result ?? line.failed])).toEqual([
      ['copy', 'done'],
      ['old-stops', 'done'],
      ['give', 'done'],
      ['live', 'no answer'],
    ]);
  });

  test('say what they would give, and give nothing, in a dry run', () => {
    const step = scriptStep({ id: 'x', says: 'x', on: here, script: "echo 'it is'", result: '' });
    expect(rehearsed([step])[0]?.result).toBe(`sh -c ${quoted("echo 'it is'")}`);
  });

  test('end with what the machine said where a script fails', async () => {
    const step = scriptStep({ id: 'x', says: 'x', on: here, script: 'echo no such thing >&2; exit 3', result: '' });
    await expect(step.run()).rejects.toMatchObject({ code: 'E_MACHINE', where: 'local', why: expect.stringContaining('no such thing') });
  });

  test('go to a machine that is named so that nobody can slip in an option of ssh', () => {
    for (const name of ['-oProxyCommand=x', 'root@-x', 'a b', 'docker:', ''])
      expect(() => machineNamed(name, new AbortController().signal)).toThrow('it names no machine');
  });

  test('pour from one machine into another whatever it is', async () => {
    const dir = await aFolder();
    await here.pour(`head -c 300000 /dev/zero`, here, `cat > ${dir}/poured`);
    expect((await readFile(join(dir, 'poured'))).length).toBe(300_000);
    await expect(here.pour('exit 4', here, 'cat > /dev/null')).rejects.toMatchObject({ code: 'E_MACHINE' });
  });
});
