import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hash } from 'bcryptjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Logins, readLogins } from '../../../src/history/serve/logins.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'migrate-logins-'));
});
afterAll(() => rm(dir, { recursive: true }));

async function line(name: string, password: string): Promise<string> {
  return `${name}:${(await hash(password, 4)).replace('$2b$', '$2y$')}\n`;
}

describe('who may listen', () => {
  test('is who stands in the file with that password, from the moment that it is written', async () => {
    const file = join(dir, 'users');
    await writeFile(file, await line('anna', 'one'));
    const logins = await Logins.of({ file });
    expect(await logins.allows('anna', 'one')).toBe(true);
    expect(await logins.allows('anna', 'two')).toBe(false);
    expect(await logins.allows('boris', 'one')).toBe(false);
    await writeFile(file, `${await line('anna', 'three')}# on leave\n\n${await line('boris', 'two')}`);
    expect(await logins.allows('anna', 'one')).toBe(false);
    expect(await logins.allows('boris', 'two')).toBe(true);
    await rm(file);
    expect(await logins.allows('boris', 'two')).toBe(false);
  });

  test('may be one login of the environment, whose password may hold a colon', async () => {
    const logins = await Logins.of({ single: 'anna:a:b' });
    expect(await logins.allows('anna', 'a:b')).toBe(true);
    expect(await logins.allows('anna', 'a')).toBe(false);
  });

  test.each([[{}], [{ single: 'anna' }], [{ single: 'anna:' }], [{ single: ':x' }]])('is not nobody: %j is refused', async (source) => {
    await expect(Logins.of(source)).rejects.toMatchObject({ code: 'E_LOGINS' });
  });

  test('is refused with the line, and not with what it holds', () => {
    const read = (): unknown => readLogins('anna:$apr1$abc$secret\n', 'users');
    expect(read).toThrow('users:1');
    expect(read).not.toThrow('secret');
  });
});
