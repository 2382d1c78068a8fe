import type { Connection } from 'mysql2/promise';
import { quoteName } from '../box/sql-guard.ts';
import { rows, run } from './history-database.ts';
import type { HistoryTable } from './table.ts';

/** A table with more rows than this is in use: its reports need their keys. */
const FEW_ROWS = 1000;
/** Fewer rows take their keys along in no time. */
const MANY_ROWS = 50_000;

/**
 * Takes the late keys off where many rows come into a table that holds next to none: a key that is built once costs a fraction of one
 * that grows by each row. A copy that is killed leaves them off; whichever run comes to its end puts them on.
 * @param toCome rows of the old table
 */
export async function takeOffLateKeys(connection: Connection, table: HistoryTable, toCome: number): Promise<void> {
  if (toCome < MANY_ROWS) return;
  const some = await rows(connection, `SELECT 1 FROM ${quoteName(table.name)} LIMIT ${FEW_ROWS}`);
  if (some.length === FEW_ROWS) return;
  const there = await keysOf(connection, table);
  const off = Object.keys(table.lateKeys).filter((key) => there.has(key));
  if (off.length > 0)
    await run(connection, `ALTER TABLE ${quoteName(table.name)} ${off.map((key) => `DROP KEY ${quoteName(key)}`).join(', ')}`);
}

/** Puts on what is missing of them. */
export async function putOnLateKeys(connection: Connection, table: HistoryTable): Promise<void> {
  const there = await keysOf(connection, table);
  const missing = Object.entries(table.lateKeys).filter(([key]) => !there.has(key));
  if (missing.length === 0) return;
  const add = missing.map(([key, columns]) => `ADD KEY ${quoteName(key)} (${columns.map(quoteName).join(', ')})`);
  await run(connection, `ALTER TABLE ${quoteName(table.name)} ${add.join(', ')}`);
}

async function keysOf(connection: Connection, table: HistoryTable): Promise<Set<string>> {
  return new Set((await rows(connection, `SHOW INDEX FROM ${quoteName(table.name)}`)).map((row) => row[2] ?? ''));
}
