import { type Finding, finding } from '../finding.ts';
import type { Account } from './ledger.ts';
import type { TrackedSource } from './source.ts';

/** Columns of rows that were carried in which a number is meant to stand, and something else does. */
export function noNumberFindings({ noNumbers }: TrackedSource, account: Account): Finding[] {
  const told = new Set<string>();
  return noNumbers.flatMap(({ row, column, text }) => {
    const where = `${row.table}.${column} ${row.key}`;
    if (told.has(where) || !account.isKept(row)) return [];
    told.add(where);
    const means = `'${text.slice(0, MOST)}' stands where a whole number is meant to: the new box goes on as if nothing stood there.`;
    return [finding('NUMBER_UNREADABLE', { where, means })];
  });
}
const MOST = 40;
