import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { promisify } from 'node:util';
import pLimit, { type LimitFunction } from 'p-limit';
import { MigrateError } from '../error.ts';
import { EncoderShell } from './encoder-shell.ts';
import type { Sound } from './sound-file.ts';

/** Decoded sound on its way from sox to LAME. */
const RAW = {
  sox: ['-t', 'raw', '-e', 'signed-integer', '-b', '16', '-r', '8000', '-c', '1', '-'],
  lame: ['-r', '-s', '8', '--bitwidth', '16'],
};
const LOWEST_PRIORITY = 19;
const LONGEST_COMPLAINT = 300;

/** Encodes recordings as MP3, mono, of a constant bit rate. Programs get open files and never a name, so nothing that a name holds is read by anybody. */
export class Encoders {
  readonly #options: readonly string[];
  readonly #signal: AbortSignal;
  readonly #atOnce: LimitFunction;
  readonly #idle: EncoderShell[];
  readonly #all: readonly EncoderShell[];

  /** @param o.atOnce how many recordings at a time, however many are asked for. @param o.signal kills what runs */
  constructor(o: { kbits: number; atOnce: number; signal: AbortSignal }) {
    this.#options = ['--quiet', '-m', 'm', '-b', String(o.kbits), '--cbr', '-t'];
    this.#signal = o.signal;
    this.#atOnce = pLimit(o.atOnce);
    this.#all = Array.from({ length: o.atOnce }, () => new EncoderShell(this.#options, o.signal));
    this.#idle = [...this.#all];
  }

  /**
   * @param from open for reading, at its begin; file descriptor
   * @param to open for writing, empty
   * @returns null, or what the program complained about
   */
  encode(sound: Sound, from: number, to: number): Promise<string | null> {
    return this.#atOnce(async () => {
      if (sound.coding !== 'pcm') return this.#decoded(sound, from, to);
      const shell = this.#idle.pop() as EncoderShell;
      const complaint = await shell.encode(from, to);
      this.#idle.push(shell);
      return complaint;
    });
  }

  close(): void {
    for (const shell of this.#all) shell.close();
  }

  /** What LAME cannot read, sox decodes for it. */
  async #decoded(sound: Sound, from: number, to: number): Promise<string | null> {
    const type = sound.coding === 'raw-gsm' ? 'gsm' : 'wav';
    const signal = this.#signal;
    const decoder = spawn('sox', ['-V1', '-t', type, '-', ...RAW.sox], { stdio: [from, 'pipe', 'pipe'], signal });
    const encoder = spawn('lame', [...this.#options, ...RAW.lame, '-', '-'], { stdio: ['pipe', to, 'pipe'], signal });
    // the one that ends early tells by its exit status
    encoder.stdin?.on('error', () => decoder.kill());
    if (encoder.stdin !== null) decoder.stdout?.pipe(encoder.stdin);
    const [decoded, encoded] = await Promise.all([ended(decoder), ended(encoder)]);
    return decoded ?? encoded;
  }
}

async function ended(child: ChildProcess): Promise<string | null> {
  let complaint = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-LONGEST_COMPLAINT);
  });
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code) => resolve(code === 0 ? null : complaint.trim() || `it ended with status ${code}`));
  });
}

/** Calls come first: this process and all that it starts take the processor and the disc last. */
export async function stepBack(): Promise<void> {
  setPriority(LOWEST_PRIORITY);
  // without ionice the disc is shared evenly
  await promisify(execFile)('ionice', ['-c', '3', '-p', String(process.pid)]).catch(() => undefined);
}

/** @throws MigrateError E_NO_PROGRAM, exit 3, where an encoder is missing */
export async function checkPrograms(): Promise<void> {
  for (const program of ['lame', 'sox']) {
    await promisify(execFile)(program, ['--version']).catch((cause: unknown) => {
      throw new MigrateError({
        code: 'E_NO_PROGRAM',
        where: program,
        why: 'the program does not run here',
        hint: 'Install it: apt-get install lame sox. Or pass --keep, and recordings move as they are.',
        exit: 3,
        cause,
      });
    });
  }
}
