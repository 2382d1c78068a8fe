import type { Row } from './reader.ts';

/** Rows in the order of a column of numbers; one that holds none comes first. The column is asked for where there is a single row, too. */
export function inSequence(rows: readonly Row[], column: string): Row[] {
  const placed = rows.map((row) => ({ row, at: row.int(column) ?? 0 }));
  return placed.sort((a, b) => a.at - b.at).map(({ row }) => row);
}
