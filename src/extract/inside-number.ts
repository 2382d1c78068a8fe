import type { Source } from './reader.ts';

/** Where internal numbers are listed that a caller may dial; those of kinds that are not carried yet count as well. */
const NUMBERED: readonly (readonly [table: string, column: string])[] = [
  ['users', 'extension'],
  ['ringgroups', 'grpnum'],
  ['queues_config', 'extension'],
  ['queues', 'id'],
  ['meetme', 'exten'],
  ['paging_config', 'page_group'],
  ['vmblast', 'grpnum'],
  ['miscapps', 'ext'],
];

/** Numbers that somebody inside may dial, each with the table that it stands in. */
export function insideNumbers(source: Source): { table: string; number: string }[] {
  return NUMBERED.flatMap(([table, column]) => source.rows(table).map((row) => ({ table, number: row.text(column).trim() })));
}
