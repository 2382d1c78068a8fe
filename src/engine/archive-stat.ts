import type Docker from 'dockerode';
import { refusal } from './engine.ts';

/** What stands at a path of a container. */
export interface PathStat {
  readonly isFolder: boolean;
  /** Where a symbolic link leads, absolute; null for anything else. */
  readonly linkTarget: string | null;
}

// Go's os.FileMode, which the engine sends as a number.
const MODE_FOLDER = 2 ** 31;
const MODE_LINK = 2 ** 27;

/** @returns null where nothing stands at the path. The container need not run. */
export async function statPath(container: Docker.Container, path: string): Promise<PathStat | null> {
  let response: { headers: Record<string, string>; resume(): void };
  try {
    response = await container.infoArchive({ path });
  } catch (error) {
    if (refusal(error) === 404) return null;
    throw error;
  }
  response.resume();
  const sent = response.headers['x-docker-container-path-stat'] ?? '';
  const stat = JSON.parse(Buffer.from(sent, 'base64').toString('utf8')) as { mode: number; linkTarget: string };
  const has = (bit: number): boolean => Math.floor(stat.mode / bit) % 2 === 1;
  return { isFolder: has(MODE_FOLDER), linkTarget: has(MODE_LINK) ? stat.linkTarget : null };
}
