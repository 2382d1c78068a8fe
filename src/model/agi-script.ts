import { z } from 'zod';
import { off, or } from './field.ts';

/** A script that hand-made dialplan runs (AGI), by its name as the dialplan has it. Its file lies beside the model, agi-bin/<name>. */
export const agiScript = z.strictObject({
  /** Lines that run it: 'extensions_custom.conf:30'. */
  calledBy: or(z.array(z.string()), []),
  /** The source brought its file along. */
  carried: off,
});
export type AgiScript = z.output<typeof agiScript>;

/** Scripts that are carried: their name, and where the file lies within the model's folder. A name that leads out of the folder is none. */
export function scriptFiles(model: { readonly 'agi-script': Readonly<Record<string, AgiScript>> }): [name: string, inModel: string][] {
  return Object.entries(model['agi-script'])
    .filter(([name, { carried }]) => carried && /^\w[\w./-]*$/.test(name) && !name.split('/').includes('..'))
    .map(([name]) => [name, `agi-bin/${name}`]);
}
