import { z } from 'zod';
import { optionalText, or } from './field.ts';
import type { Model } from './kinds.ts';

/** A name that is one part of a path, that every file system has and every line of a configuration holds. */
const PLAIN = /^(?!\.)[^\p{Cc}\uFFFD/\\]+$/u;

/** True for a name that may be a folder or a file of the model. */
export function isPlainName(name: string): boolean {
  return PLAIN.test(name);
}

/** Music while a caller waits. Its files lie beside the model: music/<class>/waltz.wav. */
export const musicClass = z.strictObject({
  /** files: those below. silence: none. stream: a program that plays, which is not carried. */
  mode: or(z.enum(['files', 'silence', 'stream']), 'files'),
  /** alphabetical, or another piece first for each caller. */
  sort: or(z.enum(['alphabetical', 'random']), 'alphabetical'),
  /** Folder on the old box. */
  directory: optionalText,
  /** Names of files with extension; none: Asterisk's own music plays instead, which is a finding. */
  files: or(z.array(z.string().regex(PLAIN, 'expected the name of a file')), []),
  /** Program of a stream, as it stands. */
  application: optionalText,
});
export type MusicClass = z.output<typeof musicClass>;

/** Files of all classes: class, file, and where it lies in the model's folder. A class whose name is no folder has none. */
export function musicFiles(classes: Model['music-class']): { id: string; file: string; inModel: string }[] {
  return Object.entries(classes)
    .filter(([id]) => isPlainName(id))
    .flatMap(([id, held]) => held.files.map((file) => ({ id, file, inModel: `music/${id}/${file}` })));
}
