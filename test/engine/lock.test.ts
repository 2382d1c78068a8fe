import { writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exclusively } from '../../src/engine/lock.ts';
import { ownerLabel, thisOwner } from '../../src/engine/owner.ts';

const never = new AbortController().signal;
const name = `test-${process.pid}`;

test('two that build one image build it one after the other', async () => {
  let inside = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    most = Math.max(most, ++inside);
    await new Promise((resolve) => setImmediate(resolve));
    inside--;
  };
  await Promise.all([1, 2, 3].map(() => exclusively(name, never, work)));
  expect(most).toBe(1);
});

test('the lock of a process that is dead stops nobody', async () => {
  const file = join(tmpdir(), `migrate-${userInfo().uid}-${name}.lock`);
  await writeFile(file, ownerLabel({ ...thisOwner(), start: '1' }));
  expect(await exclusively(name, never, async () => 'built')).toBe('built');
});

test('who waits for the lock is interrupted at once', async () => {
  const stop = new AbortController();
  await exclusively(name, never, async () => {
    const waiting = exclusively(name, stop.signal, async () => 'never');
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'Interrupted' });
  });
});
