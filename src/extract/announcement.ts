import { finding } from '../finding.ts';
import type { Announcement } from '../model/announcement.ts';
import { type Ref, ref } from '../model/ref.ts';
import { MODULE_OFF } from './module-off.ts';
import { onwards } from './onwards.ts';
import { defineReader, type Notes, type Row, type Source } from './reader.ts';
import { recordingOf } from './recording-of.ts';

/** Announcements (ELASTIX.md, section 11): the same columns in all generations but for the texts that IssabelPBX speaks. */
export default defineReader({
  kind: 'announcement',
  tables: ['announcement'],
  astdb: [],
  files: [],
  // the language says nothing without a text
  dead: { announcement: ['tts_lang'] },
  read: (source, notes) => {
    const found: Record<string, Announcement> = {};
    for (const row of source.rows('announcement')) {
      const id = row.text('announcement_id');
      if (source.moduleOff('announcement')) notes.dropped(row, MODULE_OFF);
      else found[id] = readAnnouncement(source, notes, row, id);
    }
    return found;
  },
});

function readAnnouncement(source: Source, notes: Notes, row: Row, id: string): Announcement {
  const about = ref('announcement', id);
  notes.carried(row, about);
  const returns = row.flag('return_ivr');
  return {
    description: row.text('description'),
    recording: recordingOf(source, notes, row, 'recording_id', about),
    allowsSkip: row.flag('allow_skip'),
    repeatKey: repeatKey(notes, row, about),
    withoutAnswer: row.flag('noanswer'),
    returnsToIvr: returns,
    // back in the menu it needs no other place
    next: returns ? source.destination(row.text('post_dest'), row, about) : onwards(source, notes, row, 'post_dest', about),
  };
}

/** The key by which callers hear it again; '' is none. */
function repeatKey(notes: Notes, row: Row, about: Ref): string {
  const key = row.text('repeat_msg').trim();
  if (key === '' || /^[0-9*#]$/.test(key)) return key;
  const means = `Callers were to hear it again by '${key}', which is no key: they cannot, here as on the old box.`;
  notes.finding(finding('MENU_KEY_UNREADABLE', { about, where: `${row.table} ${row.key}`, means }));
  return '';
}
