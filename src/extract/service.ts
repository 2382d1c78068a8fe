import { ref } from '../model/ref.ts';
import { foundServices } from './found-service.ts';
import { defineReader, type Source } from './reader.ts';
import { tellMachine } from './tell-machine.ts';

/** What the old machine did beside its PBX: nothing of it becomes an object, all of it is accounted for. */
export default defineReader({
  kind: null,
  tables: [],
  astdb: [],
  files: [],
  read: (source, notes) => {
    const amiUsers = namesOfAmiUsers(source);
    for (const { name, key, fate, finding } of foundServices(source.facts)) {
      const what = { space: 'service' as const, name, key };
      if (finding !== null) notes.finding(finding);
      if (fate.is === 'replaced') notes.replaced(what, fate.by);
      else if (fate.is === 'left') notes.dropped(what, fate.why);
      else if (fate.user !== null && amiUsers.has(fate.user)) notes.carried(what, ref('ami-user', fate.user));
      else notes.replaced(what, 'AMI of the new box');
    }
    for (const told of tellMachine(source.facts, source.timeZone)) notes.finding(told);
    return {};
  },
});

function namesOfAmiUsers(source: Source): Set<string> {
  const files = (source.filePaths ?? []).filter((path) => /^manager.*\.conf$/.test(path));
  const sections = files.flatMap((path) =>
    [...(source.file(path)?.text ?? '').matchAll(/^\s*\[([^\]]+)\]/gm)].map((found) => found[1] ?? ''),
  );
  return new Set([...sections, ...source.rows('manager').map((row) => row.text('name').trim())]);
}
