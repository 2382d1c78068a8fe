/** How bytes became text: what it was certain to be, or a label of the WHATWG encoding standard that was guessed or told. */
export type Charset = 'utf-8' | 'doubly encoded utf-8' | (string & {});

export interface Decoded {
  readonly text: string;
  readonly charset: Charset;
  /** false: the charset is a guess that a person must be able to check. */
  readonly certain: boolean;
  /** The column was too narrow: its last character was cut in half and is left out. */
  readonly cut: boolean;
  /** What a reader who knows latin1 alone sees; the text itself where nothing was done to it. */
  readonly before: string;
  /** The text was left as it is, and is likely this one, in a charset that was read as latin1 before it came here. */
  readonly proposal: { readonly text: string; readonly charset: Charset } | null;
  /** Letters were replaced by '?' before it came here. */
  readonly lost: boolean;
}

/** Turns bytes of an old box into text. */
export type DecodeText = (bytes: Uint8Array) => Decoded;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const cp1252 = new TextDecoder('windows-1252');
const cp1251 = new TextDecoder('windows-1251');

// MySQL's latin1 is cp1252 with the five holes filled by control characters, just as the WHATWG decoder fills them
const byteOf = new Map<string, number>(Array.from({ length: 256 }, (_, byte) => [cp1252.decode(Uint8Array.of(byte)), byte]));

/** Nothing was guessed, repaired, cut or lost: the text is what the bytes said. */
export function isPlain(d: Decoded): boolean {
  return d.charset === 'utf-8' && !d.cut && d.proposal === null && !d.lost;
}

/** UTF-8 may have been taken for latin1 more than once: by the page that wrote it, and by whoever dumped it. */
const MOST_ENCODINGS = 4;

/** @param legacy what text is that is no UTF-8, where a person told it: a label of the WHATWG encoding standard @throws RangeError for no such label */
export function textDecoder(legacy?: string): DecodeText {
  const told = legacy === undefined ? null : new TextDecoder(legacy);
  return (bytes) => decode(bytes, told);
}

/**
 * Bytes of an old box as text: UTF-8; UTF-8 that was taken for latin1 and encoded once more (FreePBX to 2.10 wrote UTF-8 over a
 * latin1 connection, and mysqldump then said utf8); cp1252; cp1251. The first that fits.
 */
export const decodeText: DecodeText = textDecoder();

function decode(bytes: Uint8Array, told: InstanceType<typeof TextDecoder> | null): Decoded {
  if (isAscii(bytes)) return asItIs(Buffer.from(bytes).toString('latin1'), false);
  const plain = decodeUtf8(bytes);
  if (plain === null) {
    const decoder = told ?? (looksCyrillic(bytes) ? cp1251 : cp1252);
    return { ...asItIs(decoder.decode(bytes), false), charset: decoder.encoding, certain: told !== null, before: cp1252.decode(bytes) };
  }
  const inner = unwrap(plain);
  if (inner !== null) return { ...asItIs(inner.text, inner.cut), charset: 'doubly encoded utf-8', before: plain.text };
  const foreign = foreignBytes(plain.text);
  if (foreign === null) return asItIs(plain.text, plain.cut);
  if (told !== null) return { ...asItIs(told.decode(foreign), plain.cut), charset: told.encoding, before: plain.text };
  return { ...asItIs(plain.text, plain.cut), proposal: { text: cp1251.decode(foreign), charset: cp1251.encoding } };
}

function asItIs(text: string, cut: boolean): Decoded {
  return { text, charset: 'utf-8', certain: true, cut, before: text, proposal: null, lost: LOST.test(text) };
}

/** Words of question marks alone, and a lead byte of Cyrillic UTF-8 whose second byte latin1 had no letter for. */
const LOST = /(?<![\p{L}\p{N}?])\?{2,}(?![\p{L}\p{N}])|[\u00d0\u00d1]\?|\ufffd/u;

/** UTF-8 within UTF-8, as often as it was encoded. null where the text is what it seems. */
function unwrap(plain: { text: string; cut: boolean }): { text: string; cut: boolean } | null {
  let found: { text: string; cut: boolean } | null = null;
  for (let i = 1; i < MOST_ENCODINGS; i++) {
    const held: { text: string; cut: boolean } = found ?? plain;
    const inner = latin1Bytes(held.text);
    const once = inner === null || isAscii(inner) ? null : decodeUtf8(inner);
    if (once === null) break;
    found = { text: once.text, cut: held.cut || once.cut };
  }
  return found;
}

/** Latin1 letters with no plain letter among them in any word are no language's: the bytes that they stand for, else null. */
function foreignBytes(text: string): Uint8Array | null {
  const bytes = latin1Bytes(text);
  if (bytes === null) return null;
  const words = Buffer.from(bytes).toString('latin1').match(WORDS) ?? [];
  const high = words.map((word) => word.replace(/[A-Za-z]/g, '').length);
  const mixed = words.some((word, i) => (high[i] ?? 0) > 0 && (high[i] ?? 0) < word.length);
  return !mixed && high.some((n) => n >= 3) ? bytes : null;
}

/** Words as cp1251 and latin1 have letters in common places. */
const WORDS = /[A-Za-z\xa8\xb8\xc0-\xff]+/g;

function isAscii(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte > 0x7f) return false;
  return true;
}

/** null where the bytes are no UTF-8. A last character that lacks its end is cut off: varchar(50) in latin1 counts bytes. */
function decodeUtf8(bytes: Uint8Array): { text: string; cut: boolean } | null {
  const whole = tryUtf8(bytes);
  if (whole !== null) return { text: whole, cut: false };
  for (let tail = 1; tail <= 3 && tail < bytes.length; tail++) {
    const lead = bytes[bytes.length - tail] ?? 0;
    if (lead < 0xc2 || lead > 0xf4) continue;
    const head = bytes.subarray(0, bytes.length - tail);
    // one lone lead byte among ASCII is a cp1251 or cp1252 letter, not a cut
    const text = isAscii(head) || tail >= lengthOf(lead) ? null : tryUtf8(head);
    return text === null ? null : { text, cut: true };
  }
  return null;
}

function lengthOf(lead: number): number {
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

function tryUtf8(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

/** The bytes that latin1 (cp1252) gives for a text; null where it has letters that latin1 lacks. */
function latin1Bytes(text: string): Uint8Array | null {
  const bytes: number[] = [];
  for (const character of text) {
    const byte = byteOf.get(character);
    if (byte === undefined) return null;
    bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}

/** Cyrillic in cp1251 stands in words of nothing but high bytes; western words mix accents with plain letters. */
function looksCyrillic(bytes: Uint8Array): boolean {
  let cyrillic = 0;
  let western = 0;
  for (const word of Buffer.from(bytes).toString('latin1').match(WORDS) ?? []) {
    const high = word.replace(/[A-Za-z]/g, '').length;
    if (high > 1 && high === word.length) cyrillic++;
    else if (high > 0 && high < word.length) western++;
  }
  return cyrillic > western;
}
