import type { Box } from '../box/box.ts';
import { finding } from '../finding.ts';
import { ref, refText } from '../model/ref.ts';
import type { Account } from './ledger.ts';
import type { Source } from './reader.ts';

/** Families of AstDB whose keys begin with an extension's or a telephone's number. */
const FAMILIES = [
  ['extension', 'users', 'extension', ['AMPUSER', 'CF', 'CFB', 'CFU', 'CW', 'DND']],
  ['device', 'devices', 'id', ['DEVICE']],
  ['ring-group', 'ringgroups', 'grpnum', ['RINGGROUP']],
] as const;

/** What nobody read, and what belongs to nobody: rows and live keys of objects that are gone, told once an object. */
export function tellOwnerless(box: Box, source: Source, account: Account): void {
  for (const [kind, table, column, families] of box.astdb === null ? [] : FAMILIES) {
    const there = new Set(source.rows(table).map((row) => row.text(column).trim().toLowerCase()));
    for (const family of families) {
      for (const entry of source.astdb(family)) {
        const id = entry.key.split('/')[0] ?? '';
        if (account.fateOf(entry) === 'unknown' && /^[\w*#+-]+$/.test(id) && !there.has(id.toLowerCase()))
          account.ownerless(entry, ref(kind, id));
      }
    }
  }
  for (const { owner, rows } of account.ownerlessThings) {
    const places = [...new Set(rows.map((row) => row.name))].join(', ');
    const means = `${rows.length} ${rows.length === 1 ? 'entry' : 'entries'} of ${places} ${rows.length === 1 ? 'belongs' : 'belong'} to ${refText(owner)}, which does not exist: nothing came of it on the old box, and nothing does here.`;
    account.finding(finding('OWNER_MISSING', { about: owner, where: `${places} ${owner.id}`, means }));
  }
}
