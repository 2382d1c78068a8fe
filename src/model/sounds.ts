/**
 * Prompts that FreePBX plays and that are not among Asterisk's core sounds: they came with its `extra` set, which Debian does not pack. Beside each the
 * languages whose core set has it all the same. Source: asterisk-core-sounds-{en,es,ru} 1.6.1 in Debian, compared with what the old dialplan plays.
 */
const EXTRA: Readonly<Record<string, readonly string[]>> = {
  'pls-try-call-later': ['ru'],
  'incoming-call-1-accept-2-decline': [],
  'incoming-call-no-longer-avail': [],
};

/** False: the new PBX has no file for this prompt. A prompt that a language lacks is played in English, so that only the extra ones are missing. */
export function isPlayable(prompt: string, language: string): boolean {
  const languages = EXTRA[prompt];
  return languages === undefined || languages.some((l) => language === l || language.startsWith(`${l}_`));
}

/** Those of the prompts that can be played, in order. */
export function playable(prompts: readonly string[], language: string): string[] {
  return prompts.filter((p) => isPlayable(p, language));
}
