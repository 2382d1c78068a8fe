import type { DirectoryEntry } from '../model/directory.ts';
import type { PhonebookEntry } from '../model/name-lookup.ts';
import { ref } from '../model/ref.ts';
import { type AstDbEntry, defineReader, type Source } from './reader.ts';

/** AstDB's cidname/<number>: what somebody wrote into the phone book, and names that were looked up. */
export default defineReader({
  kind: 'phonebook',
  tables: [],
  astdb: ['cidname'],
  files: [],
  read: (source, notes) => {
    const found: Record<string, PhonebookEntry> = {};
    for (const entry of source.astdb('cidname')) {
      const name = nameOf(entry);
      if (entry.key === '' || name === '') notes.dropped(entry, 'it says nothing');
      else {
        notes.carried(entry, ref('phonebook', entry.key));
        found[entry.key] = { name };
      }
    }
    return found;
  },
});

/** Those who can be called: a name, and a number that a telephone can key. */
export function phoneBookEntries(source: Source): DirectoryEntry[] {
  return source
    .astdb('cidname')
    .map((entry) => ({ name: nameOf(entry), number: entry.key }))
    .filter(({ name, number }) => name !== '' && /^[0-9*#+]+$/.test(number));
}

function nameOf({ value }: AstDbEntry): string {
  return value.trim().replace(/^"(.*)"$/, '$1');
}
