/** How a cell's bytes became text. Anything but 'utf-8' is a guess that a person must be able to check. */
export type Charset = 'utf-8' | 'doubly encoded utf-8' | 'windows-1252' | 'windows-1251';

export interface Decoded {
  readonly text: string;
  readonly charset: Charset;
  /** The column was too narrow: its last character was cut in half and is left out. */
  readonly cut: boolean;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const cp1252 = new TextDecoder('windows-1252');
const cp1251 = new TextDecoder('windows-1251');

// MySQL's latin1 is cp1252 with the five holes filled by control characters, just as the WHATWG decoder fills them
const byteOf = new Map<string, number>(Array.from({ length: 256 }, (_, byte) => [cp1252.decode(Uint8Array.of(byte)), byte]));

/**
 * Bytes of an old box as text: UTF-8; UTF-8 that was taken for latin1 and encoded once more (FreePBX to 2.10 wrote UTF-8 over a
 * latin1 connection, and mysqldump then said utf8); cp1252; cp1251. The first that fits.
 */
export function decodeText(bytes: Uint8Array): Decoded {
  if (isAscii(bytes)) return { text: Buffer.from(bytes).toString('latin1'), charset: 'utf-8', cut: false };
  const plain = decodeUtf8(bytes);
  if (plain === null) {
    const charset = looksCyrillic(bytes) ? 'windows-1251' : 'windows-1252';
    return { text: (charset === 'windows-1251' ? cp1251 : cp1252).decode(bytes), charset, cut: false };
  }
  const inner = latin1Bytes(plain.text);
  const once = inner === null || isAscii(inner) ? null : decodeUtf8(inner);
  return once === null ? { ...plain, charset: 'utf-8' } : { text: once.text, charset: 'doubly encoded utf-8', cut: plain.cut || once.cut };
}

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
  for (const word of Buffer.from(bytes)
    .toString('latin1')
    .match(/[A-Za-z\xa8\xb8\xc0-\xff]+/g) ?? []) {
    const high = word.replace(/[A-Za-z]/g, '').length;
    if (high > 1 && high === word.length) cyrillic++;
    else if (high > 0 && high < word.length) western++;
  }
  return cyrillic > western;
}
