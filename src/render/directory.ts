import { finding } from '../finding.ts';
import { destinationText } from '../model/destination.ts';
import { type Directory, dialledEntries } from '../model/directory.ts';
import { ref } from '../model/ref.ts';
import { directoryContext } from './directory-name.ts';
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

function report(id: string, held: Directory, notes: Notes): void {
  const known = new Set(dialledEntries(held));
  for (const entry of held.entries.filter((e) => !known.has(e))) {
    const means = `nobody finds '${entry.name}' in directory ${id}: its number '${entry.number}' is none that can be dialled, or another name has it`;
    notes.finding(finding('NUMBER_NOT_RENDERED', { about: ref('directory', id), where: entry.number, means }));
  }
}
