import type { Sql } from '../box/sql.ts';
import { quoteName } from '../box/sql-guard.ts';
import { isLocalTime } from './local-time.ts';
import type { HistoryTable } from './table.ts';

/** Rows of a stretch of time, never of more than one month. */
export interface Span {
  /** '2013-06', or '' for rows without a date. */
  readonly month: string;
  /** How many rows the old table held when it was asked. */
  readonly rows: number;
  /** Where the stretch begins, as local time; '' for rows without a date. */
  readonly from: string;
  /** Conditions on the time column, and on history_reject.time_text. */
  readonly where: string;
  readonly whereText: string;
}

/** Part of a month: from (with it) to (without it; '' is the end of all time). */
interface Stretch {
  readonly from: string;
  readonly to: string;
  readonly rows: number;
}

/** Years before this one are no dates: MySQL takes '0000-00-00'. */
const FIRST_YEAR = '1000-01-01';
/** Lengths of '2013-06-03', '2013-06-03 10', '... 10:15', '... 10:15:59'. */
const PRECISIONS = [10, 13, 16, 19];

/**
 * The whole old table in spans of about `rowsEach` rows, oldest first. It is asked along its index over time, a month at most in one
 * question, since calls wait for a MyISAM table that is being read. A single second with more rows is one span.
 */
export async function* spansOf(sql: Sql, table: HistoryTable, rowsEach: number): AsyncGenerator<Span> {
  const [name, time] = [quoteName(table.name), quoteName(table.time)];
  const isUndated = `(${time} IS NULL OR ${time} < '${FIRST_YEAR}')`;
  const undated = Number(await one(sql, `SELECT COUNT(*) FROM ${name} WHERE ${isUndated}`));
  if (undated > 0) yield { month: '', from: '', rows: undated, where: isUndated, whereText: `time_text < '${FIRST_YEAR}'` };
  for (let from: string = FIRST_YEAR; from !== ''; ) {
    const next = await one(sql, `SELECT MIN(${time}) FROM ${name} WHERE ${time} >= '${from}'`);
    if (next === null) return;
    const to = endOfMonth(next);
    for await (const stretch of split(sql, table, { from, to, rows: 0 }, { rowsEach, depth: 0 }))
      yield spanOf(table, next.slice(0, 7), stretch);
    from = to;
  }
}

function spanOf(table: HistoryTable, month: string, s: Stretch): Span {
  return { month, from: s.from, rows: s.rows, where: within(quoteName(table.time), s), whereText: within('time_text', s) };
}

function within(column: string, s: Stretch): string {
  return s.to === '' ? `${column} >= '${s.from}'` : `${column} >= '${s.from}' AND ${column} < '${s.to}'`;
}

/** Asks for counts by day, then by hour, minute and second as far as is needed, and puts neighbours together. */
async function* split(sql: Sql, table: HistoryTable, whole: Stretch, o: { rowsEach: number; depth: number }): AsyncGenerator<Stretch> {
  const label = `LEFT(${quoteName(table.time)}, ${PRECISIONS[o.depth]})`;
  const where = within(quoteName(table.time), whole);
  const counted = await sql.query(`SELECT ${label}, COUNT(*) FROM ${quoteName(table.name)} WHERE ${where} GROUP BY 1 ORDER BY 1`);
  const open: Stretch[] = [];
  const isFull = (rows: number): boolean => open.reduce((sum, part) => sum + part.rows, rows) > o.rowsEach;
  for (const part of partsOf(
    whole,
    counted.map((row) => [ascii(row[0]), Number(ascii(row[1]))] as const),
  )) {
    const isLarge = part.rows > o.rowsEach && o.depth + 1 < PRECISIONS.length;
    if (isFull(part.rows)) yield* together(open.splice(0));
    if (isLarge) yield* split(sql, table, part, { ...o, depth: o.depth + 1 });
    else open.push(part);
  }
  yield* together(open);
}

/** Neighbours as one. */
function together(parts: readonly Stretch[]): Stretch[] {
  const [first, last] = [parts[0], parts.at(-1)];
  if (first === undefined || last === undefined) return [];
  return [{ from: first.from, to: last.to, rows: parts.reduce((sum, part) => sum + part.rows, 0) }];
}

/** Stretches without a gap. A label that is no time ('2013-00-00') is no place to cut: it stays with what is before it. */
function partsOf(whole: Stretch, counted: readonly (readonly [string, number])[]): Stretch[] {
  const parts: { from: string; to: string; rows: number }[] = [];
  for (const [label, rows] of counted) {
    const from = label + '0000-01-01 00:00:00'.slice(label.length);
    const last = parts.at(-1);
    if (last === undefined) parts.push({ from: whole.from, to: whole.to, rows });
    else if (isLocalTime(from)) {
      last.to = from;
      parts.push({ from, to: whole.to, rows });
    } else last.rows += rows;
  }
  return parts;
}

/** The first second after the month that a time lies in; '' after the last that there is. '2013-00-10' lies before January. */
function endOfMonth(time: string): string {
  const [year, month] = [Number(time.slice(0, 4)), Number(time.slice(5, 7))];
  if (month < 12) return `${time.slice(0, 4)}-${String(month + 1).padStart(2, '0')}-01 00:00:00`;
  return year === 9999 ? '' : `${year + 1}-01-01 00:00:00`;
}

async function one(sql: Sql, statement: string): Promise<string | null> {
  const cell = (await sql.query(statement))[0]?.[0] ?? null;
  return cell === null ? null : ascii(cell);
}

function ascii(cell: Uint8Array | null | undefined): string {
  return cell == null ? '' : Buffer.from(cell).toString('latin1');
}
