import { finding } from '../finding.ts';
import type { Ivr } from '../model/ivr.ts';
import { type Ref, ref } from '../model/ref.ts';
import type { Notes, Row, Source } from './reader.ts';

type Entries = NonNullable<Ivr['entries']>;

/** Fixed in the old dialplan of all generations (ivr_get_config). */
export const DIGIT_TIMEOUT_SECONDS = 3;

/** Keys of a menu, and its rows for no key (`t`) and a wrong one (`i`), of which the menu itself says what they mean. */
export function readEntries(
  source: Source,
  notes: Notes,
  rows: readonly Row[],
  about: Ref,
): { entries: Entries; timeout: Row | null; invalid: Row | null } {
  const entries: Entries = [];
  const special: Record<string, Row> = {};
  for (const row of rows) {
    const keys = row.text('selection').trim();
    if (/^[ti]$/i.test(keys) && special[keys.toLowerCase()] === undefined) special[keys.toLowerCase()] = row;
    else if (entries.some((entry) => entry.keys === keys)) tellTwice(notes, row, keys, about);
    else if (/^[0-9*#]+$/.test(keys)) entries.push(readEntry(source, notes, row, keys, about));
    else dropUnreadable(notes, row, keys, about);
  }
  return { entries, timeout: special['t'] ?? null, invalid: special['i'] ?? null };
}

function readEntry(source: Source, notes: Notes, row: Row, keys: string, about: Ref): Entries[number] {
  const where = `${row.table} ${row.key}`;
  notes.carried(row, about);
  if (row.text('dest').trim() === '') {
    const means = `Callers who press ${keys} are sent nowhere: the call ends in silence.`;
    notes.finding(finding('MENU_DEAD_END', { about, where, means }));
  }
  if (row.text('spoken').trim() !== '') {
    const means = `Callers can say words instead of pressing ${keys}; speech recognition is not carried.`;
    notes.finding(finding('OPTION_NOT_CARRIED', { about, where, means }));
  }
  return { keys, destination: source.destination(row.text('dest'), row, about), returns: row.flag('ivr_ret') };
}

function tellTwice(notes: Notes, row: Row, keys: string, about: Ref): void {
  notes.dropped(row, 'a second row for the same key');
  const means = `Key ${keys} leads to two places: the first of them is carried, as the old dialplan took the first.`;
  notes.finding(finding('MENU_KEY_LOST', { about, where: `${row.table} ${row.key}`, means }));
}

function dropUnreadable(notes: Notes, row: Row, keys: string, about: Ref): void {
  notes.dropped(row, 'no keys that a caller can press');
  const means = `The menu has an entry for '${keys}', which is neither digits nor * nor #: it is not carried, and callers who reached it hear that their choice is not valid.`;
  notes.finding(finding('MENU_KEY_UNREADABLE', { about, where: `${row.table} ${row.key}`, means }));
}

/** '': off; 'ext-local' (2.8: CHECKED): every extension; else those of a directory. */
export function directDial(text: string): Pick<Ivr, 'directDial' | 'directDialDirectory'> {
  const all = text === 'ext-local' || text.toUpperCase() === 'CHECKED';
  const directory = all || text === '' || text === '0' ? null : text;
  return { directDial: all || directory !== null, directDialDirectory: directory };
}

/** Keys of menus that are gone. */
export function dropOrphans(notes: Notes, entries: ReadonlyMap<string, readonly Row[]>, menus: Readonly<Record<string, Ivr>>): void {
  for (const [id, rows] of entries) if (menus[id] === undefined) for (const row of rows) notes.ownerless(row, ref('ivr', id));
}
