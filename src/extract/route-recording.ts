import type { RecordingMode } from '../model/recording-rule.ts';
import { type Ref, ref } from '../model/ref.ts';
import { droppedWithModule } from './module-off.ts';
import type { Notes, Row, Source } from './reader.ts';
import { recordingModeOf } from './recording-rule.ts';

const TABLE = 'callrecording_module';

/** What a route's kind is called in the column `display`; a table without it has rules of inbound routes alone. */
const DISPLAY = { 'inbound-route': 'did', 'outbound-route': 'routing' } as const;

/**
 * Routes with the rules for recording that hang on them. Source: callrecording_display_get(): inbound routes by number and caller, outbound ones by their id in the
 * column for the number.
 */
export function withRecordingRules<T extends { readonly recording: RecordingMode }>(
  source: Source,
  notes: Notes,
  kind: keyof typeof DISPLAY,
  routes: Readonly<Record<string, T>>,
  idOf: (row: Row) => string,
): Record<string, T> {
  const found = { ...routes };
  if (droppedWithModule(source, notes, 'callrecording', { tables: [TABLE] })) return found;
  for (const row of source.rows(TABLE)) {
    if (displayOf(row) !== DISPLAY[kind]) continue;
    const about: Ref = ref(kind, idOf(row));
    const held = found[about.id];
    if (held === undefined) notes.ownerless(row, about);
    else {
      found[about.id] = { ...held, recording: recordingModeOf(row.text('callrecording')) };
      notes.carried(row, about);
    }
  }
  return found;
}

function displayOf(row: Row): string {
  return (row.has('display') ? row.text('display').trim() : '') || DISPLAY['inbound-route'];
}
