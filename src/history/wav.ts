/** How the sound of a WAV file is coded, and how long it is. */
export interface Wav {
  readonly coding: 'pcm' | 'gsm' | 'a-law' | 'u-law';
  readonly seconds: number;
}

/** Why a file is left as it is. */
export type NotASound = 'empty' | 'header only' | 'corrupt' | 'not a recording';

const CODINGS: Readonly<Record<number, Wav['coding']>> = { 1: 'pcm', 6: 'a-law', 7: 'u-law', 49: 'gsm' };
/** Longest that a header may be, with what other programs put before the sound. */
export const WAV_HEADER_BYTES = 4096;
/** Asterisk pads to a whole word. */
const PADDING = 1;

/**
 * Reads the header of a RIFF/WAVE file. The file is corrupt where the header promises another length of sound than the file holds: Asterisk writes the length
 * at the end of a recording, so a recording that ended with a crash has none.
 * @param head the first WAV_HEADER_BYTES of the file, or all of a shorter one
 * @param size of the file in bytes
 */
export function readWav(head: Buffer, size: number): Wav | NotASound {
  if (head.length < 12 || head.toString('latin1', 0, 4) !== 'RIFF' || head.toString('latin1', 8, 12) !== 'WAVE') return 'corrupt';
  let format: { coding: Wav['coding']; bytesPerSecond: number } | null = null;
  for (let at = 12; at + 8 <= head.length; ) {
    const id = head.toString('latin1', at, at + 4);
    const length = head.readUInt32LE(at + 4);
    if (id === 'fmt ' && at + 24 <= head.length) {
      const coding = CODINGS[head.readUInt16LE(at + 8)];
      if (coding === undefined) return 'not a recording';
      format = { coding, bytesPerSecond: head.readUInt32LE(at + 16) };
    }
    if (id === 'data') return soundOf(format, length, size - at - 8);
    at += 8 + length + (length % 2);
  }
  return size <= WAV_HEADER_BYTES ? 'header only' : 'corrupt';
}

function soundOf(format: { coding: Wav['coding']; bytesPerSecond: number } | null, promised: number, held: number): Wav | NotASound {
  if (format === null || format.bytesPerSecond === 0) return 'corrupt';
  if (held <= 0) return 'header only';
  if (promised === 0 || promised > held || held > promised + PADDING) return 'corrupt';
  return { coding: format.coding, seconds: promised / format.bytesPerSecond };
}
