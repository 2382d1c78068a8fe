/** How a column of the new database takes a value. */
export type Shape = { readonly is: 'text'; readonly longest: number } | { readonly is: 'integer' } | { readonly is: 'time' };

export const INTEGER: Shape = { is: 'integer' };

/** @param longest characters that the new column takes */
export function text(longest: number): Shape {
  return { is: 'text', longest };
}

/** A table of history: the same name in both databases, with columns of the old one under the same names in the new. */
export interface HistoryTable {
  readonly name: string;
  /** Local time of the row; the old table is read along it. */
  readonly time: string;
  /** Columns of the new table that a copy fills. What the old table has beyond them goes into `extra` as JSON. */
  readonly columns: Readonly<Record<string, Shape>>;
  /** Columns that a copy fills whether the old table has them or not. */
  readonly derived: readonly string[];
  /** Columns that say nothing but where the row stood in the old table. */
  readonly left: readonly string[];
  /** Tell a row that was changed from another row. */
  readonly key: readonly string[];
  /** Columns whose bytes are compared on both sides: times and integers, and texts where a row's are all ASCII. */
  readonly compared: { readonly plain: readonly string[]; readonly texts: readonly string[] };
  /** Keys of the new table that a large first copy builds once, at its end: the columns of each. */
  readonly lateKeys: Readonly<Record<string, readonly string[]>>;
  /**
   * Changes cells of a row before it is written; what a column means stands here.
   * @param extra cells that the new table has no column for
   */
  arrange(cells: string[], layout: Layout, extra: Record<string, string>): void;
}

/** Which cell of a row is which column of the new table. */
export interface Layout {
  readonly columns: readonly string[];
  /** Place of each column. */
  readonly at: ReadonlyMap<string, number>;
}

/** @param source columns of the old table */
export function layoutOf(table: HistoryTable, source: readonly string[]): Layout {
  const known = source.filter((column) => table.columns[column] !== undefined);
  const columns = [...new Set([...known, ...table.derived])];
  return { columns, at: new Map(columns.map((column, i) => [column, i])) };
}
