import { finding } from '../finding.ts';
import { destinationText } from '../model/destination.ts';
import { type Directory, dialledEntries } from '../model/directory.ts';
import type { Model } from '../model/kinds.ts';
import { ref } from '../model/ref.ts';
import { passingView } from './passing.ts';
import { idsOf, placeOf } from './place.ts';
import { soundFile } from './sound.ts';
import type { Notes } from './view.ts';

/** extensions.d/directory.conf: who is found by the letters of his name. */
export const directoryView = passingView({
  kind: 'directory',
  file: 'directory.conf',
  one: (model, id, held, notes) => {
    report(id, held, notes);
    return {
      name: held.name,
      context: held.ofMailboxes ? 'app-directory' : 'directory',
      dials: `${directoryContext(id)}-dial`,
      names: held.ofMailboxes ? 'default' : directoryContext(id),
      options: { first: 'f', last: 'l', both: 'b' }[held.matches],
      announcement: soundFile(model, held.announcement),
      prefix: held.callerNamePrefix,
      alertInfo: held.alertInfo,
      saysNumber: held.saysNumber,
      // mailboxes belong to extensions, whose owners are followed
      into: held.ofMailboxes ? 'from-did-direct' : 'from-internal',
      returns: held.returnsToIvr && idsOf(model, 'ivr').length > 0,
      next: placeOf(model, held.next),
      nextText: destinationText(held.next),
    };
  },
});

/** The context of voicemail.conf that holds a directory's names. */
export function directoryContext(id: string): string {
  return `directory-${id.replace(/[^0-9A-Za-z_-]/g, 'all')}`;
}

/** Names of directories as mailboxes have them, for Directory() reads voicemail.conf: nobody is led to leave a message there. */
export function directoryNames(model: Model): { name: string; boxes: { number: string; name: string }[] }[] {
  return idsOf(model, 'directory').flatMap((id) => {
    const held = model.directory[id];
    return held === undefined || held.ofMailboxes ? [] : [{ name: directoryContext(id), boxes: dialledEntries(held) }];
  });
}

function report(id: string, held: Directory, notes: Notes): void {
  const known = new Set(dialledEntries(held));
  for (const entry of held.entries.filter((e) => !known.has(e))) {
    const means = `nobody finds '${entry.name}' in directory ${id}: its number '${entry.number}' is none that can be dialled, or another name has it`;
    notes.finding(finding('NUMBER_NOT_RENDERED', { about: ref('directory', id), where: entry.number, means }));
  }
}
