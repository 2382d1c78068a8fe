import type { Language } from '../model/language.ts';
import { ref } from '../model/ref.ts';
import { onwards } from './onwards.ts';
import { passingReader } from './passing.ts';

/** Languages that a call is sent through (languages of FreePBX 2.4 to 2.11 and IssabelPBX; its columns never changed). */
export default passingReader({
  kind: 'language',
  module: 'languages',
  table: 'languages',
  id: 'language_id',
  one: (source, row, id, notes): Language => ({
    description: row.text('description'),
    language: row.text('lang_code').trim(),
    next: onwards(source, notes, row, 'dest', ref('language', id)),
  }),
});
