import type { PhonebookEntry } from '../model/name-lookup.ts';
import { ref } from '../model/ref.ts';
import { defineReader } from './reader.ts';

/** AstDB's cidname/<number>: what somebody wrote into the phone book, and names that were looked up. */
export default defineReader({
  kind: 'phonebook',
  tables: [],
  astdb: ['cidname'],
  files: [],
  read: (source, notes) => {
    const found: Record<string, PhonebookEntry> = {};
    for (const entry of source.astdb('cidname')) {
      const name = entry.value.trim().replace(/^"(.*)"$/, '$1');
      if (entry.key === '' || name === '') notes.dropped(entry, 'it says nothing');
      else {
        notes.carried(entry, ref('phonebook', entry.key));
        found[entry.key] = { name };
      }
    }
    return found;
  },
});
