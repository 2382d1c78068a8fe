import { type Finding, finding } from '../finding.ts';
import { MODEL_KINDS, type Model } from '../model/kinds.ts';
import { ref } from '../model/ref.ts';

/** Words that stand for no class of their own. */
const OWN_WORDS = new Set(['', 'default', 'none', 'inherit']);

/** Music classes that something names and nobody has: Asterisk plays the default one instead, on the old box as on the new. */
export function checkMusic(model: Model): Finding[] {
  return MODEL_KINDS.flatMap((kind) =>
    Object.entries(model[kind] as Readonly<Record<string, { readonly musicClass?: string | null }>>).flatMap(([id, { musicClass }]) => {
      const name = musicClass ?? '';
      if (OWN_WORDS.has(name) || model['music-class'][name] !== undefined) return [];
      const means = `Who waits here is meant to hear music class '${name}', which does not exist: the default music plays.`;
      return [finding('MUSIC_CLASS_MISSING', { about: ref(kind, id), where: `music class ${name}`, means })];
    }),
  );
}
