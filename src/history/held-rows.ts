import type { Connection } from 'mysql2/promise';
import { quoteName } from '../box/sql-guard.ts';
import { SECOND_CHARACTERS } from './figures.ts';
import { rows } from './history-database.ts';
import type { Shaped } from './shape-row.ts';
import type { Span } from './span.ts';
import type { HistoryTable, Layout } from './table.ts';

interface Held {
  readonly id: string;
  readonly linkedid: string;
  /** Values of the columns that tell a changed row from another. */
  readonly key: string;
}

/** Rows of one span that were copied before, by the hash of the old row. A row of the old table that is there twice is here twice. */
export class HeldRows {
  readonly #table: HistoryTable;
  readonly #byHash: Map<string, Held[]>;

  private constructor(table: HistoryTable, byHash: Map<string, Held[]>) {
    this.#table = table;
    this.#byHash = byHash;
  }

  static none(table: HistoryTable): HeldRows {
    return new HeldRows(table, new Map());
  }

  static async read(connection: Connection, table: HistoryTable, span: Span): Promise<HeldRows> {
    // a time to the second: columns differ in how they show fractions
    const parts = table.key.map((column) =>
      column === table.time ? `LEFT(${quoteName(column)}, ${SECOND_CHARACTERS})` : quoteName(column),
    );
    const key = `CONCAT_WS(CHAR(31), ${parts.join(', ')})`;
    const linkedid = table.columns['linkedid'] === undefined ? "''" : 'linkedid';
    const held = await rows(
      connection,
      `SELECT HEX(source_row), id, ${linkedid}, ${key} FROM ${quoteName(table.name)} WHERE source_row IS NOT NULL AND ${span.where}
       UNION ALL SELECT HEX(source_row), '', '', '' FROM history_reject WHERE table_name = '${table.name}' AND ${span.whereText}`,
    );
    const byHash = new Map<string, Held[]>();
    for (const [hash, id, linked, keyText] of held) {
      const at = (hash ?? '').toLowerCase();
      const one = { id: id ?? '', linkedid: linked ?? '', key: keyText ?? '' };
      const same = byHash.get(at);
      if (same === undefined) byHash.set(at, [one]);
      else same.push(one);
    }
    return new HeldRows(table, byHash);
  }

  /** Takes one row of this hash out, where there is one. */
  take(row: Shaped): Held | null {
    return this.#byHash.get(row.sourceRow)?.pop() ?? null;
  }

  /**
   * Once all rows of the span were taken out: rows that the old table holds no more, where one of `fresh` stands in its place now (a
   * recording that was deleted changes its row). They give way. Others stay: the old box may have been cleaned up.
   */
  replacedBy(fresh: readonly Shaped[], layout: Layout): string[] {
    const left = new Map<string, string[]>();
    for (const held of this.#byHash.values()) {
      for (const { id, key } of held) if (id !== '') left.set(key, [...(left.get(key) ?? []), id]);
    }
    if (left.size === 0) return [];
    return fresh.flatMap((row) => {
      const cell = (column: string): string => row.cells[layout.at.get(column) ?? -1] ?? '';
      const key = this.#table.key
        .map((column) => (column === this.#table.time ? cell(column).slice(0, SECOND_CHARACTERS) : cell(column)))
        .join('\x1f');
      return row.rejected === null ? (left.get(key)?.splice(0, 1) ?? []) : [];
    });
  }
}
