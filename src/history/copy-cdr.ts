import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { readMysqlAddress } from '../box/mysql-address.ts';
import { connectSql, type Sql } from '../box/sql.ts';
import { quoteName } from '../box/sql-guard.ts';
import type { Context } from '../context.ts';
import { Interrupted, MigrateError } from '../error.ts';
import { cdr } from './cdr.ts';
import { cel } from './cel.ts';
import { clockChanges } from './clock-change.ts';
import { type TableCopied, TableCopy } from './copy-table.ts';
import { areSame } from './figures.ts';
import { HistoryDatabase } from './history-database.ts';
import { type HistorySource, openHistorySource, openQueueLog } from './open-source.ts';
import { queueLog } from './queue-log.ts';
import { queueLogsIn } from './queue-log-file.ts';
import { Rest } from './rest.ts';
import type { HistoryTable } from './table.ts';

export interface CopyOptions {
  /** Of the account on the old server. */
  readonly sourcePassword?: string;
  /** File whose first line is that password; it wins. */
  readonly passwordFile?: string;
  /** user@host of a machine from which the old server can be reached, for a tunnel by ssh. */
  readonly via?: string;
  /** Of the account on the new server. */
  readonly targetPassword?: string;
  /** IANA zone of the old box. */
  readonly timeZone?: string;
  /** Files of the queues' log; those of a box folder, where it is left out. */
  readonly queueLog?: readonly string[];
  /** Rows a second that are read from the old server at most. */
  readonly rate?: number;
  /** Folder for cdr-copy.json. */
  readonly out: string;
}

/** What was copied, and the proof. */
export interface CdrCopied {
  readonly rows: number;
  readonly copied: number;
  readonly rejected: number;
  readonly replaced: number;
  readonly guessed: number;
  readonly cut: number;
  /** Months whose figures are the same on both sides, and those where they differ. */
  readonly proved: number;
  readonly unproved: number;
  readonly months: readonly MonthTold[];
  /** Rows in hours that the old zone's clocks had twice or never; null where the zone is not known. */
  readonly clock: { readonly repeated: number; readonly missing: number } | null;
  /** Tables of the old database that hold rows and are not copied. */
  readonly left: readonly LeftTable[];
}

interface MonthTold {
  readonly table: string;
  readonly month: string;
  readonly source: number;
  readonly target: number;
  readonly sourceSum: string;
  readonly targetSum: string;
  readonly same: boolean;
}

interface LeftTable {
  readonly table: string;
  readonly rows: number;
  readonly why: string;
}

/** Tables that are copied, where the old database has them. */
const TABLES: readonly HistoryTable[] = [cdr, cel, queueLog];
/** By how much of what is in use the heap may grow before garbage is collected; V8 would let it double and more (read at each collection, so it holds from now on). */
const HEAP_GROWS = '--heap-growing-percent=15';
/** A table with more rows is not read without a key over its time: each piece would read all of it, and calls would wait. */
const FEW_ROWS = 20_000;

/**
 * Copies the call records of an old box into the new database, as far as they are not there yet, and proves by month that they are.
 * @param source mysql://user@host:port/asteriskcdrdb, a dump, a box folder, or an archive of one
 * @param to mysql://user@host:port/asteriskcdrdb of the new PBX
 * @throws MigrateError E_SOURCE, E_TARGET, E_BUSY, E_SCHEMA..., E_SQL...; Interrupted
 */
export async function copyCdr(source: string, to: string, o: CopyOptions, c: Context): Promise<CdrCopied> {
  const address = readMysqlAddress(to);
  if (address === null) {
    const hint = 'Write it as mysql://user@host:3306/asteriskcdrdb, with the password in MIGRATE_TARGET_PASSWORD.';
    throw new MigrateError({ code: 'E_TARGET', where: '--to', why: 'the target is no address of a server', hint });
  }
  setFlagsFromString(HEAP_GROWS);
  const target = await HistoryDatabase.open(address, o.targetPassword ?? '', 'cdr copy', c.signal);
  try {
    const { sourcePassword: password = '', passwordFile, via, timeZone } = o;
    const named = { ...(passwordFile === undefined ? {} : { passwordFile }), ...(via === undefined ? {} : { via }) };
    const zone = timeZone === undefined ? {} : { timeZone };
    const box = await openHistorySource(source, { password, tables: TABLES, ...named, ...zone }, c);
    try {
      const copied = await copyFrom(box, target, o, c);
      const logs = await copyQueueLog(o.queueLog ?? (await queueLogsIn(source)), { box, target, copied, o, c });
      const parts = [...copied.parts, ...logs.parts];
      const result = { ...told(parts), clock: copied.clock, left: [...copied.left, ...logs.left] };
      await writeReport(o.out, result);
      return result;
    } finally {
      await box.server.close();
    }
  } catch (error) {
    throw c.signal.aborted ? new Interrupted() : error;
  } finally {
    await target.close();
  }
}

interface Part {
  readonly table: HistoryTable;
  readonly rows: number;
  readonly done: TableCopied;
}

interface Copied {
  readonly parts: readonly Part[];
  readonly left: readonly LeftTable[];
  readonly clock: CdrCopied['clock'];
}

async function copyFrom(box: HistorySource, target: HistoryDatabase, o: CopyOptions, c: Context): Promise<Copied> {
  const shared = { ...box.server, close: async () => undefined };
  const [source, sourceProver] = [await connectSql(shared), await connectSql(shared)];
  try {
    const held = await tablesOf(source);
    if (!box.isQueueLog && !held.has(cdr.name)) throw noCdr(box);
    const rest = new Rest(o.rate ?? null, c.signal);
    const sides = {
      source,
      sourceProver,
      target: await target.connection(),
      targetProver: await target.connection(),
      writer: target.writer,
    };
    const parts: Part[] = [];
    const left: LeftTable[] = [];
    for (const [name, columns] of held) {
      const table = TABLES.find((known) => known.name === name);
      const rows = await rowsOf(source, name);
      const why = table === undefined ? 'nobody knows the table' : await whyNotRead(source, table, rows);
      if (table !== undefined && why === null) {
        parts.push({ table, rows, done: await new TableCopy({ sides, table, columns, rows, rest, context: c }).run() });
      } else if (rows > 0) left.push({ table: name, rows, why: why ?? '' });
    }
    const clock = box.isQueueLog ? null : await countClockChanges(source, box, parts[0]?.done);
    return { parts, left, clock };
  } finally {
    await source.close();
    await sourceProver.close();
  }
}

/** Files of the queues' log, where the old database has no table of it: Asterisk wrote the one or the other. */
async function copyQueueLog(
  paths: readonly string[],
  from: { box: HistorySource; target: HistoryDatabase; copied: Copied; o: CopyOptions; c: Context },
): Promise<Pick<Copied, 'parts' | 'left'>> {
  const { box, target, copied, o, c } = from;
  if (paths.length === 0) return { parts: [], left: [] };
  if (copied.parts.some((part) => part.table === queueLog && part.rows > 0)) {
    const why = `the database has the table ${queueLog.name}: of the two that one was copied`;
    return { parts: [], left: paths.map((path) => ({ table: path, rows: 1, why })) };
  }
  const log = await openQueueLog(paths, box.timeZone, c);
  try {
    return await copyFrom(log, target, o, c);
  } finally {
    await log.server.close();
  }
}

function told(parts: readonly Part[]): Omit<CdrCopied, 'clock' | 'left'> {
  const sum = (of: (p: Part) => number): number => parts.reduce((all, p) => all + of(p), 0);
  const months = parts.flatMap(({ table, done }) => monthsTold(table, done));
  const unproved = months.filter((m) => !m.same).length;
  return {
    rows: sum((p) => p.rows),
    copied: sum((p) => p.done.copied),
    rejected: sum((p) => p.done.rejected),
    replaced: sum((p) => p.done.replaced),
    guessed: sum((p) => p.done.texts.guessed),
    cut: sum((p) => p.done.texts.cut),
    proved: months.length - unproved,
    unproved,
    months,
  };
}

function monthsTold(table: HistoryTable, done: TableCopied): MonthTold[] {
  const months = [...done.months].map(([month, { source, target }]) => ({
    table: table.name,
    month,
    source: source.rows,
    target: target.rows,
    sourceSum: `${source.hashes.toString(16)}-${source.cells.toString(16)}`,
    targetSum: `${target.hashes.toString(16)}-${target.cells.toString(16)}`,
    same: areSame(source, target),
  }));
  return months.sort((a, b) => (a.month < b.month ? -1 : 1));
}

/** null where the table can be read along its time. @throws MigrateError E_NO_KEY for call records */
async function whyNotRead(sql: Sql, table: HistoryTable, rows: number): Promise<string | null> {
  const keys = await sql.query(`SHOW INDEX FROM ${quoteName(table.name)}`);
  if (rows <= FEW_ROWS || keys.some((key) => text(key[3]) === '1' && text(key[4]) === table.time)) return null;
  const why = `it has no key over ${table.time}, so that each piece would read all of it while calls wait`;
  if (table !== cdr) return `${why}: copy it from a dump`;
  const hint = 'Copy a dump of the database instead: it gets the key when it is loaded.';
  throw new MigrateError({ code: 'E_NO_KEY', where: table.name, why, hint });
}

/** Columns of each table, in order. */
async function tablesOf(sql: Sql): Promise<Map<string, string[]>> {
  const names = (await sql.query('SHOW FULL TABLES')).filter((row) => text(row[1]) === 'BASE TABLE').map((row) => text(row[0]));
  names.sort((a, b) => (a === cdr.name ? -1 : b === cdr.name ? 1 : a < b ? -1 : 1));
  const tables = new Map<string, string[]>();
  for (const name of names)
    tables.set(
      name,
      (await sql.query(`SHOW COLUMNS FROM ${quoteName(name)}`)).map((row) => text(row[0])),
    );
  return tables;
}

async function rowsOf(sql: Sql, table: string): Promise<number> {
  return Number(text((await sql.query(`SELECT COUNT(*) FROM ${quoteName(table)}`))[0]?.[0]));
}

async function countClockChanges(sql: Sql, box: HistorySource, done: TableCopied | undefined): Promise<CdrCopied['clock']> {
  if (box.timeZone === null || done === undefined) return null;
  const months = [...done.months.keys()].filter((month) => month > '1970').sort();
  const [first, last] = [months[0], months.at(-1)];
  const counts = { repeated: 0, missing: 0 };
  if (first === undefined || last === undefined) return counts;
  for (const { is, from, to } of clockChanges(box.timeZone, `${first}-01`, `${last}-28`)) {
    const where = `${quoteName(cdr.time)} >= '${from}' AND ${quoteName(cdr.time)} < '${to}'`;
    counts[is] += Number(text((await sql.query(`SELECT COUNT(*) FROM ${quoteName(cdr.name)} WHERE ${where}`))[0]?.[0]));
  }
  return counts;
}

async function writeReport(out: string, result: CdrCopied): Promise<void> {
  await mkdir(out, { recursive: true });
  const path = join(out, 'cdr-copy.json');
  await writeFile(`${path}.part`, `${JSON.stringify(result, null, 2)}\n`);
  await rename(`${path}.part`, path);
}

function noCdr(box: HistorySource): MigrateError {
  return new MigrateError({
    code: 'E_SOURCE',
    where: box.server.database,
    why: "the database has no table 'cdr'",
    hint: "Name the old database of call records: 'asteriskcdrdb', as a rule.",
  });
}

function text(cell: Uint8Array | null | undefined): string {
  return cell == null ? '' : Buffer.from(cell).toString('utf8');
}
