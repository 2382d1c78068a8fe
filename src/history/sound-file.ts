import { read, readSync } from 'node:fs';
import { promisify } from 'node:util';
import { mp3Seconds } from './mp3.ts';
import { type NotASound, readWav, WAV_HEADER_BYTES } from './wav.ts';

/** A recording that was looked into. */
export interface Sound {
  /** 'pcm': LAME reads it; 'mp3': it stays as it is; others are decoded first. */
  readonly coding: 'pcm' | 'gsm' | 'a-law' | 'u-law' | 'raw-gsm' | 'mp3';
  readonly seconds: number;
}

const readAt = promisify(read);

/** Full-rate GSM: 33 bytes hold 20 ms. */
const GSM_FRAME_BYTES = 33;
const GSM_FRAME_SECONDS = 0.02;

/**
 * What a file holds, told by its bytes where they tell; raw GSM has no header, so its name must say `.gsm`.
 * @param fd open for reading. @param extension of its name, without the dot
 */
export async function lookInto(fd: number, size: number, extension: string): Promise<Sound | NotASound> {
  if (size === 0) return 'empty';
  const head = Buffer.alloc(Math.min(size, WAV_HEADER_BYTES));
  await readAt(fd, head, 0, head.length, 0);
  switch (extension.toLowerCase()) {
    case 'wav':
    case 'wav49':
      return readWav(head, size);
    case 'gsm':
      return rawGsm(head, size);
    case 'mp3':
      return mp3(await readWhole(fd, size));
    default:
      return 'not a recording';
  }
}

/** Each frame begins with the four bits 1101. */
function rawGsm(head: Buffer, size: number): Sound | NotASound {
  if (size % GSM_FRAME_BYTES !== 0) return 'corrupt';
  for (let at = 0; at < head.length; at += GSM_FRAME_BYTES) if ((head[at] ?? 0) >>> 4 !== 0xd) return 'corrupt';
  return { coding: 'raw-gsm', seconds: (size / GSM_FRAME_BYTES) * GSM_FRAME_SECONDS };
}

function mp3(bytes: Buffer): Sound | NotASound {
  const seconds = mp3Seconds(bytes);
  return seconds === null ? 'corrupt' : { coding: 'mp3', seconds };
}

/** All bytes of an open file, wherever its position is. */
async function readWhole(fd: number, size: number): Promise<Buffer> {
  const bytes = Buffer.alloc(size);
  for (let at = 0; at < size; ) {
    const { bytesRead } = await readAt(fd, bytes, at, size - at, at);
    if (bytesRead === 0) return bytes.subarray(0, at);
    at += bytesRead;
  }
  return bytes;
}

/** Grows to the largest file: a buffer for each would keep the collector of garbage busy. */
let scratch = Buffer.alloc(1 << 20);

/** All bytes of a file that was just written, and so is in the system's cache; good until the next one is read. */
export function readCached(fd: number, size: number): Buffer {
  if (scratch.length < size) scratch = Buffer.alloc(size);
  let at = 0;
  for (let more = -1; at < size && more !== 0; at += more) more = readSync(fd, scratch, at, size - at, at);
  return scratch.subarray(0, at);
}
