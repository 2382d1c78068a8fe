import { readFile, stat } from 'node:fs/promises';
import { listFolder } from './sound-folder.ts';

export interface ScriptFile {
  /** Where it lies. */
  readonly path: string;
  /** Its text; null: a program, or larger than any script. Never to be told: it may hold passwords. */
  readonly text: string | null;
}

const LARGEST = 1024 * 1024;

/** The box's AGI scripts, by their path within agi-bin. */
export async function readScripts(box: string): Promise<Map<string, ScriptFile>> {
  const { files } = await listFolder(box, 'var/lib/asterisk/agi-bin');
  const scripts = new Map<string, ScriptFile>();
  for (const [name, path] of files) scripts.set(name, { path, text: await textOf(path) });
  return scripts;
}

async function textOf(path: string): Promise<string | null> {
  const found = await stat(path).catch(() => null);
  if (found === null || found.size > LARGEST) return null;
  const bytes = await readFile(path).catch(() => null);
  return bytes === null || bytes.includes(0) ? null : bytes.toString('latin1');
}
