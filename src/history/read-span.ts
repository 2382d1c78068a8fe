import type { Connection } from 'mysql2/promise';
import { CallTies } from '../box/call-ties.ts';
import type { Sql } from '../box/sql.ts';
import { quoteName } from '../box/sql-guard.ts';
import { type Batch, insertions } from './batch.ts';
import { wholeRow } from './figures.ts';
import { HeldRows } from './held-rows.ts';
import { rows } from './history-database.ts';
import { isLocalTime, localSeconds, localText } from './local-time.ts';
import { RowShaper, type Shaped, type TextCounts, textLiteral } from './shape-row.ts';
import type { Span } from './span.ts';
import type { HistoryTable } from './table.ts';

/** Rows of one span that are read at once, where a span is one second with more of them. */
const PAGE_ROWS = 10_000;
/** How long before a span a call may have begun that goes on in it. */
const LONGEST_CALL_SECONDS = 6 * 3600;

/** Reads spans of one old table and gives what is missing in the new one. */
export class SpanReader {
  readonly #source: Sql;
  readonly #target: Connection;
  readonly #table: HistoryTable;
  readonly #columns: readonly string[];
  readonly #shaper: RowShaper;
  readonly #takes: (rows: number) => Promise<void>;
  #ties = new CallTies();
  /** Rows of the table are legs of calls. */
  readonly #tiesCalls: boolean;

  /** @param takes is told how many rows were read, and waits where the old box is to rest */
  constructor(o: { source: Sql; target: Connection; table: HistoryTable; columns: readonly string[]; takes(rows: number): Promise<void> }) {
    this.#source = o.source;
    this.#target = o.target;
    this.#table = o.table;
    this.#tiesCalls = o.table.derived.includes('linkedid');
    this.#columns = o.columns;
    this.#takes = o.takes;
    this.#shaper = new RowShaper(o.table, o.columns);
  }

  get texts(): TextCounts {
    return this.#shaper.counts;
  }

  /** @param isFresh nothing of the span was copied yet. @param follows the span before was read as well, by this reader */
  async *batches(span: Span, o: { isFresh: boolean; follows: boolean }): AsyncGenerator<Batch> {
    const held = o.isFresh ? HeldRows.none(this.#table) : await HeldRows.read(this.#target, this.#table, span);
    if (!o.follows && this.#tiesCalls) await this.#recallCalls(span);
    for await (const { page, isLast } of this.#pages(span)) {
      await this.#takes(page.length);
      this.#tie(page);
      yield { ...this.#batch(span, page, held, isLast), isLast };
    }
  }

  #batch(span: Span, shaped: readonly Shaped[], held: HeldRows, isLast: boolean): Omit<Batch, 'isLast'> {
    const fresh: Shaped[] = [];
    const retied: string[] = [];
    for (const row of shaped) {
      const there = held.take(row);
      if (there === null) fresh.push(row);
      else if (this.#tiesCalls && there.id !== '' && there.linkedid !== this.#cell(row, 'linkedid'))
        retied.push(this.#retie(there.id, row));
    }
    const replaced = isLast ? held.replacedBy(fresh, this.#shaper.layout) : [];
    const gone = replaced.length === 0 ? [] : [`DELETE FROM ${quoteName(this.#table.name)} WHERE id IN (${replaced.join(', ')})`];
    return {
      span,
      statements: [...gone, ...insertions(this.#table, this.#shaper.layout, fresh), ...retied],
      copied: fresh.filter((row) => row.rejected === null).length,
      rejected: fresh.filter((row) => row.rejected !== null).length,
      replaced: replaced.length,
    };
  }

  async *#pages(span: Span): AsyncGenerator<{ page: Shaped[]; isLast: boolean }> {
    if (span.rows <= PAGE_ROWS) {
      yield { page: byTime(await this.#page(span, '')), isLast: true };
      return;
    }
    const order = this.#columns.map(quoteName).join(', ');
    for (let offset = 0; ; offset += PAGE_ROWS) {
      const page = await this.#page(span, ` ORDER BY ${order} LIMIT ${PAGE_ROWS} OFFSET ${offset}`);
      yield { page, isLast: page.length < PAGE_ROWS };
      if (page.length < PAGE_ROWS) return;
    }
  }

  /** One value a row, since sixteen take the collector of garbage more time than all else; cells apart only where a separator is in one. */
  async #page(span: Span, which: string): Promise<Shaped[]> {
    const [whole, from] = [wholeRow(this.#columns), `FROM ${quoteName(this.#table.name)} WHERE ${span.where}${which}`];
    const shaped: Shaped[] = [];
    for (const [bytes] of await this.#source.query(`SELECT SQL_BUFFER_RESULT ${whole} ${from}`)) {
      const row = this.#shaper.shape(bytes ?? new Uint8Array(), null);
      if (row === null) return this.#pageApart(`SELECT SQL_BUFFER_RESULT ${whole}, ${this.#columns.map(quoteName).join(', ')} ${from}`);
      shaped.push(row);
    }
    return shaped;
  }

  async #pageApart(select: string): Promise<Shaped[]> {
    return (await this.#source.query(select)).flatMap(([bytes, ...cells]) => this.#shaper.shape(bytes ?? new Uint8Array(), cells) ?? []);
  }

  #tie(shaped: readonly Shaped[]): void {
    const place = this.#shaper.layout.at.get('linkedid');
    if (place === undefined || !this.#tiesCalls) return;
    const dated = shaped.filter((row) => row.rejected === null || isLocalTime(row.time));
    const linkedids = this.#ties.tie(
      dated.map((row) => {
        const start = localSeconds(row.time);
        const [uniqueid, linkedid] = [this.#cell(row, 'uniqueid'), this.#cell(row, 'linkedid')];
        const [channel, dstchannel] = [this.#cell(row, 'channel'), this.#cell(row, 'dstchannel')];
        return { start, end: start + Number(this.#cell(row, 'duration')), uniqueid, linkedid, channel, dstchannel };
      }),
    );
    for (const [i, row] of dated.entries()) row.cells[place] = linkedids[i] ?? '';
  }

  #cell(row: Shaped, column: string): string {
    return row.cells[this.#shaper.layout.at.get(column) ?? -1] ?? '';
  }

  #retie(id: string, row: Shaped): string {
    return `UPDATE ${quoteName(this.#table.name)} SET linkedid = ${textLiteral(this.#cell(row, 'linkedid'))} WHERE id = ${id}`;
  }

  /** Calls that began before the span, from what was copied of them. */
  async #recallCalls(span: Span): Promise<void> {
    this.#ties = new CallTies();
    if (!isLocalTime(span.from)) return;
    const from = localText(localSeconds(span.from) - LONGEST_CALL_SECONDS);
    const before = await rows(
      this.#target,
      `SELECT calldate, duration, uniqueid, linkedid, channel, dstchannel FROM ${quoteName(this.#table.name)}
        WHERE source_row IS NOT NULL AND calldate >= '${from}' AND calldate < '${span.from}' ORDER BY calldate`,
    );
    this.#ties.tie(
      before.map(([calldate, duration, uniqueid, linkedid, channel, dstchannel]) => {
        const start = localSeconds(calldate ?? '');
        const texts = { uniqueid: uniqueid ?? '', linkedid: linkedid ?? '', channel: channel ?? '', dstchannel: dstchannel ?? '' };
        return { start, end: start + Number(duration), ...texts };
      }),
    );
  }
}

/** Rows of one time keep their order. */
function byTime(page: Shaped[]): Shaped[] {
  return page.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
}
