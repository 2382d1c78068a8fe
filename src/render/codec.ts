/** Formats that Debian's Asterisk can turn into others, so that prompts and voicemail work (ASTERISK.md, sections 1 and 11). */
const TRANSLATED = new Set([
  'ulaw',
  'alaw',
  'gsm',
  'g722',
  'g726',
  'g726aal2',
  'adpcm',
  'slin',
  'slin12',
  'slin16',
  'slin24',
  'slin32',
  'slin44',
  'slin48',
  'slin96',
  'slin192',
]);
/** Formats that Asterisk 22 knows by name; one unknown name would drop the whole telephone. Source: `core show codecs`, main/codec_builtin.c. */
const KNOWN = new Set([
  ...TRANSLATED,
  'g723',
  'g729',
  'lpc10',
  'ilbc',
  'speex',
  'speex16',
  'speex32',
  'opus',
  'g719',
  'siren7',
  'siren14',
  'codec2',
  'silk8',
  'silk12',
  'silk16',
  'silk24',
  'h261',
  'h263',
  'h263p',
  'h264',
  'h265',
  'mpeg4',
  'vp8',
  'vp9',
  't140',
  'red',
]);

export interface Codecs {
  /** As `allow` takes them, after !all. */
  readonly list: string[];
  readonly unknown: string[];
  /** Nothing in the list can be turned into sound here, so alaw was put behind it. */
  readonly added: boolean;
}

/** The codecs of a telephone or trunk, of its own or the PBX's. */
export function codecsFor(own: readonly string[], ofPbx: readonly string[]): Codecs {
  const asked = (own.length > 0 ? own : ofPbx).map((c) => c.toLowerCase());
  if (asked.includes('all')) return { list: ['all'], unknown: [], added: false };
  const list = asked.filter((c) => KNOWN.has(c));
  const added = !list.some((c) => TRANSLATED.has(c));
  return { list: added ? [...list, 'alaw'] : list, unknown: asked.filter((c) => !KNOWN.has(c)), added };
}
