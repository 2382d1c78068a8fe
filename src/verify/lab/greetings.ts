import type { TarEntry } from '../../engine/container.ts';
import { greetingFile, greetingsWithKeys } from '../../model/greeting-keys.ts';
import type { Model } from '../../model/kinds.ts';

const RATE = 8000;
const BYTES_A_SAMPLE = 2;

/** A second of silence where somebody recorded the greeting that his keys count in: the recordings themselves come with the cutover. */
export function recordedGreetings(model: Model): TarEntry[] {
  return greetingsWithKeys(model).map(({ mailbox, greeting }) => ({
    path: `${greetingFile(mailbox, greeting).slice(1)}.wav`,
    content: silentWav(RATE),
    mode: 0o644,
  }));
}

/** 16-bit PCM, mono, 8 kHz (RIFF WAVE, 44 bytes before the samples). */
function silentWav(samples: number): Buffer {
  const size = samples * BYTES_A_SAMPLE;
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + size, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(RATE * BYTES_A_SAMPLE, 28);
  head.writeUInt16LE(BYTES_A_SAMPLE, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(size, 40);
  return Buffer.concat([head, Buffer.alloc(size)]);
}
