import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that only this user may enter, and that goes away on every end of the process but SIGKILL. */
export interface TemporaryFolder {
  readonly path: string;
  /** May be called any number of times. */
  remove(): Promise<void>;
}

/** mkdtemp makes it 0700: what an archive holds, secrets among it, is nobody else's. */
export async function makeTemporaryFolder(): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), 'migrate-source-'));
  // Ctrl-C twice ends the process where it stands
  const atExit = (): void => rmSync(path, { recursive: true, force: true });
  process.once('exit', atExit);
  return {
    path,
    remove: async () => {
      process.removeListener('exit', atExit);
      await rm(path, { recursive: true, force: true });
    },
  };
}
