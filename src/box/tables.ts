import { setTimeout as pause } from 'node:timers/promises';
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
  /** It was written to each time that it was read: what was read may be of two moments. */
  readonly moved: boolean;
  /** Cells whose text is not simply what the bytes said: which row, and how they were read. */
  readonly guesses: readonly Guess[];
}

export interface Guess extends Decoded {
  readonly row: number;
  readonly column: string;
}

/** How often a table of a live server is read where it is written to all the time. */
const MOST_READINGS = 3;
/** UPDATE_TIME has whole seconds: the next reading begins in another one. */
const NEXT_SECOND_MS = 1100;

/**
 * All tables of the database, by name. Views are left out: they hold nothing of their own. A table that was written to meanwhile is read
 * again, since no transaction holds old tables still.
 * @param o live: somebody may write to it
 */
export async function readTables(
  sql: Sql,
  o: { readonly decode: DecodeText; readonly live: boolean },
  progress: (done: number, of: number) => void,
): Promise<Map<string, Table>> {
  const names = (await sql.query('SHOW FULL TABLES'))
    .filter((row) => text(row[1]) === 'BASE TABLE')
    .map((row) => text(row[0]))
    .sort();
  const tables = new Map<string, Table>();
  let left = names;
  for (let reading = 1; left.length > 0 && reading <= MOST_READINGS; reading++) {
    if (reading > 1) await pause(NEXT_SECOND_MS);
    const began = text((await sql.query('SELECT NOW()'))[0]?.[0]);
    for (const name of left) {
      tables.set(name, await readTable(sql, name, o.decode));
      if (reading === 1) progress(tables.size, names.length);
    }
    left = o.live ? await movedSince(sql, began, left, tables) : [];
  }
  for (const name of left) {
    const table = tables.get(name);
    if (table !== undefined) tables.set(name, { ...table, moved: true });
  }
  return tables;
}

/** Older InnoDB has no UPDATE_TIME: then the count of rows must do. */
async function movedSince(sql: Sql, began: string, names: readonly string[], tables: ReadonlyMap<string, Table>): Promise<string[]> {
  const times = await sql.query('SELECT TABLE_NAME, UPDATE_TIME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()');
  const written = new Map(times.map(([name, time]) => [text(name), text(time)]));
  return names.filter((name) => (written.get(name) ?? '') >= began || tables.get(name)?.rows.length !== tables.get(name)?.count);
}

async function readTable(sql: Sql, name: string, decode: DecodeText): Promise<Table> {
  const described = await sql.query(`SHOW COLUMNS FROM ${quoteName(name)}`);
  const columns = described.map((row) => ({ name: text(row[0]), defaultValue: row[4] == null ? null : text(row[4]) }));
  const primaryKey = described.filter((row) => text(row[3]) === 'PRI').map((row) => text(row[0]));
  const raw = await readRanges(sql, name, columns, primaryKey);
  const count = Number(text((await sql.query(`SELECT COUNT(*) FROM ${quoteName(name)}`))[0]?.[0]));
  return { name, columns, primaryKey, count, moved: false, ...decodeRows(columns, primaryKey, raw, decode) };
}

/** Rows that one statement asks for. */
const RANGE_ROWS = 2000;

/** MyISAM: a select that streams slowly holds a lock that calls wait for. Hence a buffer on the server, and no more at once than it holds with ease. */
async function readRanges(sql: Sql, name: string, columns: readonly Column[], primaryKey: readonly string[]): Promise<Cell[][]> {
  const list = (of: readonly string[]): string => of.map(quoteName).join(', ');
  const select = `SELECT SQL_BUFFER_RESULT ${list(columns.map((c) => c.name))} FROM ${quoteName(name)}`;
  const order = primaryKey.length === 0 ? '' : ` ORDER BY ${list(primaryKey)}`;
  const rows: Cell[][] = [];
  for (;;) {
    const range = await sql.query(`${select}${order} LIMIT ${rows.length}, ${RANGE_ROWS}`);
    rows.push(...range);
    if (range.length < RANGE_ROWS) return rows;
  }
}

/**
 * Cells as text, and rows in an order that does not hang on the server's collation. A table without a key keeps the order in which they lie: FreePBX reads it so,
 * and of two rows for one object it takes the first. A dump has that order, too.
 */
export function decodeRows(
  columns: readonly Column[],
  primaryKey: readonly string[],
  raw: readonly Cell[][],
  decode: DecodeText = decodeText,
): Pick<Table, 'rows' | 'guesses'> {
  const decoded = raw.map((cells) => cells.map((cell) => (cell === null ? null : decode(cell))));
  const order = [...primaryKey, ...columns.map((c) => c.name)].map((name) => columns.findIndex((c) => c.name === name));
  if (primaryKey.length > 0)
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
