import { randomUUID } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { pause } from './interrupt.ts';
import { isDead, ownerLabel, parseOwner, thisOwner } from './owner.ts';

const POLL_MS = 250;

/**
 * Does the work while no other process of this machine does work of the same name. The lock of a dead process is broken.
 * @throws Interrupted while it waits
 */
export async function exclusively<T>(name: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const file = join(tmpdir(), `migrate-${userInfo().uid}-${name}.lock`);
  while (!(await take(file))) {
    await breakIfDead(file);
    await pause(signal, POLL_MS);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function take(file: string): Promise<boolean> {
  // A link appears with its content: nobody ever reads a lock without an owner.
  const mine = `${file}.${randomUUID()}`;
  await writeFile(mine, ownerLabel(thisOwner()), { flag: 'wx' });
  try {
    await link(mine, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(mine, { force: true });
  }
}

async function breakIfDead(file: string): Promise<void> {
  const holder = parseOwner(await readFile(file, 'utf8').catch(() => ''));
  if (holder !== null && isDead(holder)) await rm(file, { force: true });
}
