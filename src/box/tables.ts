import { type Decoded, type DecodeText, decodeText, isPlain } from './charset.ts';
import type { Cell, Sql } from './sql.ts';
import { quoteName } from './sql-guard.ts';

export interface Column {
  readonly name: string;
  /** null: NULL, or none given. */
  readonly defaultValue: string | null;
}

/** Every cell is text or null. */
export type Cells = readonly (string | null)[];

export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Columns of the primary key, in order; empty on most tables of FreePBX 2.8. */
  readonly primaryKey: readonly string[];
  readonly rows: readonly Cells[];
  /** SELECT COUNT(*), counted apart from what was read. */
  readonly count: number;
  /** Cells whose text is not simply what the bytes said: which row, and how they were read. */
  readonly guesses: readonly Guess[];
}

export interface Guess extends Decoded {
  readonly row: number;
  readonly column: string;
}

/** All tables of the database, by name. Views are left out: they hold nothing of their own. */
export async function readTables(sql: Sql, decode: DecodeText, progress: (done: number, of: number) => void): Promise<Map<string, Table>> {
  const names = (await sql.query('SHOW FULL TABLES'))
    .filter((row) => text(row[1]) === 'BASE TABLE')
    .map((row) => text(row[0]))
    .sort();
  const tables = new Map<string, Table>();
  for (const name of names) {
    tables.set(name, await readTable(sql, name, decode));
    progress(tables.size, names.length);
  }
  return tables;
}

async function readTable(sql: Sql, name: string, decode: DecodeText): Promise<Table> {
  const described = await sql.query(`SHOW COLUMNS FROM ${quoteName(name)}`);
  const columns = described.map((row) => ({ name: text(row[0]), defaultValue: row[4] == null ? null : text(row[4]) }));
  const primaryKey = described.filter((row) => text(row[3]) === 'PRI').map((row) => text(row[0]));
  // MyISAM: a select that streams slowly holds a lock that calls wait for, hence the buffer
  const raw = await sql.query(`SELECT SQL_BUFFER_RESULT ${columns.map((c) => quoteName(c.name)).join(', ')} FROM ${quoteName(name)}`);
  const count = Number(text((await sql.query(`SELECT COUNT(*) FROM ${quoteName(name)}`))[0]?.[0]));
  return { name, columns, primaryKey, count, ...decodeRows(columns, primaryKey, raw, decode) };
}

/** Cells as text, and rows in an order that does not hang on the server's collation. */
export function decodeRows(
  columns: readonly Column[],
  primaryKey: readonly string[],
  raw: readonly Cell[][],
  decode: DecodeText = decodeText,
): Pick<Table, 'rows' | 'guesses'> {
  const decoded = raw.map((cells) => cells.map((cell) => (cell === null ? null : decode(cell))));
  const order = [...primaryKey, ...columns.map((c) => c.name)].map((name) => columns.findIndex((c) => c.name === name));
  decoded.sort((a, b) => {
    for (const i of order) {
      const difference = compare(a[i]?.text ?? '', b[i]?.text ?? '');
      if (difference !== 0) return difference;
    }
    return 0;
  });
  const guesses = decoded.flatMap((cells, row) =>
    cells.flatMap((cell, i) => (cell !== null && !isPlain(cell) ? [{ ...cell, row, column: columns[i]?.name ?? '' }] : [])),
  );
  return { rows: decoded.map((cells) => cells.map((cell) => cell?.text ?? null)), guesses };
}

function compare(a: string, b: string): number {
  const numbers = /^\d{1,15}$/.test(a) && /^\d{1,15}$/.test(b) ? Number(a) - Number(b) : 0;
  return numbers || (a < b ? -1 : a > b ? 1 : 0);
}

function text(cell: Cell | undefined): string {
  return cell == null ? '' : decodeText(cell).text;
}
