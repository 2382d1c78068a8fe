import type { Notes, Source } from './reader.ts';

/** Why rows of a module that is switched off go nowhere. */
export const MODULE_OFF = 'the module is switched off, so the old dialplan leaves it out';

/** Where a module is switched off, its tables and AstDB families stay and mean nothing: says so of all their rows. */
export function droppedWithModule(
  source: Source,
  notes: Notes,
  module: string,
  held: { tables?: readonly string[]; astdb?: readonly string[] },
): boolean {
  if (!source.moduleOff(module)) return false;
  for (const table of held.tables ?? []) for (const row of source.rows(table)) notes.dropped(row, MODULE_OFF);
  for (const family of held.astdb ?? []) for (const entry of source.astdb(family)) notes.dropped(entry, MODULE_OFF);
  return true;
}
