import { finding } from '../finding.ts';
import { type Directory, directory, PHONE_BOOK } from '../model/directory.ts';
import { type Ref, ref } from '../model/ref.ts';
import { settingRow } from './box-setting.ts';
import { droppedWithModule } from './module-off.ts';
import { phoneBookEntries } from './phonebook.ts';
import { defineReader, type Notes, type Row, type Source } from './reader.ts';
import { recordingOf } from './recording-of.ts';

const TABLES = ['directory_details', 'directory_entries'];
/** The directory of all mailboxes, which core had before the module: app-directory,#,1. */
const OF_MAILBOXES = '#';

/** Directories (module directory since 2.8), and that of all mailboxes, which menus of 2.8 reach by '#' (ELASTIX.md, sections 9 and 13). */
export default defineReader({
  kind: 'directory',
  tables: TABLES,
  astdb: [],
  files: [],
  dead: { directory_details: ['description'], directory_entries: ['e_id', 'type'] },
  read: (source, notes) => {
    const found: Record<string, Directory> = { ...ofMailboxes(source, notes), ...ofPhoneBook(source) };
    if (droppedWithModule(source, notes, 'directory', { tables: TABLES })) return found;
    for (const row of source.rows('directory_details')) {
      const id = row.text('id').trim();
      if (id === '' || found[id] !== undefined) notes.dropped(row, 'a second row for the same number');
      else found[id] = readDirectory(source, notes, row, id);
    }
    for (const row of source.rows('directory_entries'))
      if (found[row.text('id').trim()] === undefined) notes.ownerless(row, ref('directory', row.text('id').trim()));
    return found;
  },
});

function readDirectory(source: Source, notes: Notes, row: Row, id: string): Directory {
  const about = ref('directory', id);
  notes.carried(row, about);
  const own = source.rows('directory_entries').filter((e) => e.text('id').trim() === id);
  for (const column of ['repeat_recording', 'invalid_recording']) tellPrompt(source, notes, row, column, about);
  row.text('repeat_loops');
  return {
    name: row.text('dirname'),
    ofMailboxes: false,
    matches: 'both',
    entries: own.flatMap((entry) => readEntry(source, notes, entry, about)),
    announcement: recordingOf(source, notes, row, 'announcement', about),
    callerNamePrefix: row.text('callid_prefix'),
    alertInfo: row.text('alert_info').trim(),
    saysNumber: row.flag('say_extension'),
    returnsToIvr: row.flag('retivr'),
    next: source.destination(row.text('invalid_destination'), row, about),
  };
}

/** Asterisk's own directory has words of its own for who is not found. */
function tellPrompt(source: Source, notes: Notes, row: Row, column: string, about: Ref): void {
  const recording = recordingOf(source, notes, row, column, about);
  if (recording === null) return;
  const means = `Who is not found hears Asterisk's own words, not recording ${recording}.`;
  notes.finding(finding('OPTION_NOT_CARRIED', { about, where: `${row.table} ${row.key} ${column}`, means }));
}

/** A name or number of its own goes before those of the extension that it stands for (directory.lib.php, search). 'all' stands for everybody. */
function readEntry(source: Source, notes: Notes, row: Row, about: Ref): Directory['entries'] {
  const user = row.text('foreign_id').trim();
  const users = source.rows('users').filter((u) => user === 'all' || u.text('extension') === user);
  const [name, dial] = [row.text('name').trim(), row.text('dial').trim()];
  const audio = row.text('audio').trim();
  if (/^\d+$/.test(audio) && audio !== '0') notes.approximated(row, about, 'its name is spelled, and not heard from a recording');
  else notes.carried(row, about);
  const entries =
    users.length > 0 ? users.map((u) => ({ name: name || u.text('name'), number: dial || u.text('extension') })) : [{ name, number: dial }];
  const whole = entries.filter((e) => e.name !== '' && e.number !== '');
  if (whole.length === 0) {
    const means = `Entry ${row.key} has no name or no number, and is not found: extension '${user}' does not exist.`;
    notes.finding(finding('MEMBER_MISSING', { about, where: `${row.table} ${row.key}`, means }));
  }
  return whole;
}

/**
 * The phone book by first names (module pbdirectory). Its feature code stays in the database where the module was removed, and then nothing answers (golden:
 * feature/pbdirectory): the list of modules must name it, where there is one. Source: pbdirectory/functions.inc.php and agi-bin/pbdirectory of IssabelPBX.
 */
function ofPhoneBook(source: Source): Record<string, Directory> {
  if (!hasPhoneBook(source)) return {};
  return { [PHONE_BOOK]: { ...directory.decode({}), name: 'Phone book', matches: 'first', entries: phoneBookEntries(source) } };
}

export function hasPhoneBook(source: Source): boolean {
  const modules = source.rows('modules').map((row) => row.text('modulename').trim());
  const isThere = modules.length > 0 ? modules.includes('pbdirectory') : codeIsThere(source);
  return isThere && !source.moduleOff('pbdirectory') && phoneBookEntries(source).length > 0;
}

function codeIsThere(source: Source): boolean {
  return source.rows('featurecodes').some((row) => row.text('modulename').trim() === 'pbdirectory');
}

/** DIRECTORY says which part of a name is keyed, DIRECTORY_OPTS 'e' that the number is said; 0 reaches the operator. */
function ofMailboxes(source: Source, notes: Notes): Record<string, Directory> {
  const about = ref('directory', OF_MAILBOXES);
  const [by, options, operator] = ['DIRECTORY', 'DIRECTORY_OPTS', 'OPERATOR_XTN'].map((name) => settingRow(source, name));
  for (const row of [by, options]) if (row != null) notes.carried(row, about);
  if (!hasOldDirectory(source)) return {};
  const matches = by?.text('value').trim().toLowerCase();
  const number = operator?.text('value').trim() ?? '';
  return {
    [OF_MAILBOXES]: {
      name: 'Mailboxes',
      ofMailboxes: true,
      matches: matches === 'first' || matches === 'both' ? matches : 'last',
      entries: [],
      announcement: null,
      callerNamePrefix: '',
      alertInfo: '',
      saysNumber: options?.text('value').includes('e') === true,
      returnsToIvr: false,
      next: /^[\d*#+]+$/.test(number) ? { to: 'number', context: 'from-internal', number } : { to: 'end', how: 'hangup' },
    },
  };
}

/** Every box whose menus are those of 2.8, or that says how its names are keyed. */
export function hasOldDirectory(source: Source): boolean {
  return settingRow(source, 'DIRECTORY') !== null || source.rows('ivr').some((row) => row.has('enable_directory'));
}
