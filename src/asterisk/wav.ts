export const WAV_RATE = 8000;
export const WAV_SAMPLE_BYTES = 2;

/** A sound file as Asterisk writes and plays it, `.wav`: 16-bit PCM, mono, 8 kHz (RIFF WAVE, 44 bytes before the samples). @param pcm little-endian samples */
export function wavFile(pcm: Buffer): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + pcm.length, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(WAV_RATE, 24);
  head.writeUInt32LE(WAV_RATE * WAV_SAMPLE_BYTES, 28);
  head.writeUInt16LE(WAV_SAMPLE_BYTES, 32);
  head.writeUInt16LE(8 * WAV_SAMPLE_BYTES, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(pcm.length, 40);
  return Buffer.concat([head, pcm]);
}
