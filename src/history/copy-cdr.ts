import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readMysqlAddress } from '../box/mysql-address.ts';
import { connectSql, type Sql } from '../box/sql.ts';
import { quoteName } from '../box/sql-guard.ts';
import type { Context } from '../context.ts';
import { Interrupted, MigrateError } from '../error.ts';
import { cdr } from './cdr.ts';
import { clockChanges } from './clock-change.ts';
import { type TableCopied, TableCopy } from './copy-table.ts';
import { areSame } from './figures.ts';
import { HistoryDatabase } from './history-database.ts';
import { type HistorySource, openHistorySource } from './open-source.ts';
import { Rest } from './rest.ts';
import type { HistoryTable } from './table.ts';

export interface CopyOptions {
  /** Of the account on the old server. */
  readonly sourcePassword?: string;
  /** Of the account on the new server. */
  readonly targetPassword?: string;
  /** IANA zone of the old box. */
  readonly timeZone?: string;
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
  readonly months: readonly { month: string; source: number; target: number; sourceSum: string; targetSum: string; same: boolean }[];
  /** Rows in hours that the old zone's clocks had twice or never; null where the zone is not known. */
  readonly clock: { readonly repeated: number; readonly missing: number } | null;
  /** Tables of the old database that hold rows and are not copied. */
  readonly left: readonly { table: string; rows: number }[];
}

/** Tables that are copied. */
const TABLES: readonly HistoryTable[] = [cdr];

/**
 * Copies the call records of an old box into the new database, as far as they are not there yet, and proves by month that they are.
 * @param source mysql://user@host:port/asteriskcdrdb, a dump, or a box folder
 * @param to mysql://user@host:port/asteriskcdrdb of the new PBX
 * @throws MigrateError E_SOURCE, E_TARGET, E_BUSY, E_SCHEMA..., E_SQL...; Interrupted
 */
export async function copyCdr(source: string, to: string, o: CopyOptions, c: Context): Promise<CdrCopied> {
  const address = readMysqlAddress(to);
  if (address === null) {
    const hint = 'Write it as mysql://user@host:3306/asteriskcdrdb, with the password in MIGRATE_TARGET_PASSWORD.';
    throw new MigrateError({ code: 'E_TARGET', where: to, why: 'the target is no address of a server', hint });
  }
  const target = await HistoryDatabase.open(address, o.targetPassword ?? '', 'cdr copy', c.signal);
  try {
    const { sourcePassword, timeZone } = o;
    const box = await openHistorySource(source, { password: sourcePassword ?? '', ...(timeZone === undefined ? {} : { timeZone }) }, c);
    try {
      return await copyFrom(box, target, o, c);
    } finally {
      await box.server.close();
    }
  } catch (error) {
    throw c.signal.aborted ? new Interrupted() : error;
  } finally {
    await target.close();
  }
}

async function copyFrom(box: HistorySource, target: HistoryDatabase, o: CopyOptions, c: Context): Promise<CdrCopied> {
  const shared = { ...box.server, close: async () => undefined };
  const [source, sourceProver] = [await connectSql(shared), await connectSql(shared)];
  try {
    const held = await tablesOf(source);
    const rest = new Rest(o.rate ?? null, c.signal);
    const sides = {
      source,
      sourceProver,
      target: await target.connection(),
      targetProver: await target.connection(),
      writer: target.writer,
    };
    const columns = held.get(cdr.name);
    if (columns === undefined) throw noCdr(box);
    const count = await rowsOf(source, cdr.name);
    const done = await new TableCopy({ sides, table: cdr, columns, rows: count, rest, context: c }).run();
    const result = { ...told(count, done), clock: await countClockChanges(source, box, done), left: await leftTables(source, held) };
    await writeReport(o.out, result);
    return result;
  } finally {
    await source.close();
    await sourceProver.close();
  }
}

function told(rows: number, done: TableCopied): Omit<CdrCopied, 'clock' | 'left'> {
  const months = [...done.months].map(([month, { source, target }]) => ({
    month,
    source: source.rows,
    target: target.rows,
    sourceSum: `${source.hashes.toString(16)}-${source.cells.toString(16)}`,
    targetSum: `${target.hashes.toString(16)}-${target.cells.toString(16)}`,
    same: areSame(source, target),
  }));
  months.sort((a, b) => (a.month < b.month ? -1 : 1));
  const { copied, rejected, replaced, texts } = done;
  const unproved = months.filter((m) => !m.same).length;
  return { rows, copied, rejected, replaced, ...texts, proved: months.length - unproved, unproved, months };
}

/** Columns of each table, in order. */
async function tablesOf(sql: Sql): Promise<Map<string, string[]>> {
  const names = (await sql.query('SHOW FULL TABLES')).filter((row) => text(row[1]) === 'BASE TABLE').map((row) => text(row[0]));
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

async function leftTables(sql: Sql, held: ReadonlyMap<string, unknown>): Promise<{ table: string; rows: number }[]> {
  const left: { table: string; rows: number }[] = [];
  for (const table of held.keys()) {
    const rows = TABLES.some((known) => known.name === table) ? 0 : await rowsOf(sql, table);
    if (rows > 0) left.push({ table, rows });
  }
  return left;
}

async function countClockChanges(sql: Sql, box: HistorySource, done: TableCopied): Promise<CdrCopied['clock']> {
  if (box.timeZone === null) return null;
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
