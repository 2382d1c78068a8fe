import { appendFileSync, chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Redact, redactValue } from './redact.ts';

interface Line {
  readonly at: string;
  readonly level: string;
  readonly message: string;
  readonly data?: object;
}

/**
 * OUT/debug.jsonl. Lines are held in memory until the secrets are known and the folder is one of ours; then they go through the
 * redactor and out, from there on as they come.
 */
export class DebugLog {
  readonly #path: string;
  readonly #folder: string;
  readonly #held: Line[] = [];
  #redact: Redact | null = null;

  constructor(folder: string) {
    this.#folder = folder;
    this.#path = join(folder, 'debug.jsonl');
  }

  write(level: string, message: string, data?: object): void {
    const line = { at: new Date().toISOString(), level, message, ...(data === undefined ? {} : { data }) };
    if (this.#redact === null) this.#held.push(line);
    else appendFileSync(this.#path, asText(line, this.#redact));
  }

  /** From here on lines are written. Called again where more secrets became known. @throws where the file cannot be written. */
  open(redact: Redact): void {
    if (this.#redact === null) {
      mkdirSync(this.#folder, { recursive: true });
      writeFileSync(this.#path, '', { mode: 0o600 });
      chmodSync(this.#path, 0o600);
    }
    this.#redact = redact;
    this.#writeHeld(redact);
  }

  /**
   * The end of a run that never came to know the secrets: what was held is written without its data, in which they may stand.
   * @throws where the file cannot be written.
   */
  openBlind(redact: Redact): void {
    if (this.#redact !== null) return;
    const held = this.#held.splice(0);
    for (const { data, ...line } of held) {
      this.#held.push(data === undefined ? line : { ...line, data: { leftOut: 'there is no model yet to tell the secrets from' } });
    }
    this.open(redact);
  }

  #writeHeld(redact: Redact): void {
    const text = this.#held.splice(0).map((line) => asText(line, redact));
    if (text.length > 0) appendFileSync(this.#path, text.join(''));
  }
}

function asText(line: Line, redact: Redact): string {
  const { at, level, message } = line;
  // errors have no enumerable fields: JSON would make {} of them
  const plain = JSON.parse(
    JSON.stringify(line.data ?? null, (_, v: unknown) => (v instanceof Error ? { error: v.stack ?? v.message } : v)),
  ) as unknown;
  return `${JSON.stringify({ at, level, message: redact(message), ...(plain === null ? {} : { data: redactValue(plain, redact) }) })}\n`;
}
