import { finding } from '../finding.ts';
import type { Queue } from '../model/queue.ts';
import { type Ref, ref } from '../model/ref.ts';
import { KeywordRows, rowsById } from './keyword-rows.ts';
import { droppedWithModule } from './module-off.ts';
import { ownQueues, rowsWithOwn } from './queue-by-hand.ts';
import { loggedIn, mayLogIn, staticMembers } from './queue-member.ts';
import { accountOptions, timing, words } from './queue-option.ts';
import { defineReader, type Notes, type Row, type Source } from './reader.ts';
import { recordingOf } from './recording-of.ts';

const TABLES = ['queues_config', 'queues_details', 'queues'];
const FAMILIES = ['QPENALTY', 'Queue'];

/**
 * Queues (ELASTIX.md, section 8): what the dialplan does in queues_config, what Asterisk's own queues.conf says in queues_details (rows with id -1
 * stand for every queue), who may log in and who has in AstDB. FreePBX 2.5 and older kept all in `queues` and in dialplan rows.
 */
export default defineReader({
  kind: 'queue',
  tables: TABLES,
  astdb: FAMILIES,
  files: [],
  read: (source, notes) => {
    const queues: Record<string, Queue> = {};
    if (droppedWithModule(source, notes, 'queues', { tables: TABLES, astdb: FAMILIES })) return queues;
    const isOld = !source.hasTable('queues_config');
    const details = rowsById(source.rows(isOld ? 'queues' : 'queues_details'));
    const everywhere = (details.get('-1') ?? []).filter((row) => row.text('data').trim() !== '' && row.text('keyword') !== 'account');
    const own = ownQueues(source, notes);
    const rowsOf = (id: string) => rowsWithOwn(notes, own.get(id), [...(details.get(id) ?? []), ...everywhere]);
    if (isOld) for (const id of details.keys()) if (id !== '-1') queues[id] = readOld(source, notes, id, rowsOf(id));
    for (const row of source.rows('queues_config')) {
      const id = row.text('extension').trim();
      if (id === '') notes.dropped(row, 'a queue without a number');
      else queues[id] = readQueue(source, notes, row, id, rowsOf(id));
    }
    dropRest(source, notes, details, queues, isOld);
    return queues;
  },
});

function readQueue(source: Source, notes: Notes, row: Row, id: string, rows: readonly Row[]): Queue {
  const about = ref('queue', id);
  notes.carried(row, about);
  const o = new KeywordRows(rows.filter((r) => r.text('keyword') !== 'member'));
  const skipsBusy = row.int('cwignore') ?? 0;
  const queue: Queue = {
    ...common(source, notes, id, rows, o),
    name: row.text('descr'),
    ...password(notes, row, id),
    maxWaitSeconds: (row.int('maxwait') ?? 0) > 0 ? row.int('maxwait') : null,
    next: source.destination(row.text('dest'), row, about),
    ringInUse: o.has('ringinuse') ? words.isYes(o, 'ringinuse') : skipsBusy < 2,
    skipsBusy: skipsBusy === 1 || skipsBusy === 2,
    reaches: (['as-dialled', 'no-forwards', 'extensions-only'] as const)[row.int('use_queue_context') ?? 0] ?? 'as-dialled',
    callersHear: (['music', 'ringing', 'ringing-when-agent-rings'] as const)[row.int('ringing') ?? 0] ?? 'music',
    callerNamePrefix: row.text('grppre'),
    alertInfo: row.text('alertinfo').trim(),
    joinAnnouncement: recordingOf(source, notes, row, 'joinannounce_id', about),
    agentAnnouncement: recordingOf(source, notes, row, 'agentannounce_id', about),
    breakoutIvr: breakout(source, notes, row, about),
    confirms: row.flag('callconfirm'),
    confirmPrompt: recordingOf(source, notes, row, 'callconfirm_id', about),
    agentFilter: agentFilter(notes, row, about),
    withoutAnswer: row.flag('qnoanswer'),
    hasHints: row.flag('togglehint'),
  };
  tellExtras(notes, row, about);
  accountOptions(notes, o, about);
  return queue;
}

/** What stands in queues.conf and AstDB, the same in all generations. */
function common(source: Source, notes: Notes, id: string, rows: readonly Row[], o: KeywordRows): Queue {
  const about = ref('queue', id);
  const members = staticMembers(notes, rows, about);
  return {
    name: '',
    strategy: words.strategy(notes, o, about),
    members,
    ...mayLogIn(source, notes, id),
    asksPassword: false,
    loggedIn: loggedIn(source, notes, id),
    maxWaitSeconds: null,
    next: { to: 'end', how: 'hangup' },
    ...timing(o),
    joinEmpty: words.emptiness(notes, o, about, 'joinempty', 'yes'),
    leaveWhenEmpty: words.emptiness(notes, o, about, 'leavewhenempty', 'no'),
    ringInUse: words.isYes(o, 'ringinuse'),
    skipsBusy: false,
    reaches: 'as-dialled',
    musicClass: words.music(o),
    callersHear: 'music',
    callerNamePrefix: '',
    alertInfo: '',
    joinAnnouncement: null,
    skipsJoinAnnouncement: words.oneOf(o, 'skip_joinannounce', ['free', 'ready']),
    agentAnnouncement: null,
    announcePosition: words.oneOf(o, 'announce-position', ['yes', 'no', 'limit', 'more']) ?? 'yes',
    announceHoldTime: words.oneOf(o, 'announce-holdtime', ['yes', 'no', 'once']) ?? 'no',
    prompts: words.prompts(o),
    breakoutIvr: null,
    reportsHoldTime: words.isYes(o, 'reportholdtime'),
    autoFill: !o.has('autofill') || words.isYes(o, 'autofill'),
    autoPause: words.oneOf(o, 'autopause', ['yes', 'no', 'all']) ?? 'no',
    autoPauseOnBusy: words.isYes(o, 'autopausebusy'),
    autoPauseWhenUnavailable: words.isYes(o, 'autopauseunavail'),
    timeoutRestart: words.isYes(o, 'timeoutrestart'),
    timeoutPriority: words.oneOf(o, 'timeoutpriority', ['app', 'conf']) ?? 'app',
    recordingFormat: words.recordingFormat(o),
    confirms: false,
    confirmPrompt: null,
    agentFilter: '',
    withoutAnswer: false,
    hasHints: false,
  };
}

/** FreePBX 2.5 and older: name, prefix, longest wait and destination stand in rows of dialplan, which are not read. */
function readOld(source: Source, notes: Notes, id: string, rows: readonly Row[]): Queue {
  const about = ref('queue', id);
  const o = new KeywordRows(rows.filter((row) => row.text('keyword') !== 'member'));
  const queue = common(source, notes, id, rows, o);
  accountOptions(notes, o, about);
  const means =
    'Its name, prefix, announcements, longest wait and destination stand in the dialplan of FreePBX 2.5, and are not carried: callers wait without end.';
  notes.finding(finding('QUEUE_APPROXIMATED', { about, where: `queues ${id}`, means }));
  return queue;
}

function password(notes: Notes, row: Row, id: string): Pick<Queue, 'asksPassword'> {
  const text = row.text('password').trim();
  if (text !== '') notes.secret(`queue/${id}/password`, text);
  return { asksPassword: text !== '' };
}

/** Whose numbers may log in. A pattern that nobody can read lets nobody in: Asterisk's REGEX() fails then. */
function agentFilter(notes: Notes, row: Row, about: Ref): string {
  const text = row.text('qregex').trim();
  try {
    new RegExp(text);
    return text;
  } catch {
    const means = `Only agents whose number fits '${text}' may log in, which no program can read: nobody can, here as on the old box.`;
    notes.finding(finding('QUEUE_APPROXIMATED', { about, where: `${row.table} ${row.key}/qregex`, means }));
    return '^$';
  }
}

/** Menu whose keys callers may press while they wait. */
function breakout(source: Source, notes: Notes, row: Row, about: Ref): string | null {
  const id = row.text('ivr_id').trim();
  if (['', '0', 'none'].includes(id) || source.moduleOff('ivr')) return null;
  const isThere = [...source.rows('ivr_details').map((r) => r.text('id')), ...source.rows('ivr').map((r) => r.text('ivr_id'))].includes(id);
  if (!isThere) {
    const means = `Callers are meant to leave the queue by the keys of menu ${id}, which does not exist: they can press nothing.`;
    notes.finding(finding('MENU_MISSING', { about, where: `${row.table} ${row.key}`, means }));
  }
  return id;
}

/** What the model has no place for: said where it is set. */
const EXTRAS: readonly (readonly [column: string, isSet: (text: string) => boolean, means: string])[] = [
  ['queuewait', (text) => text === '1', "the caller's name is no longer prefixed by how long he has waited"],
  ['destcontinue', (text) => text !== '', 'a caller whose agent hangs up is not sent on, and his call ends'],
  ['callback_id', (text) => !['', '0', 'none'].includes(text), 'callers can no longer ask to be called back'],
  ['monitor_type', (text) => text !== '', 'a recording begins when the caller joins, not when an agent answers'],
  ['monitor_heard', (text) => !['', '0'].includes(text), 'recordings are as loud as the call, on the side of the caller'],
  ['monitor_spoken', (text) => !['', '0'].includes(text), 'recordings are as loud as the call, on the side of the agent'],
];

function tellExtras(notes: Notes, row: Row, about: Ref): void {
  for (const [column, isSet, means] of EXTRAS) {
    if (!isSet(row.text(column).trim())) continue;
    notes.approximated(row, about, means);
    notes.finding(
      finding('QUEUE_OPTION_NOT_CARRIED', { about, where: `${row.table} ${row.key}/${column}`, means: `On the new box ${means}.` }),
    );
  }
}

function dropRest(
  source: Source,
  notes: Notes,
  details: ReadonlyMap<string, readonly Row[]>,
  queues: Readonly<Record<string, Queue>>,
  isOld: boolean,
): void {
  for (const [id, rows] of details) {
    for (const row of id === '-1' || queues[id] === undefined ? rows : []) {
      if (id !== '-1') notes.ownerless(row, ref('queue', id));
      else if (row.text('data').trim() === '' || row.text('keyword') === 'account') notes.dropped(row, 'it says nothing');
    }
  }
  if (!isOld) for (const row of source.rows('queues')) notes.dropped(row, 'left behind when queues got other tables');
  for (const entry of source.astdb('QPENALTY')) {
    const id = entry.key.split('/')[0] ?? '';
    if (queues[id] === undefined) notes.ownerless(entry, ref('queue', id));
  }
  for (const entry of source.astdb('Queue')) {
    const id = /^PersistentMembers\/(.+)$/.exec(entry.key)?.[1];
    if (id !== undefined && queues[id] === undefined) notes.ownerless(entry, ref('queue', id));
  }
}
