import { finding } from '../finding.ts';
import type { Destination } from '../model/destination.ts';
import type { Ref } from '../model/ref.ts';
import type { Notes, Row, Source } from './reader.ts';

/** Where calls go on to which have nowhere else to go: an empty column is told, since the old box hangs up on them (Goto without a place). `when`: 'within its hours'. */
export function onwards(source: Source, notes: Notes, row: Row, column: string, about: Ref, when = ''): Destination {
  const text = row.text(column);
  if (text.trim() === '') {
    const means = `Calls that come here${when === '' ? '' : ` ${when}`} are sent nowhere and end.`;
    notes.finding(finding('DESTINATION_MISSING', { about, where: `${row.table} ${row.key}`, means }));
  }
  return source.destination(text, row, about);
}
