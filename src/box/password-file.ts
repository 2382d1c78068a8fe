import { readFile } from 'node:fs/promises';
import { MigrateError } from '../error.ts';

/** The first line of a file that holds a password. @throws MigrateError E_SOURCE where there is none */
export async function readPasswordFile(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new MigrateError({
      code: 'E_SOURCE',
      where: path,
      why: `the file with the password cannot be read (${cause.code})`,
      hint: 'Name a file whose first line is the password, or set MIGRATE_MYSQL_PASSWORD.',
      cause,
    });
  });
  return text.split(/\r?\n/, 1)[0] ?? '';
}
