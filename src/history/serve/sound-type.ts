/** What browsers and the old box call these files. */
const TYPES: Readonly<Record<string, string>> = {
  wav: 'audio/x-wav',
  wav49: 'audio/x-wav',
  mp3: 'audio/mpeg',
  gsm: 'audio/x-gsm',
  ogg: 'audio/ogg',
  opus: 'audio/ogg',
};
/** In lower case. Nothing else is ever sent from the folders of recordings. */
export const SOUND_EXTENSIONS: readonly string[] = Object.keys(TYPES);

/** null for what is no sound. @param extension of a file's name, without the dot */
export function soundType(extension: string): string | null {
  return TYPES[extension.toLowerCase()] ?? null;
}
