import { finding } from '../finding.ts';
import type { Ivr } from '../model/ivr.ts';
import { type Ref, ref } from '../model/ref.ts';
import { DIGIT_TIMEOUT_SECONDS, directDial, dropOrphans, readEntries } from './ivr-entry.ts';
import { readOldMenus } from './ivr-old.ts';
import { rowsById } from './keyword-rows.ts';
import { droppedWithModule } from './module-off.ts';
import { defineReader, type Notes, type Row, type Source } from './reader.ts';
import { recordingNamed, recordingOf } from './recording-of.ts';

const NEW = ['ivr_details', 'ivr_entries'];
const OLD = ['ivr', 'ivr_dests'];

type Failure = NonNullable<Ivr['timeout']>;

/** Asterisk: TIMEOUT(response), where nothing sets it. */
const RESPONSE_SECONDS = 10;

/** Voice menus of both generations (ELASTIX.md, section 9): ivr_details and ivr_entries since 2.10, ivr and ivr_dests before. */
export default defineReader({
  kind: 'ivr',
  tables: [...NEW, ...OLD],
  astdb: [],
  files: [],
  // timeout_enabled is read by no dialplan; the language of a directory means nothing where there is none
  dead: { ivr_details: ['timeout_enabled'], ivr: ['deptname', 'dircontext'] },
  read: (source, notes) => {
    if (droppedWithModule(source, notes, 'ivr', { tables: [...NEW, ...OLD] })) return {};
    if (source.rows('ivr_details').length === 0 && source.rows('ivr').length > 0) return readOldMenus(source, notes);
    for (const table of OLD) for (const row of source.rows(table)) notes.dropped(row, 'left behind when menus got other tables');
    const menus: Record<string, Ivr> = {};
    const entries = rowsById(source.rows('ivr_entries'), 'ivr_id');
    for (const row of source.rows('ivr_details')) {
      const id = row.text('id');
      menus[id] = readMenu(source, notes, row, entries.get(id) ?? []);
    }
    dropOrphans(notes, entries, menus);
    return menus;
  },
});

function readMenu(source: Source, notes: Notes, row: Row, rows: readonly Row[]): Ivr {
  const about = ref('ivr', row.text('id'));
  notes.carried(row, about);
  const { entries, timeout, invalid } = readEntries(source, notes, rows, about);
  return {
    name: row.text('name'),
    description: row.text('description'),
    announcement: recordingOf(source, notes, row, 'announcement', about),
    // WaitExten() takes no time at all for its own ten seconds
    timeoutSeconds: Math.max(0, row.int('timeout_time') ?? 0) || RESPONSE_SECONDS,
    ...directDial(row.text('directdial').trim()),
    entries,
    timeout: failure(source, notes, row, 'timeout', timeout, about),
    invalid: failure(source, notes, row, 'invalid', invalid, about),
    sharesRetries: false,
    returnsFromVoicemail: row.text('retvm').trim() !== '',
    digitTimeoutSeconds: DIGIT_TIMEOUT_SECONDS,
  };
}

/**
 * What follows on no key or a wrong one. 'disabled' plays a goodbye and hangs up, unless a row 't' or 'i' is among the keys: the dialplan leaves such
 * a row out in all other cases, and it is often stale (ELASTIX.md, section 17.2).
 */
function failure(source: Source, notes: Notes, row: Row, what: 'timeout' | 'invalid', stray: Row | null, about: Ref): Failure {
  const loops = row.text(`${what}_loops`).trim();
  const prompt = (column: string) => {
    const text = row.text(column).trim();
    return text === 'default' ? text : recordingNamed(source, notes, row, text, about);
  };
  const read = {
    retryPrompt: prompt(`${what}_retry_recording`),
    menuFollows: !row.has(`${what}_append_announce`) || row.flag(`${what}_append_announce`),
    lastPrompt: prompt(`${what}_recording`),
    returns: row.flag(`${what}_ivr_ret`),
  };
  const next = row.text(`${what}_destination`);
  if (loops.toLowerCase() === 'disabled') {
    if (stray === null) return { ...read, retries: null, next: null };
    notes.carried(stray, about);
    return {
      ...read,
      retries: 0,
      lastPrompt: null,
      next: source.destination(stray.text('dest'), stray, about),
      returns: stray.flag('ivr_ret'),
    };
  }
  if (stray !== null) notes.dropped(stray, `the menu has a destination of its own for ${what}, and the old dialplan leaves this row out`);
  if (next.trim() === '') tellDeadEnd(notes, row, what, about);
  return {
    ...read,
    retries: Math.max(0, row.int(`${what}_loops`) ?? 0),
    next: next.trim() === '' ? null : source.destination(next, row, about),
  };
}

function tellDeadEnd(notes: Notes, row: Row, what: 'timeout' | 'invalid', about: Ref): void {
  const who = what === 'timeout' ? 'who press no key' : 'who press a key that the menu does not have';
  const means = `Callers ${who} are sent nowhere in the end: the call ends in silence.`;
  notes.finding(finding('MENU_DEAD_END', { about, where: `${row.table} ${row.key}`, means }));
}
