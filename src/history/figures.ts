import { quoteName } from '../box/sql-guard.ts';
import type { Span } from './span.ts';
import type { HistoryTable } from './table.ts';

/** Stands between the cells of a row, and for NULL: ASCII's unit and record separators. */
export const CELL_END = 31;
export const NULL_CELL = 30;
/** '2013-06-03 10:00:00': columns differ in how they show fractions. */
export const SECOND_CHARACTERS = 19;

/** What two sides must have in common to hold the same rows, in whatever order. */
export interface Figures {
  readonly rows: number;
  /** Sum over the first 32 bits of each row's MD5: all bytes of the old row. */
  readonly hashes: bigint;
  /** Sum over the CRC32 of the columns that stand unchanged in both tables, each server over its own cells. */
  readonly cells: bigint;
}

export const NO_FIGURES: Figures = { rows: 0, hashes: 0n, cells: 0n };

export function areSame(a: Figures, b: Figures): boolean {
  return a.rows === b.rows && a.hashes === b.hashes && a.cells === b.cells;
}

export function sum(a: Figures, b: Figures): Figures {
  return { rows: a.rows + b.rows, hashes: a.hashes + b.hashes, cells: a.cells + b.cells };
}

/** Of an answer's one row: COUNT, SUM, SUM; the sums of nothing are NULL. */
export function readFigures(row: readonly (string | null)[]): Figures {
  return { rows: Number(row[0] ?? 0), hashes: BigInt(row[1] ?? 0), cells: BigInt(row[2] ?? 0) };
}

/** All bytes of a row of the old table as one value: what is read, and what is hashed (MySQL 5.0 and later). */
export function wholeRow(columns: readonly string[]): string {
  const bytes = columns.map((column) => `COALESCE(CAST(${quoteName(column)} AS BINARY), CHAR(${NULL_CELL}))`);
  return `CONCAT_WS(CHAR(${CELL_END}), ${bytes.join(', ')})`;
}

/** The old server's own sums. @param columns all of the table, in the order in which they are read */
export function sourceFigures(table: HistoryTable, columns: readonly string[], span: Span): string {
  const hash = `MD5(${wholeRow(columns)})`;
  const sums = `COUNT(*), SUM(CAST(CONV(LEFT(${hash}, 8), 16, 10) AS UNSIGNED)), SUM(${compared(table, columns)})`;
  return `SELECT SQL_BUFFER_RESULT ${sums} FROM ${quoteName(table.name)} WHERE ${span.where}`;
}

/** The same sums over the rows that were copied, and over those that were rejected. */
export function targetFigures(table: HistoryTable, columns: readonly string[], span: Span): string {
  const first = 'SUM(CAST(CONV(HEX(LEFT(source_row, 4)), 16, 10) AS UNSIGNED))';
  return `SELECT SUM(n), SUM(h), SUM(c) FROM (
    SELECT COUNT(*) AS n, ${first} AS h, SUM(${compared(table, columns)}) AS c
      FROM ${quoteName(table.name)} WHERE source_row IS NOT NULL AND ${span.where}
    UNION ALL SELECT COUNT(*), ${first}, SUM(figures) FROM history_reject WHERE table_name = '${table.name}' AND ${span.whereText}) AS both_tables`;
}

/** Of those columns, what the old table has. */
function compared(table: HistoryTable, source: readonly string[]): string {
  const isThere = (column: string): boolean => source.includes(column);
  const plain = table.compared.plain.filter(isThere).map((column) => {
    const name = quoteName(column);
    return table.columns[column]?.is === 'integer' ? `COALESCE(${name}, 0)` : `LEFT(COALESCE(${name}, ''), ${SECOND_CHARACTERS})`;
  });
  const cells = table.compared.texts.filter(isThere).map((column) => `COALESCE(${quoteName(column)}, '')`);
  const texts = cells.length === 0 ? "''" : `CONCAT_WS('|', ${cells.join(', ')})`;
  // what is not ASCII has other bytes in another charset
  return `CRC32(CONCAT_WS('|', ${plain.join(', ')}, IF(CAST(${texts} AS BINARY) REGEXP '[^ -~]', '', ${texts})))`;
}
