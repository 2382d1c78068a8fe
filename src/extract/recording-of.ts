import { finding } from '../finding.ts';
import type { Ref } from '../model/ref.ts';
import type { Notes, Row, Source } from './reader.ts';

const known = new WeakMap<Source, ReadonlySet<string>>();

/** Id of a recording, of the *_id columns; '' and 0 are none. One that does not exist is kept and told. */
export function recordingOf(source: Source, notes: Notes, row: Row, column: string, about: Ref): string | null {
  return recordingNamed(source, notes, row, row.text(column), about);
}

/** The same where the id stands in a text of its own, as in the rows of `daynight` and `parkinglot`. */
export function recordingNamed(source: Source, notes: Notes, row: Row, text: string, about: Ref): string | null {
  const id = text.trim();
  if (id === '' || id === '0') return null;
  if (!recordingIds(source).has(id)) {
    notes.finding(
      finding('RECORDING_MISSING', {
        about,
        where: `${row.table} ${row.key}`,
        means: `Recording ${id} is meant to be played here and does not exist: nobody hears anything.`,
      }),
    );
  }
  return id;
}

function recordingIds(source: Source): ReadonlySet<string> {
  const held = known.get(source) ?? new Set(source.rows('recordings').map((row) => row.text('id')));
  known.set(source, held);
  return held;
}
