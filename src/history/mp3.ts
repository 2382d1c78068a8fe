/** kbit/s of layer III by index: MPEG-1, and MPEG-2 and 2.5. ISO/IEC 11172-3 and 13818-3. */
const KBITS_1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const KBITS_2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
/** Samples a second of MPEG-1 by index; half of it in MPEG-2, a quarter in 2.5. */
const RATES = [44_100, 48_000, 32_000];

interface Frame {
  readonly bytes: number;
  readonly seconds: number;
}

/**
 * How long an MP3 file plays: frame by frame, from its first byte to its last. A tag before the frames or after them is passed over.
 * @returns null where it is no whole number of frames
 */
export function mp3Seconds(file: Buffer): number | null {
  let at = id3Length(file);
  let seconds = 0;
  while (at < file.length) {
    if (file.length - at === 128 && file.toString('latin1', at, at + 3) === 'TAG') break;
    const frame = frameAt(file, at);
    if (frame === null || at + frame.bytes > file.length) return null;
    seconds += frame.seconds;
    at += frame.bytes;
  }
  return seconds > 0 ? seconds : null;
}

function id3Length(file: Buffer): number {
  if (file.length < 10 || file.toString('latin1', 0, 3) !== 'ID3') return 0;
  return [6, 7, 8, 9].reduce((sum, at) => sum * 128 + ((file[at] ?? 0) & 0x7f), 0) + 10;
}

function frameAt(file: Buffer, at: number): Frame | null {
  if (at + 4 > file.length) return null;
  const header = file.readUInt32BE(at);
  const [version, layer] = [(header >>> 19) & 3, (header >>> 17) & 3];
  if (header >>> 21 !== 0x7ff || version === 1 || layer !== 1) return null;
  const isFirst = version === 3;
  const kbits = (isFirst ? KBITS_1 : KBITS_2)[(header >>> 12) & 15] ?? 0;
  const rate = (RATES[(header >>> 10) & 3] ?? 0) / (isFirst ? 1 : version === 2 ? 2 : 4);
  if (kbits === 0 || rate === 0) return null;
  const samples = isFirst ? 1152 : 576;
  const bytes = Math.floor(((samples / 8) * kbits * 1000) / rate) + ((header >>> 9) & 1);
  return { bytes, seconds: samples / rate };
}
