import { type CustomDialplan, isStep } from '../model/custom-dialplan.ts';
import { ref } from '../model/ref.ts';
import type { Notes, Source } from './reader.ts';

/** Families of AstDB that Asterisk and FreePBX use themselves: their readers carry them. */
const NOT_THE_SITES = new Set([
  'AMPUSER',
  'DEVICE',
  'CF',
  'CFB',
  'CFU',
  'CW',
  'DND',
  'CALLTRACE',
  'BLKVM',
  'RG',
  'DAYNIGHT',
  'TC',
  'CustomDevstate',
  'RINGGROUP',
  'QPENALTY',
  'Queue',
  'TRUNK',
  'blacklist',
  'cidname',
  'sysspeeddials',
  'SIP',
  'IAX',
  'registrar',
  'dundi',
  'pbx',
  'subscription',
  'RECORD-IN',
  'RECORD-OUT',
]);

/** Keys of families that are the site's own and that its dialplan names: counters, short numbers, flags. */
export function customFamilies(source: Source, notes: Notes, contexts: Record<string, CustomDialplan>): void {
  const taken = new Set<string>();
  for (const [id, context] of Object.entries(contexts)) {
    const named = new Set(context.lines.flatMap((l) => (isStep(l) ? familiesIn(`${l.application}(${l.arguments})`) : [])));
    for (const family of named) {
      if (taken.has(family) || NOT_THE_SITES.has(family)) continue;
      taken.add(family);
      for (const entry of source.astdb(family)) {
        context.astdb[`${family}/${entry.key}`] = entry.value;
        notes.carried(entry, ref('custom-dialplan', id));
      }
    }
  }
}

/** DB(family/key), DB_DELETE(...), DBdel(family/key), DBget(x=family/key). */
function familiesIn(call: string): string[] {
  const named = call.matchAll(
    /\b(?:DB|DB_EXISTS|DB_DELETE|DB_KEYS|DBdel|DBdeltree|DBput)\(\s*([A-Za-z][\w.-]*)|\bDBget\([^=]*=\s*([A-Za-z][\w.-]*)/gi,
  );
  return [...named].map(([, family, other]) => family ?? other ?? '');
}
