import { finding } from '../finding.ts';
import { ref } from '../model/ref.ts';
import { numberedPage } from './numbered-page.ts';
import type { Notes, Source } from './reader.ts';

const TABLE = 'tts';
const ENGINES = 'tts_engines';
const CONTEXT = 'app-tts';

/** Texts that a speech engine of the old box spoke (tts of IssabelPBX: tts_get_config). The new one has none: the call is answered, and goes on. */
export const spokenTextPage = numberedPage({
  module: 'tts',
  table: TABLE,
  others: [ENGINES],
  context: CONTEXT,
  id: 'tts_id',
  name: 'tts_description',
  lines: () => ['Answer()'],
  notes: (row) => row.text('tts_text').replace(/\s+/g, ' ').trim(),
});

/** What callers do not hear any more; and that no engine is carried. */
export function tellSpokenTexts(source: Source, notes: Notes): void {
  for (const row of source.rows(TABLE)) {
    row.text('tts_engine');
    const means = `Callers do not hear the text '${row.text('tts_description')}', which a speech engine of the old box spoke: their calls go on without it.`;
    notes.finding(finding('TEXT_NOT_SPOKEN', { about: ref('custom-dialplan', CONTEXT), where: `${TABLE} ${row.key}`, means }));
  }
  for (const row of source.rows(ENGINES)) notes.dropped(row, 'the new box has no speech engine');
}
