import { finding } from '../finding.ts';
import type { Conference } from '../model/conference.ts';
import { type Ref, ref } from '../model/ref.ts';
import { droppedWithModule } from './module-off.ts';
import { defineReader, type Notes, type Row, type Source } from './reader.ts';
import { recordingOf } from './recording-of.ts';

/** Letters of meetme.options (ELASTIX.md, section 11). What is set for none has no meaning for the old dialplan either. */
const LETTERS = {
  w: 'waitsForLeader',
  M: 'musicWhenAlone',
  s: 'hasMenu',
  q: 'quiet',
  c: 'announcesCount',
  i: 'announcesNames',
  I: 'announcesNames',
  r: 'records',
  m: 'startsMuted',
  o: 'talkerOptimization',
  T: 'talkDetection',
} as const satisfies Readonly<Record<string, keyof Conference>>;

/** Conferences of FreePBX. Elastix's own page keeps scheduled ones in another database, `meetme`, which is not this one. */
export default defineReader({
  kind: 'conference',
  tables: ['meetme'],
  astdb: [],
  files: [],
  read: (source, notes) => {
    const rooms: Record<string, Conference> = {};
    if (droppedWithModule(source, notes, 'conferences', { tables: ['meetme'] })) return rooms;
    for (const row of source.rows('meetme')) {
      const id = row.text('exten').trim();
      if (id === '') notes.dropped(row, 'a conference without a number');
      else if (rooms[id] !== undefined) notes.twice(row, ref('conference', id));
      else rooms[id] = readRoom(source, notes, row, id);
    }
    return rooms;
  },
});

function readRoom(source: Source, notes: Notes, row: Row, id: string): Conference {
  const about = ref('conference', id);
  notes.carried(row, about);
  const pin = (column: string, name: string) => {
    const text = row.text(column).trim();
    if (text !== '') notes.secret(`conference/${id}/${name}`, text);
    return text !== '';
  };
  const letters = [...row.text('options').replace(/[\s|,]/g, '')];
  const has = (field: keyof Conference) => letters.some((letter) => LETTERS[letter as keyof typeof LETTERS] === field);
  tellUnknown(notes, row, letters, about);
  const music = row.text('music').trim();
  return {
    description: row.text('description').replace(/\\(['"\\])/g, '$1'),
    asksUserPin: pin('userpin', 'user-pin'),
    asksLeaderPin: pin('adminpin', 'leader-pin'),
    waitsForLeader: has('waitsForLeader'),
    musicWhenAlone: has('musicWhenAlone'),
    hasMenu: has('hasMenu'),
    quiet: has('quiet'),
    announcesCount: has('announcesCount'),
    announcesNames: has('announcesNames'),
    records: has('records'),
    startsMuted: has('startsMuted'),
    talkerOptimization: has('talkerOptimization'),
    talkDetection: has('talkDetection'),
    joinAnnouncement: recordingOf(source, notes, row, 'joinmsg_id', about),
    musicClass: music === '' || music === 'inherit' ? null : music,
    maxUsers: Math.max(0, row.int('users') ?? 0),
  };
}

function tellUnknown(notes: Notes, row: Row, letters: readonly string[], about: Ref): void {
  const unknown = [...new Set(letters.filter((letter) => !(letter in LETTERS)))];
  if (unknown.length === 0) return;
  const how = `options ${unknown.join(', ')} of the room are not carried`;
  notes.approximated(row, about, how);
  notes.finding(
    finding('CONFERENCE_OPTION_NOT_CARRIED', { about, where: `meetme ${row.key}`, means: `The ${how}: it behaves as without them.` }),
  );
}
