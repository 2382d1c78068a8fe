import type { Model } from '../../model/kinds.ts';
import { settingsOf } from '../../model/kinds.ts';
import { soundFiles } from '../../model/recording.ts';
import { ref } from '../../model/ref.ts';
import { defineCheck, type Mismatch, missing } from './mismatch.ts';

/** Whether a channel of one of the model's languages finds a prompt: its own, English, or one without language (main/file.c, fileexists_core). */
export function soundFinder(held: ReadonlySet<string>, model: Model): (file: string) => boolean {
  const names = new Set([...held].map((path) => path.replace(/\.[^./]+$/, '')));
  const own = [...Object.values(model.extension), ...Object.values(model.language), ...Object.values(model['inbound-route'])].map(
    (x) => x.language,
  );
  const languages = new Set([settingsOf(model).language, ...own, 'en']);
  return (file) => {
    const name = file.replace(/^\/usr\/(local\/)?share\/asterisk\/sounds\//, '');
    return names.has(name) || [...languages].some((language) => names.has(`${language}/${name}`));
  };
}

/** Every file of every recording of the house is where Asterisk looks for it. */
export const recordingCheck = defineCheck(async ({ sounds }, model) => {
  const found: Mismatch[] = [];
  for (const [path] of soundFiles(model)) {
    const owner = Object.entries(model.recording).find(([, r]) => r.prompts.some((p) => path.startsWith(`${p.file}.`)))?.[0] ?? '';
    if (!sounds.has(path)) found.push(missing(ref('recording', owner), `sound ${path}`));
  }
  return found;
});
