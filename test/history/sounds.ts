import { execFile } from 'node:child_process';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { WAV_RATE, WAV_SAMPLE_BYTES, wavFile } from '../../src/asterisk/wav.ts';

/** A recording as MixMonitor writes it: 16 bit, 8 kHz, mono; a tone that no other number makes. */
export function wav(seconds: number, tone = 440): Buffer {
  const samples = Math.round(seconds * WAV_RATE);
  const pcm = Buffer.alloc(samples * WAV_SAMPLE_BYTES);
  for (let i = 0; i < samples; i++)
    pcm.writeInt16LE(Math.round(8000 * Math.sin((2 * Math.PI * tone * i) / WAV_RATE)), i * WAV_SAMPLE_BYTES);
  return wavFile(pcm);
}

/** The same as raw GSM or as GSM in WAV, which Asterisk calls wav49. */
export async function gsm(seconds: number, as: 'gsm' | 'wav49'): Promise<Buffer> {
  const to = as === 'gsm' ? ['-t', 'gsm', '-'] : ['-e', 'gsm-full-rate', '-t', 'wav', '-'];
  const running = promisify(execFile)('sox', ['-V1', '-n', '-r', '8000', '-c', '1', ...to, 'synth', String(seconds), 'sine', '440'], {
    encoding: 'buffer',
    maxBuffer: 2 ** 26,
  });
  const { stdout } = await running;
  if (as === 'gsm') return stdout;
  // sox cannot go back in a pipe to write the lengths
  const data = stdout.indexOf('data', 0, 'latin1');
  stdout.writeUInt32LE(stdout.length - 8, 4);
  stdout.writeUInt32LE(stdout.length - data - 8, data + 4);
  return stdout;
}

/** Puts a file there that was written a day ago, or `secondsAgo`. */
export async function put(folder: string, name: string | Buffer, content: Buffer, secondsAgo = 86_400): Promise<void> {
  const path = typeof name === 'string' ? join(folder, name) : Buffer.concat([Buffer.from(`${folder}/`), name]);
  if (typeof path === 'string') await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  const then = Math.floor(Date.now() / 1000) - secondsAgo;
  await utimes(path, then, then);
}
