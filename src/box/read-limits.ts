import { MigrateError } from '../error.ts';

/** How much an archive or a compressed file of a source may hold. What is larger is refused: it may be made to fill a disc. */
export interface ReadLimits {
  /** Entries of an archive, those of archives within it included. */
  readonly entries: number;
  /** Bytes that are written to disc. */
  readonly bytes: number;
  /** How many times larger than itself a compressed stream may become. */
  readonly ratio: number;
  /** Archives within archives. */
  readonly depth: number;
}

const GIB = 1024 ** 3;
const USUAL: ReadLimits = { entries: 1_000_000, bytes: 16 * GIB, ratio: 200, depth: 3 };
/** Small files may be all of one byte: silence, an empty table. */
const RATIO_COUNTS_FROM = 64 * 1024 * 1024;

/** The usual limits, each `times` as high. */
export function readLimits(times = 1): ReadLimits {
  return {
    entries: USUAL.entries * times,
    bytes: USUAL.bytes * times,
    ratio: USUAL.ratio * times,
    depth: USUAL.depth + Math.ceil(Math.log2(times)),
  };
}

/** Counts what is taken from one source, and refuses what goes over the limits. */
export class Allowance {
  readonly #limits: ReadLimits;
  readonly #where: string;
  #entries = 0;
  #bytes = 0;

  /** @param where the source, for errors */
  constructor(limits: ReadLimits, where: string) {
    this.#limits = limits;
    this.#where = where;
  }

  /** @throws MigrateError E_ARCHIVE_LIMIT, as all of these */
  entry(): void {
    if (++this.#entries > this.#limits.entries) this.#refuse(`it holds more than ${this.#limits.entries} entries`);
  }

  written(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > this.#limits.bytes) this.#refuse(`what it holds is larger than ${gib(this.#limits.bytes)}`);
  }

  depth(depth: number): void {
    if (depth > this.#limits.depth) this.#refuse(`it holds archives within archives, more than ${this.#limits.depth} deep`);
  }

  /** What a compressed stream becomes, with an eye on how much larger that is. */
  async *grown(
    packed: AsyncIterable<Uint8Array>,
    open: (p: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>,
  ): AsyncGenerator<Uint8Array> {
    let [taken, given] = [0, 0];
    async function* counted(): AsyncGenerator<Uint8Array> {
      for await (const chunk of packed) {
        taken += chunk.length;
        yield chunk;
      }
    }
    for await (const chunk of open(counted())) {
      given += chunk.length;
      if (given > RATIO_COUNTS_FROM && given > taken * this.#limits.ratio)
        this.#refuse(`it becomes more than ${this.#limits.ratio} times as large when it is unpacked`);
      yield chunk;
    }
  }

  #refuse(why: string): never {
    throw new MigrateError({
      code: 'E_ARCHIVE_LIMIT',
      where: this.#where,
      why,
      hint: 'See what it holds. Where that is right, raise the limits: --limits 10 makes each of them ten times as high.',
    });
  }
}

function gib(bytes: number): string {
  return `${Math.round((bytes / GIB) * 10) / 10} GiB`;
}
