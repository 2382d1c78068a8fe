import { finding } from '../finding.ts';
import type { Ivr } from '../model/ivr.ts';
import { type Ref, ref } from '../model/ref.ts';
import { DIGIT_TIMEOUT_SECONDS, directDial, dropOrphans, readEntries } from './ivr-entry.ts';
import { rowsById } from './keyword-rows.ts';
import type { Notes, Row, Source } from './reader.ts';
import { recordingOf } from './recording-of.ts';

type Failure = NonNullable<Ivr['timeout']>;

/**
 * Menus of FreePBX 2.8 and 2.9. FreePBX's own update loses what alt_timeout and alt_invalid say: empty, the row `t` or `i` is taken at once; CHECKED,
 * only after `loops` further tries, which both count together (ivr_get_config of 2.8).
 */
export function readOldMenus(source: Source, notes: Notes): Record<string, Ivr> {
  const menus: Record<string, Ivr> = {};
  const entries = rowsById(source.rows('ivr_dests'), 'ivr_id');
  for (const row of source.rows('ivr')) {
    const id = row.text('ivr_id');
    if (row.text('displayname') === '__install_done') notes.dropped(row, 'a marker, no menu');
    else menus[id] = readMenu(source, notes, row, entries.get(id) ?? []);
  }
  dropOrphans(notes, entries, menus);
  return menus;
}

function readMenu(source: Source, notes: Notes, row: Row, rows: readonly Row[]): Ivr {
  const about = ref('ivr', row.text('ivr_id'));
  notes.carried(row, about);
  const { entries, timeout, invalid } = readEntries(source, notes, rows, about);
  const saysInvalid = recordingOf(source, notes, row, 'invalid_id', about);
  const saysTimeout = recordingOf(source, notes, row, 'timeout_id', about);
  return {
    name: row.text('displayname'),
    description: '',
    announcement: announcement(source, notes, row, about),
    timeoutSeconds: Math.max(0, row.int('timeout') ?? 0),
    ...directDial(row.text('enable_directdial').trim()),
    entries: row.text('enable_directory').trim() === '' ? entries : withDirectory(entries),
    // a message of its own takes the menu's place; without one, the menu is played again
    timeout: failure(source, notes, row, { row: timeout, loopsFirst: row.text('alt_timeout'), says: saysTimeout, without: null }, about),
    invalid: failure(
      source,
      notes,
      row,
      { row: invalid, loopsFirst: row.text('alt_invalid'), says: saysInvalid, without: 'default' },
      about,
    ),
    sharesRetries: true,
    returnsFromVoicemail: row.text('retvm').trim() !== '',
    digitTimeoutSeconds: DIGIT_TIMEOUT_SECONDS,
  };
}

/** Without a row, the menu is played `loops` times more, then a goodbye, and the call ends. */
function failure(
  source: Source,
  notes: Notes,
  menu: Row,
  o: { row: Row | null; loopsFirst: string; says: string | null; without: 'default' | null },
  about: Ref,
): Failure {
  const loops = Math.max(0, menu.int('loops') ?? 2);
  const prompts = { retryPrompt: o.says ?? o.without, menuFollows: o.says === null, lastPrompt: null };
  if (o.row === null) return { ...prompts, retries: loops, next: null, returns: false };
  notes.carried(o.row, about);
  return {
    ...prompts,
    retries: o.loopsFirst.trim() === '' ? 0 : loops,
    next: source.destination(o.row.text('dest'), o.row, about),
    returns: o.row.flag('ivr_ret'),
  };
}

/** Before 2.4 a menu named its sound file; the recording of that file is meant. */
function announcement(source: Source, notes: Notes, row: Row, about: Ref): string | null {
  const id = recordingOf(source, notes, row, 'announcement_id', about);
  const file = row.text('announcement').trim();
  if (id !== null || file === '') return id;
  const recording = source.rows('recordings').find((r) => [file, `custom/${file}`].includes(r.text('filename').trim()));
  if (recording !== undefined) return recording.text('id');
  const means = `The menu plays '${file}', which no recording holds: callers hear silence.`;
  notes.finding(finding('RECORDING_MISSING', { about, where: `${row.table} ${row.key}`, means }));
  return null;
}

/** enable_directory: '#' leads to the directory, before any row for '#'. */
function withDirectory(entries: NonNullable<Ivr['entries']>): NonNullable<Ivr['entries']> {
  return [...entries.filter((entry) => entry.keys !== '#'), { keys: '#', destination: { to: 'directory', id: '#' }, returns: false }];
}
