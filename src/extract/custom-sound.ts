import { finding } from '../finding.ts';
import type { CustomDialplan } from '../model/custom-dialplan.ts';
import type { Ref } from '../model/ref.ts';
import type { Notes, Source } from './reader.ts';

/** Sounds of the house's own, as FreePBX keeps them (custom/welcome), that texts of hand-made files name. */
export function namedSounds(
  source: Source,
  notes: Notes,
  about: Ref,
  texts: readonly { readonly text: string; readonly at: string }[],
): CustomDialplan['sounds'] {
  const named = texts.flatMap(({ text, at }) => [...text.matchAll(/\bcustom\/[\w./-]*\w/g)].map(([file]) => ({ file, at })));
  const first = new Map([...named].reverse().map(({ file, at }) => [file, at]));
  return [...first]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, at]) => {
      const formats = source.soundFormats(file);
      if (formats.length === 0)
        notes.finding(
          finding('SOUND_MISSING', { about, where: at, means: `The sound ${file} is not in the source: who calls hears nothing there.` }),
        );
      return { file, formats: [...formats] };
    });
}
