import type { Connection } from 'mysql2/promise';
import type { Sql } from '../box/sql.ts';
import { quoteName } from '../box/sql-guard.ts';
import type { Context } from '../context.ts';
import { throwIfAborted } from '../error.ts';
import type { Batch } from './batch.ts';
import { areSame, type Figures, NO_FIGURES, readFigures, sourceFigures, sum, targetFigures } from './figures.ts';
import { rows, transaction } from './history-database.ts';
import { putOnLateKeys, takeOffLateKeys } from './late-keys.ts';
import { SpanReader } from './read-span.ts';
import type { Rest } from './rest.ts';
import type { TextCounts } from './shape-row.ts';
import { type Span, spansOf } from './span.ts';
import type { HistoryTable } from './table.ts';

/** One month on both sides. Rejected rows count on the side of the new database. */
export interface MonthProof {
  readonly source: Figures;
  readonly target: Figures;
}

export interface TableCopied {
  /** Rows that this run wrote. */
  readonly copied: number;
  /** Rows of this run that cannot stand in their table: history_reject has them with the reason. */
  readonly rejected: number;
  /** Rows that were copied before and changed in the old database since. */
  readonly replaced: number;
  readonly texts: TextCounts;
  /** By month: '2013-06', '' for rows without a date. */
  readonly months: ReadonlyMap<string, MonthProof>;
}

/** Connections of one copy. Each does one thing at a time. */
export interface Sides {
  /** Reads rows. */
  readonly source: Sql;
  /** Adds up figures meanwhile. */
  readonly sourceProver: Sql;
  /** Looks what was copied before. */
  readonly target: Connection;
  readonly targetProver: Connection;
  readonly writer: Connection;
}

/** Rows of one transaction, about: what a kill may undo. */
const SPAN_ROWS = 2500;
/** Batches that are read and shaped while the database takes those before them: it never waits for one, and memory stays flat. */
const AHEAD = 3;
/** A live table moves while its figures are taken; what still differs after this many rounds is a difference. */
const ROUNDS = 4;

/**
 * Copies what the new table lacks of the old one, span by span, each in one transaction, and proves each span by figures that the two
 * servers add up themselves. What was committed is never written again: a killed copy goes on where it was.
 * @throws MigrateError E_SQL...; Interrupted
 */
export class TableCopy {
  readonly #sides: Sides;
  readonly #table: HistoryTable;
  readonly #columns: readonly string[];
  readonly #reader: SpanReader;
  readonly #context: Context;
  readonly #rowsToCome: number;
  readonly #rest: Rest;
  readonly #proofs = new Map<string, MonthProof>();
  /** Spans that were written and are to be proved. */
  #written: Span[] = [];
  /** Nothing that begins later was copied before this run. */
  #newest = '';
  #writing: Promise<void> = Promise.resolve();
  readonly #counts = { copied: 0, rejected: 0, replaced: 0, done: 0 };

  constructor(o: { sides: Sides; table: HistoryTable; columns: readonly string[]; rows: number; rest: Rest; context: Context }) {
    this.#sides = o.sides;
    this.#table = o.table;
    this.#columns = o.columns;
    this.#context = o.context;
    this.#rowsToCome = o.rows;
    this.#rest = o.rest;
    const takes = (read: number): Promise<void> => o.rest.after(read);
    this.#reader = new SpanReader({ source: o.sides.source, target: o.sides.target, table: o.table, columns: o.columns, takes });
  }

  async run(): Promise<TableCopied> {
    const { source, target, writer } = this.#sides;
    await takeOffLateKeys(writer, this.#table, this.#rowsToCome);
    this.#newest = await newestCopied(target, this.#table);
    await this.#copy(spansOf(source, this.#table, SPAN_ROWS), 1);
    // one thread of the server builds keys: others add the proof up meanwhile
    let [moved] = await both(this.#proveWritten(1), putOnLateKeys(writer, this.#table));
    for (let round = 2; moved.length > 0; round++) {
      await this.#copy(moved, round);
      moved = await this.#proveWritten(round);
    }
    const { copied, rejected, replaced } = this.#counts;
    return { copied, rejected, replaced, texts: this.#reader.texts, months: this.#proofs };
  }

  async #copy(spans: AsyncIterable<Span> | Iterable<Span>, round: number): Promise<void> {
    const ahead: Promise<void>[] = [];
    try {
      for await (const batch of this.#missing(spans, round)) {
        this.#writing = this.#writing.then(() => this.#write(batch));
        this.#writing.catch(() => undefined);
        ahead.push(this.#writing);
        if (ahead.length > AHEAD) await ahead.shift();
      }
    } finally {
      await this.#writing;
    }
  }

  async *#missing(spans: AsyncIterable<Span> | Iterable<Span>, round: number): AsyncGenerator<Batch, undefined> {
    let follows = false;
    for await (const span of spans) {
      throwIfAborted(this.#context.signal);
      const isNew = round === 1 && span.from > this.#newest;
      const there = isNew ? NO_FIGURES : await this.#targetFigures(this.#sides.target, span);
      const isFresh = there.rows === 0;
      const proof = isFresh ? null : { source: await this.#sourceFigures(this.#sides.source, span), target: there };
      if (proof !== null && areSame(proof.source, proof.target)) {
        this.#prove(span, proof);
        this.#count(proof.source.rows);
        follows = false;
        continue;
      }
      if (!follows) await this.#writing;
      yield* this.#reader.batches(span, { isFresh, follows });
      follows = round === 1;
    }
    return undefined;
  }

  async #write(batch: Batch): Promise<void> {
    await transaction(this.#sides.writer, batch.statements);
    this.#counts.copied += batch.copied;
    this.#counts.rejected += batch.rejected;
    this.#counts.replaced += batch.replaced;
    this.#count(batch.copied + batch.rejected);
    if (batch.isLast) this.#written.push(batch.span);
  }

  /** @returns spans that moved since they were read; after the last round there are none: what differs then, differs */
  async #proveWritten(round: number): Promise<Span[]> {
    const { sourceProver, targetProver } = this.#sides;
    const spans = this.#written;
    this.#written = [];
    const moved: Span[] = [];
    for (const [i, span] of spans.entries()) {
      throwIfAborted(this.#context.signal);
      this.#context.progress({ step: `proving ${this.#table.name}`, done: i, of: spans.length });
      const [source, target] = await both(this.#sourceFigures(sourceProver, span), this.#targetFigures(targetProver, span));
      if (areSame(source, target) || round === ROUNDS) this.#prove(span, { source, target });
      else moved.push(span);
    }
    return moved;
  }

  #prove(span: Span, proof: MonthProof): void {
    const before = this.#proofs.get(span.month) ?? { source: NO_FIGURES, target: NO_FIGURES };
    this.#proofs.set(span.month, { source: sum(before.source, proof.source), target: sum(before.target, proof.target) });
  }

  #count(more: number): void {
    this.#counts.done += more;
    this.#context.progress({ step: `copying ${this.#table.name}`, done: this.#counts.done, of: this.#rowsToCome });
  }

  async #sourceFigures(sql: Sql, span: Span): Promise<Figures> {
    const [row] = await sql.query(sourceFigures(this.#table, this.#columns, span));
    const figures = readFigures((row ?? []).map((cell) => (cell === null ? null : Buffer.from(cell).toString('latin1'))));
    // the old server read them, too
    await this.#rest.after(figures.rows);
    return figures;
  }

  async #targetFigures(connection: Connection, span: Span): Promise<Figures> {
    const [row] = await rows(connection, targetFigures(this.#table, this.#columns, span));
    return readFigures(row ?? []);
  }
}

/** The latest time of what was copied before, '' where nothing was. */
async function newestCopied(connection: Connection, { name, time }: HistoryTable): Promise<string> {
  const copied = `SELECT CAST(MAX(${quoteName(time)}) AS CHAR) AS newest FROM ${quoteName(name)} WHERE source_row IS NOT NULL`;
  const rejected = `SELECT MAX(time_text) FROM history_reject WHERE table_name = '${name}'`;
  const [row] = await rows(connection, `SELECT MAX(newest) FROM (${copied} UNION ALL ${rejected}) AS both_tables`);
  return row?.[0] ?? '';
}

/** Waits for both, also where one fails: neither goes on behind our back. */
async function both<A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([a, b]);
  return Promise.all([a, b]);
}
