import { finding } from '../finding.ts';
import { destinationText } from '../model/destination.ts';
import { type Model, settingsOf } from '../model/kinds.ts';
import { ref } from '../model/ref.ts';
import { passingView } from './passing.ts';
import { placeOf } from './place.ts';
import type { Notes } from './view.ts';

/** extensions.d/language.conf: in which language a caller goes on. */
export const languageView = passingView({
  kind: 'language',
  file: 'language.conf',
  one: (model, _id, { description, language, next }) => ({
    description,
    // any other text is no name of a language, nor anything that a line can hold
    language: /^[\w-]+$/.test(language) ? language : null,
    next: placeOf(model, next),
    nextText: destinationText(next),
  }),
});

/** Languages of Debian's asterisk-core-sounds packages. */
const INSTALLABLE = ['en', 'es', 'fr', 'it', 'ru'];

/**
 * Files that Asterisk's rules for spoken numbers (main/say.c) ask for and that Debian's sounds of the language lack. say.conf is no way out: its new mode drops the
 * format of dates, so that voicemail would no longer say when a message came (app_playback.c, do_say).
 */
const MISSING: Readonly<Record<string, { files: string; heard: string }>> = {
  ru: {
    files: 'digits/100 to 900, 1f, 2f, thousands, thousands-i, million-a, millions',
    heard: 'hundreds are left out of spoken numbers, and thousands as well: 123 is heard as 23, the year 2026 as 26',
  },
  es: { files: 'digits/100', heard: 'the number 100 is not heard' },
};

/** Prompt languages in use, without the country: 'ru' for 'ru_RU'. */
export function languagesOf(model: Model): string[] {
  const all = [
    settingsOf(model),
    ...Object.values(model.extension),
    ...Object.values(model.language),
    ...Object.values(model['inbound-route']),
  ].map((o) => o.language);
  return [...new Set(all.map((l) => l.split(/[_-]/)[0] ?? '').filter((l) => l !== ''))].sort();
}

/** Says what callers do not hear in their language. */
export function reportLanguages(model: Model, notes: Notes): void {
  for (const language of languagesOf(model)) {
    const about = ref('settings', 'pbx');
    const missing = MISSING[language];
    if (!INSTALLABLE.includes(language)) {
      const means = `prompts in '${language}' are heard in English: Debian has no sounds of that language`;
      notes.finding(finding('LANGUAGE_NOT_INSTALLED', { about, where: language, means }));
    } else if (missing !== undefined) {
      notes.finding(
        finding('SPOKEN_NUMBERS_INCOMPLETE', { about, where: `${language}/${missing.files}`, means: `in '${language}', ${missing.heard}` }),
      );
    }
  }
}
