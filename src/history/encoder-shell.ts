import { type ChildProcess, spawn } from 'node:child_process';

/**
 * Runs LAME for one recording after another. It gets numbers of files that this process has open, and opens them again by those: no name ever reaches it.
 * `$@` are LAME's options. An answer is its exit status and what it complained of, ended by NUL.
 */
const SCRIPT = `
while read -r from to; do
  said=$(exec lame "$@" - - < "/proc/$PPID/fd/$from" 2>&1 > "/proc/$PPID/fd/$to")
  printf '%s %s\\0' "$?" "$said"
done`;
const LONGEST_COMPLAINT = 300;

/**
 * A small shell that starts LAME, since Node takes its whole address space along whenever it starts a program: that was a fifth of all work. It ends with this process.
 */
export class EncoderShell {
  readonly #child: ChildProcess;
  #said = '';
  #answer: ((said: string) => void) | null = null;

  /** @param signal kills it, and LAME with it */
  constructor(options: readonly string[], signal: AbortSignal) {
    this.#child = spawn('sh', ['-c', SCRIPT, 'sh', ...options], { stdio: ['pipe', 'pipe', 'ignore'], detached: true });
    const kill = (): void => this.#kill();
    signal.addEventListener('abort', kill, { once: true });
    this.#child.once('close', () => {
      signal.removeEventListener('abort', kill);
      this.#answer?.('1 the encoder was ended');
    });
    this.#child.once('error', (error) => this.#answer?.(`1 ${error.message}`));
    // told by `close`
    this.#child.stdin?.on('error', () => undefined);
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => this.#hear(text));
  }

  /** One at a time. @param from open for reading. @param to open for writing. @returns null, or what LAME complained about */
  async encode(from: number, to: number): Promise<string | null> {
    const said = await new Promise<string>((resolve) => {
      this.#answer = resolve;
      if (this.#child.exitCode !== null || this.#child.signalCode !== null) resolve('1 the encoder was ended');
      else this.#child.stdin?.write(`${from} ${to}\n`);
    });
    this.#answer = null;
    const [status = '', ...complaint] = said.split(' ');
    return status === '0' ? null : complaint.join(' ').trim().slice(-LONGEST_COMPLAINT) || `it ended with status ${status}`;
  }

  close(): void {
    this.#child.stdin?.end();
  }

  #hear(text: string): void {
    this.#said += text;
    const end = this.#said.indexOf('\0');
    if (end < 0) return;
    const answer = this.#said.slice(0, end);
    this.#said = this.#said.slice(end + 1);
    this.#answer?.(answer);
  }

  #kill(): void {
    // the whole group: LAME is the shell's child
    if (this.#child.pid !== undefined) process.kill(-this.#child.pid, 'SIGKILL');
  }
}
