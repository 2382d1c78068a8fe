import { dialledEntries } from '../model/directory.ts';
import type { Model } from '../model/kinds.ts';

/** The context of voicemail.conf that holds a directory's names. */
export function directoryContext(id: string): string {
  return `directory-${id.replace(/[^0-9A-Za-z_-]/g, 'all')}`;
}

/** Names of directories as mailboxes have them, for Directory() reads voicemail.conf: nobody is led to leave a message there. */
export function directoryNames(model: Model): { name: string; boxes: { number: string; name: string }[] }[] {
  return Object.entries(model.directory).flatMap(([id, held]) =>
    held.ofMailboxes || !/^[\w-]+$/.test(id) ? [] : [{ name: directoryContext(id), boxes: dialledEntries(held) }],
  );
}
