import { finding } from '../finding.ts';
import { type Ref, ref } from '../model/ref.ts';
import type { VoicemailBlast } from '../model/voicemail-blast.ts';
import { droppedWithModule } from './module-off.ts';
import { defineReader, type Notes, type Row, type Source } from './reader.ts';
import { recordingOf } from './recording-of.ts';
import { existingMailbox, mailboxOf } from './voicemail-conf.ts';

/** One message for many mailboxes (vmblast). Until 2.4 the members stood in a column of their own, joined by '&'. */
export default defineReader({
  kind: 'voicemail-blast',
  tables: ['vmblast', 'vmblast_groups'],
  astdb: [],
  files: [],
  read: (source, notes) => {
    const found: Record<string, VoicemailBlast> = {};
    if (droppedWithModule(source, notes, 'vmblast', { tables: ['vmblast', 'vmblast_groups'] })) return found;
    for (const row of source.rows('vmblast')) {
      const id = row.text('grpnum').trim();
      if (id === '' || found[id] !== undefined) notes.dropped(row, 'no number of its own');
      else found[id] = readBlast(source, notes, row, id);
    }
    for (const row of source.rows('vmblast_groups')) {
      if (found[row.text('grpnum').trim()] === undefined) notes.ownerless(row, ref('voicemail-blast', row.text('grpnum').trim()));
    }
    return found;
  },
});

/** audio_label: -1 says the number, -2 nothing, any other is a recording. A password counts where it is digits alone (vmblast_get_config). */
function readBlast(source: Source, notes: Notes, row: Row, id: string): VoicemailBlast {
  const about = ref('voicemail-blast', id);
  notes.carried(row, about);
  const label = row.text('audio_label').trim();
  const password = row.text('password').trim();
  const asksPassword = /^\d+$/.test(password);
  if (asksPassword) notes.secret(`voicemail-blast/${id}/password`, password);
  const isRecording = /^[1-9]\d*$/.test(label);
  const recording = isRecording ? recordingOf(source, notes, row, 'audio_label', about) : null;
  const isThere = recording !== null && source.rows('recordings').some((r) => r.text('id') === recording);
  return {
    description: row.text('description'),
    asksPassword,
    members: members(source, notes, row, id, about),
    // a recording that is gone leaves the number in its place
    label: label === '-2' ? 'none' : isThere ? 'recording' : 'number',
    recording: isThere ? recording : null,
  };
}

function members(source: Source, notes: Notes, row: Row, id: string, about: Ref): string[] {
  const own = source.rows('vmblast_groups').filter((r) => r.text('grpnum').trim() === id);
  for (const member of own) notes.carried(member, about);
  const listed = row.text('grplist').split('&');
  const all = [...new Set([...own.map((r) => r.text('ext').trim()), ...listed.map((ext) => ext.trim())])].filter((ext) => ext !== '');
  for (const ext of all.filter((one) => mailboxFor(source, one) === null)) {
    const means = `Messages of group ${id} do not reach ${ext}, who has no mailbox, or his voicemail switched off; the same on the old box.`;
    notes.finding(finding('MEMBER_MISSING', { about, where: `vmblast ${row.key}`, means }));
  }
  return all;
}

/** A number that is no extension's may have a mailbox all the same. */
function mailboxFor(source: Source, number: string): string | null {
  const isExtension = source.rows('users').some((row) => row.text('extension') === number);
  return isExtension ? mailboxOf(source, number) : existingMailbox(source, number, 'default');
}
