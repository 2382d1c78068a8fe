import { z } from 'zod';
import { off, or } from './field.ts';

/** A script that hand-made dialplan runs (AGI), by its name as the dialplan has it. Its file lies beside the model, agi-bin/<name>. */
export const agiScript = z.strictObject({
  /** Lines that run it: 'extensions_custom.conf:30'; scripts that need it: 'agi-bin/debt.php'. */
  calledBy: or(z.array(z.string()), []),
  /** The source brought its file along. */
  carried: off,
});
export type AgiScript = z.output<typeof agiScript>;

/** What starts a script. */
export interface Interpreter {
  /** As its first line has it: '/usr/bin/php'; what /usr/bin/env is told to find, '' where the script has no such line. */
  readonly path: string;
  /** 'php', 'python2', 'perl', 'sh'. */
  readonly name: string;
}

/** What a script is written in, by its first line or its look; null: nobody can tell. */
export function interpreterOf(text: string): Interpreter | null {
  const first = /^#!\s*(\S+)(?:[ \t]+(\S+))?/.exec(text);
  if (first === null) return /^\s*<\?php/.test(text) ? { path: '', name: 'php' } : null;
  const path = (first[1] ?? '').endsWith('/env') ? (first[2] ?? '') : (first[1] ?? '');
  return { path, name: path.replace(/^.*\//, '') };
}

/** Whether Asterisk itself starts it; else only other scripts read it. */
export function isRun(calledBy: AgiScript['calledBy']): boolean {
  return calledBy.some((by) => !by.startsWith('agi-bin/'));
}

/** Scripts that are carried: their name, and where the file lies within the model's folder. A name that leads out of the folder is none. */
export function scriptFiles(model: { readonly 'agi-script': Readonly<Record<string, AgiScript>> }): [name: string, inModel: string][] {
  return Object.entries(model['agi-script'])
    .filter(([name, { carried }]) => carried && /^\w[\w./-]*$/.test(name) && !name.split('/').includes('..'))
    .map(([name]) => [name, `agi-bin/${name}`]);
}
