import { Transform, type TransformCallback } from 'node:stream';

const NEWLINE = 0x0a;
/** Enough of a line to know a USE by. */
const LOOKED_AT = 512;
/** Lines that begin the section of a database; not after a carriage return, which is no line end to MySQL. */
const SECTION = /(?<![^\n])(?:USE[ \t]+`?([^`;\s]+)`?[ \t]*;|CREATE[ \t]+DATABASE\s)[^\n]*\n?/gi;

/**
 * Of a dump of several databases lets through what belongs to one, as lines: mysqldump begins each with a line of its own, "USE `name`;", and no
 * text of a table begins a line, since line ends in it are escaped. What stands before the first USE passes. Lines that go keep their line end,
 * so that an error of the server names the line of the file.
 */
export class OneDatabase extends Transform {
  readonly #database: string;
  #passes = true;
  /** Within a long line, of which this is known: it passes or not. null: at the beginning of a line. */
  #line: boolean | null = null;
  /** The beginning of a line whose rest has not come yet. */
  #start: Buffer = Buffer.alloc(0);

  constructor(database: string) {
    super();
    this.#database = database;
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    const rest = this.#line === null ? Buffer.concat([this.#start, chunk]) : this.#endLine(chunk, this.#line);
    const lines = rest.lastIndexOf(NEWLINE) + 1;
    this.#lines(rest.subarray(0, lines));
    this.#start = rest.subarray(lines);
    if (this.#start.length >= LOOKED_AT) {
      // so long a line is none that names a database
      this.#line = this.#passes;
      this.#give(this.#start, this.#line);
      this.#start = Buffer.alloc(0);
    }
    done();
  }

  /** The rest of a long line goes the way of its beginning. @returns what comes after it */
  #endLine(bytes: Buffer, passes: boolean): Buffer {
    const end = bytes.indexOf(NEWLINE) + 1;
    this.#give(end === 0 ? bytes : bytes.subarray(0, end), passes);
    if (end === 0) return Buffer.alloc(0);
    this.#line = null;
    return bytes.subarray(end);
  }

  override _flush(done: TransformCallback): void {
    this.#lines(this.#start);
    done();
  }

  /** Whole lines: most are of the section that they stand in, and go or stay together. */
  #lines(lines: Buffer): void {
    let at = 0;
    for (const found of lines.toString('latin1').matchAll(SECTION)) {
      this.#give(lines.subarray(at, found.index), this.#passes);
      at = found.index + found[0].length;
      this.#give(lines.subarray(found.index, at), false);
      if (found[1] !== undefined) this.#passes = found[1] === this.#database;
    }
    this.#give(lines.subarray(at), this.#passes);
  }

  #give(bytes: Buffer, passes: boolean): void {
    if (passes) {
      if (bytes.length > 0) this.push(bytes);
      return;
    }
    let lines = 0;
    for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) lines++;
    if (lines > 0) this.push(Buffer.alloc(lines, NEWLINE));
  }
}
