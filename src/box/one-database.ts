import { Transform, type TransformCallback } from 'node:stream';

const NEWLINE = 0x0a;
/** Enough of a line to know a USE by. */
const LOOKED_AT = 256;

/**
 * Of a dump of several databases lets through what belongs to one, as lines: mysqldump begins each with a line of its own, "USE `name`;", and no
 * text of a table begins a line, since line ends in it are escaped. What stands before the first USE passes. Lines that go keep their line end,
 * so that an error of the server names the line of the file.
 */
export class OneDatabase extends Transform {
  readonly #database: string;
  #passes = true;
  /** The line that is being read is known: it passes or not. null: its beginning is still being gathered. */
  #line: boolean | null = null;
  #start: Buffer = Buffer.alloc(0);

  constructor(database: string) {
    super();
    this.#database = database;
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    const out: Buffer[] = [];
    // most of a dump is one section: whole pieces go through untouched
    for (let at = 0; at < chunk.length; ) {
      const newline = chunk.indexOf(NEWLINE, at);
      const end = newline < 0 ? chunk.length : newline + 1;
      this.#piece(chunk.subarray(at, end), newline >= 0, out);
      at = end;
    }
    done(null, Buffer.concat(out));
  }

  override _flush(done: TransformCallback): void {
    if (this.#line === null && this.#decide()) this.push(this.#start);
    done();
  }

  #piece(piece: Buffer, endsLine: boolean, out: Buffer[]): void {
    if (this.#line === null) {
      this.#start = this.#start.length === 0 ? piece : Buffer.concat([this.#start, piece]);
      if (!endsLine && this.#start.length < LOOKED_AT) return;
      this.#line = this.#decide();
      piece = this.#start;
      this.#start = Buffer.alloc(0);
    }
    if (this.#line) out.push(piece);
    else if (endsLine) out.push(Buffer.from([NEWLINE]));
    if (endsLine) this.#line = null;
  }

  #decide(): boolean {
    const line = this.#start.toString('latin1', 0, LOOKED_AT);
    const used = /^USE\s+`?([^`;\s]+)`?\s*;/i.exec(line)?.[1];
    if (used !== undefined) {
      this.#passes = used === this.#database;
      return false;
    }
    return this.#passes && !/^CREATE\s+DATABASE\s/i.test(line);
  }
}
