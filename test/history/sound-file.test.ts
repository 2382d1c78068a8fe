import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mp3Seconds } from '../../src/history/mp3.ts';
import { readWav } from '../../src/history/wav.ts';
import { wav } from './sounds.ts';

describe('a WAV file', () => {
  it('is as long as its sound, whatever stands before it', () => {
    const plain = wav(2);
    const list = Buffer.concat([Buffer.from('LIST'), Buffer.from([5, 0, 0, 0]), Buffer.from('hello\0')]);
    const withList = Buffer.concat([plain.subarray(0, 36), list, plain.subarray(36)]);
    for (const file of [plain, withList]) expect(readWav(file, file.length)).toEqual({ coding: 'pcm', seconds: 2 });
  });

  it('of a recording that ended with a crash has no length in its header, and is left alone', () => {
    const crashed = wav(2);
    crashed.writeUInt32LE(0, 40);
    expect(readWav(crashed, crashed.length)).toBe('corrupt');
    expect(readWav(wav(0), 44)).toBe('header only');
  });

  it('that was cut at any byte is never taken for a whole one', () => {
    const whole = wav(0.1);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 1 }), (cut) => typeof readWav(whole.subarray(0, cut), cut) === 'string'),
    );
  });

  it('of any bytes at all is read without an error', () => {
    const riff = Buffer.from('RIFF\0\0\0\0WAVE');
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void readWav(Buffer.concat([riff, bytes]), 12 + bytes.length)));
  });
});

describe('an MP3 file', () => {
  /** 16 kbit/s, 8 kHz, mono: MPEG-2.5, as LAME makes it of a telephone call. 144 bytes, 72 ms. */
  const frame = Buffer.concat([Buffer.from([0xff, 0xe3, 0x28, 0xc4]), Buffer.alloc(140)]);

  it('is as long as its frames, with or without tags', () => {
    const frames = Buffer.concat(Array.from({ length: 100 }, () => frame));
    const id3 = Buffer.from('ID3\x03\0\0\0\0\0\x05hello', 'latin1');
    const tag = Buffer.concat([Buffer.from('TAG'), Buffer.alloc(125)]);
    for (const file of [frames, Buffer.concat([id3, frames]), Buffer.concat([frames, tag])]) expect(mp3Seconds(file)).toBeCloseTo(7.2, 6);
  });

  it('that was cut within a frame is not whole', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 143 }), (cut) => mp3Seconds(Buffer.concat([frame, frame.subarray(0, cut)])) === null));
  });

  it('of other bytes is none', () => {
    expect(mp3Seconds(Buffer.alloc(0))).toBeNull();
    fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => void mp3Seconds(Buffer.from(bytes))));
  });
});
