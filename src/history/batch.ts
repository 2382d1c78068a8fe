import { quoteName } from '../box/sql-guard.ts';
import { comparedCrc, literal, type Shaped, textLiteral } from './shape-row.ts';
import type { Span } from './span.ts';
import type { HistoryTable, Layout, Shape } from './table.ts';

/** Rows of one span on their way into the new database: written in one transaction. */
export interface Batch {
  readonly span: Span;
  readonly statements: readonly string[];
  readonly copied: number;
  readonly rejected: number;
  /** Rows whose old row was changed since they were copied. */
  readonly replaced: number;
  /** The span is whole with it. */
  readonly isLast: boolean;
}

/** Servers take at least 1 MiB in one packet, MariaDB 16 MiB. */
const STATEMENT_CHARACTERS = 900_000;

/** Statements that add rows to the table and to its rejects. */
export function insertions(table: HistoryTable, layout: Layout, shaped: readonly Shaped[]): string[] {
  const shapes = layout.columns.map((column) => table.columns[column] as Shape);
  const into = `INSERT INTO ${quoteName(table.name)} (${layout.columns.map(quoteName).join(', ')}, source_row, extra) VALUES `;
  const values = shaped.flatMap(({ rejected, cells, sourceRow, extra }) => {
    if (rejected !== null) return [];
    const literals = shapes.map((shape, i) => literal(shape, cells[i] as string));
    return `(${literals.join(',')},x'${sourceRow}',${extra === null ? 'NULL' : textLiteral(extra)})`;
  });
  return [...joined(into, values), ...rejections(table, layout, shaped)];
}

function rejections(table: HistoryTable, layout: Layout, shaped: readonly Shaped[]): string[] {
  const values = shaped.flatMap(({ rejected, cells, sourceRow, extra, time }) => {
    if (rejected === null) return [];
    const held = Object.fromEntries(layout.columns.map((column, i) => [column, cells[i]]));
    const told = JSON.stringify(extra === null ? held : { ...held, extra });
    const texts = [table.name, time, rejected, told].map(textLiteral).join(',');
    return [`(${texts},x'${sourceRow}',${comparedCrc(table, layout, cells)})`];
  });
  return joined('INSERT INTO history_reject (table_name, time_text, reason, cells, source_row, figures) VALUES ', values);
}

/** Joined and not added up: a text that grows by adding keeps all its parts, and they stay in memory for long. */
function joined(into: string, values: readonly string[]): string[] {
  const statements: string[] = [];
  let open: string[] = [];
  let length = 0;
  for (const value of values) {
    if (open.length > 0 && length + value.length > STATEMENT_CHARACTERS) {
      statements.push(into + open.join(','));
      open = [];
      length = 0;
    }
    open.push(value);
    length += value.length;
  }
  if (open.length > 0) statements.push(into + open.join(','));
  return statements;
}
