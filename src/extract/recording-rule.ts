import type { RecordingMode, RecordingRule } from '../model/recording-rule.ts';
import { ref } from '../model/ref.ts';
import { onwards } from './onwards.ts';
import { passingReader } from './passing.ts';

/** Modes of the module callrecording, which came with 2.11; its dialplan takes any other word for allowed. */
const MODES: Readonly<Record<string, RecordingMode>> = { force: 'at-once', delayed: 'when-joined', never: 'never' };

export function recordingModeOf(word: string): RecordingMode {
  return MODES[word.trim()] ?? 'as-usual';
}

/** Rules that a call passes on its way (callrecording). Those of routes stand in callrecording_module and belong to the routes. */
export default passingReader({
  kind: 'recording-rule',
  module: 'callrecording',
  table: 'callrecording',
  id: 'callrecording_id',
  one: (source, row, id, notes): RecordingRule => ({
    description: row.text('description'),
    mode: recordingModeOf(row.text('callrecording_mode')),
    next: onwards(source, notes, row, 'dest', ref('recording-rule', id)),
  }),
});
