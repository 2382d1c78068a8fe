import { inSequence } from './in-sequence.ts';
import type { Row } from './reader.ts';

/** The rows (keyword, data) of one device or trunk in `sip`, `iax`, `zap` or `dahdi`, and which of them were used. */
export class KeywordRows {
  readonly rows: readonly Row[];
  private readonly byKeyword: ReadonlyMap<string, Row>;
  private readonly used = new Set<Row>();

  constructor(rows: readonly Row[]) {
    this.rows = inSequence(rows, 'flags');
    this.byKeyword = new Map(this.rows.map((row) => [row.text('keyword').toLowerCase(), row]));
  }

  /** '' where none of the names is there. The first that holds something wins. */
  text(...keywords: string[]): string {
    for (const keyword of keywords) {
      const row = this.byKeyword.get(keyword);
      if (row === undefined) continue;
      this.used.add(row);
      const data = row.text('data').trim();
      if (data !== '') return data;
    }
    return '';
  }

  has(keyword: string): boolean {
    return this.byKeyword.has(keyword);
  }

  /** Several values of one key are joined by '&' in these tables, and by ',' in hand-written ones. */
  list(...keywords: string[]): string[] {
    return this.text(...keywords)
      .split(/[&,]/)
      .map((part) => part.trim())
      .filter((part) => part !== '');
  }

  /** Another row of the same keyword comes later and wins. */
  isOverridden(row: Row): boolean {
    return this.byKeyword.get(row.text('keyword').toLowerCase()) !== row;
  }

  wasUsed(row: Row): boolean {
    return this.used.has(row);
  }

  /** Rows that nobody asked for. */
  unused(): Row[] {
    return this.rows.filter((row) => !this.used.has(row));
  }
}

/** Rows of such a table by their id, or by what another column names them. */
export function rowsById(rows: readonly Row[], column = 'id'): Map<string, Row[]> {
  const byId = new Map<string, Row[]>();
  for (const row of rows) {
    const id = row.text(column);
    const held = byId.get(id);
    if (held === undefined) byId.set(id, [row]);
    else held.push(row);
  }
  return byId;
}
