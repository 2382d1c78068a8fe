import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** The built command, as a user runs it. */
export interface Command {
  readonly process: ChildProcess;
  /** What it printed so far. */
  readonly out: () => string;
  readonly err: () => string;
  /** Exit status, once it has ended. */
  readonly ended: Promise<number | null>;
  /** Resolves when stderr holds the pattern. @throws Error where the command ends before. */
  says(pattern: RegExp): Promise<void>;
}

/** @param cwd the folder in which it is given */
export function migrate(args: readonly string[], environment: Record<string, string> = {}, cwd = process.cwd()): Command {
  const env = { ...process.env, ...environment };
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env, cwd });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    process: child,
    out: () => out,
    err: () => err,
    ended,
    says: async (pattern) => {
      while (!pattern.test(err)) {
        const over = await Promise.race([once(child.stderr, 'data').then(() => false), ended.then(() => true)]);
        if (over && !pattern.test(err)) throw new Error(`ended without saying ${pattern}:\n${err}`);
      }
    },
  };
}
