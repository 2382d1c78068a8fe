import { finding } from '../finding.ts';
import { isOwn, type Recording } from '../model/recording.ts';
import { ref } from '../model/ref.ts';
import { defineReader, type Notes, type Row, type Source } from './reader.ts';

/** Prompts by the ids under which everything else names them (ELASTIX.md, section 11). */
export default defineReader({
  kind: 'recording',
  tables: ['recordings'],
  astdb: [],
  files: [],
  dead: { recordings: ['description'] },
  read: (source, notes) => {
    const found: Record<string, Recording> = {};
    for (const row of source.rows('recordings')) {
      if (row.text('displayname') === '__invalid') notes.dropped(row, 'a marker, no recording');
      else found[row.text('id')] = readRecording(source, notes, row);
    }
    return found;
  },
});

function readRecording(source: Source, notes: Notes, row: Row): Recording {
  const about = ref('recording', row.text('id'));
  const where = `recordings ${row.key}`;
  const name = row.text('displayname');
  notes.carried(row, about);
  const password = row.text('fcode_pass').trim();
  const asksPassword = row.flag('fcode') && password !== '';
  if (asksPassword) notes.secret(`recording/${about.id}/password`, password);
  const files = row
    .text('filename')
    .split('&')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const prompts = files.filter(isSafe).map((file) => ({ file, formats: isOwn(file) ? [...source.soundFormats(file)] : [] }));
  const lost = [...files.filter((f) => !isSafe(f)), ...prompts.filter((p) => isOwn(p.file) && p.formats.length === 0).map((p) => p.file)];
  for (const file of lost) {
    const means = `Callers do not hear '${file}' of recording '${name}': the source has no such sound file.`;
    notes.finding(finding('SOUND_MISSING', { about, where, means }));
  }
  if (files.length === 0)
    notes.finding(
      finding('SOUND_MISSING', { about, where, means: `Callers hear nothing of recording '${name}': it names no sound file.` }),
    );
  return { name, prompts, asksPassword };
}

/** A name that stays within the sounds folder and that every line of a dialplan can hold. */
function isSafe(file: string): boolean {
  return /^[\w.+-]+(?:\/[\w.+-]+)*$/.test(file) && !file.split('/').includes('..');
}
