import { z } from 'zod';
import { optionalText, or } from './field.ts';

/** Music while a caller waits. Its files lie beside the model: music/<class>/waltz.wav. */
export const musicClass = z.strictObject({
  /** files: those below. silence: none. stream: a program that plays, which is not carried. */
  mode: or(z.enum(['files', 'silence', 'stream']), 'files'),
  /** alphabetical, or another piece first for each caller. */
  sort: or(z.enum(['alphabetical', 'random']), 'alphabetical'),
  /** Folder on the old box. */
  directory: optionalText,
  /** Names of files with extension; none: Asterisk's own music plays instead, which is a finding. */
  files: or(z.array(z.string()), []),
  /** Program of a stream, as it stands. */
  application: optionalText,
});
export type MusicClass = z.output<typeof musicClass>;
