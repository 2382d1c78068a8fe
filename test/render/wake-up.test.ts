import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { contextOf, type Some, smallHouse, treeOf } from './some-pbx.ts';
import { danglingTargets } from './targets.ts';

const house: Some = {
  ...smallHouse,
  extension: { ...smallHouse.extension, '105': { name: 'No telephone', devices: [] } },
  'feature-code': { 'hotelwakeup/hotelwakeup': { code: '*68' } },
  'wake-up': { '1': { operators: ['101'], callerName: '"; $(touch x) `id` \\ Утро', callerNumber: '*68>\n', ringSeconds: '45' } },
};
const tree = await treeOf(house);

describe('wake-up calls', () => {
  test('ring the telephones of whom they are for, and are ordered for others by the reception alone', () => {
    const file = tree.text('extensions.d/wake-up.conf');
    expect(contextOf(file, 'wake-up-ring').join('\n')).toMatch(/exten = 102,1,.*\n *same = n,Dial\(PJSIP\/102,45\)/);
    expect(contextOf(file, 'wake-up-ring').join('\n')).not.toContain('exten = 105');
    expect(contextOf(file, 'wake-up-operator').filter((l) => l.startsWith('exten'))).toEqual(['exten = 101,1,Return()']);
    expect(danglingTargets(tree.files)).toEqual([]);
  });
  test('have no dialplan and no program where nobody can order them', async () => {
    const without = await treeOf({ ...house, 'feature-code': {} });
    expect(without.files.filter((f) => f.path.includes('wake-up'))).toEqual([]);
  });
});

describe('the program that writes call files', () => {
  const spool = mkdtempSync(join(tmpdir(), 'wake-up-'));
  afterAll(() => rmSync(spool, { recursive: true }));
  for (const folder of ['tmp', 'outgoing']) mkdirSync(join(spool, folder));
  const program = join(spool, 'wake-up.sh');
  const text = tree.files.find((f) => f.path === 'etc/migrate/wake-up.sh')?.content ?? '';
  writeFileSync(program, String(text).replace('/var/spool/asterisk', spool));
  const run = (...args: string[]): void => void execFileSync('/bin/sh', [program, ...args], { cwd: spool, stdio: 'ignore' });
  const waiting = (): string[] => readdirSync(join(spool, 'outgoing')).sort();

  test('leaves one file for an extension, whose time is when it rings, and nothing beside it', () => {
    run('order', '102', '2000000000');
    run('order', '10', '2000000001');
    run('order', '102', '2000003600');
    expect(waiting()).toEqual(['wake-up.10.2000000001.call', 'wake-up.102.2000003600.call']);
    expect(readdirSync(join(spool, 'tmp'))).toEqual([]);
    const file = join(spool, 'outgoing', 'wake-up.102.2000003600.call');
    expect(statSync(file).mtimeMs).toBe(2_000_003_600_000);
    expect(readFileSync(file, 'utf8').split('\n')).toEqual([
      'Channel: Local/102@wake-up-ring',
      'CallerID: "touch x id Утро" <*68>',
      'WaitTime: 50',
      'MaxRetries: 3',
      'RetryTime: 60',
      'Context: wake-up',
      'Extension: 102',
      'Priority: 1',
      '',
    ]);
    run('cancel', '102');
    expect(waiting()).toEqual(['wake-up.10.2000000001.call']);
  });

  test('takes digits alone: whatever else it is given, nothing is written or run', () => {
    const before = waiting();
    const odd = fc.string({ unit: 'binary' }).filter((s) => !/^\d+$/.test(s) && !s.includes('\0'));
    const given = fc.oneof(
      fc.tuple(odd, fc.constant('2000000000')),
      fc.tuple(
        fc.constant('102'),
        odd.filter((s) => s !== ''),
      ),
    );
    fc.assert(
      fc.property(given, (args) => {
        expect(() => run('order', ...args)).toThrow();
      }),
      { numRuns: 40, examples: [[['$(id>x)', '1']], [['../x', '1']], [['102', '1\nSet: A=b']], [['*', '1']]] },
    );
    expect(waiting()).toEqual(before);
    expect(readdirSync(spool).sort()).toEqual(['outgoing', 'tmp', 'wake-up.sh']);
  });
});
