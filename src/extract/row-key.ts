import type { Table } from '../box/tables.ts';

/**
 * What names a row where the primary key is missing (FreePBX 2.8 has none on these tables) or holds more than a name:
 * a PIN stands in the key of `daynight`, a dial string with a password in that of `trunks`.
 */
const NATURAL: Readonly<Record<string, readonly string[]>> = {
  users: ['extension'],
  devices: ['id'],
  incoming: ['extension', 'cidnum'],
  cidlookup_incoming: ['extension', 'cidnum'],
  language_incoming: ['extension', 'cidnum'],
  fax_incoming: ['extension', 'cidnum'],
  callrecording_module: ['extension', 'cidnum'],
  daynight: ['ext', 'dmode'],
  trunks: ['trunkid'],
  meetme: ['exten'],
  ivr_dests: ['ivr_id', 'selection'],
  ivr_entries: ['ivr_id', 'selection'],
  dynroute_dests: ['dynroute_id', 'selection'],
  queues_details: ['id', 'keyword'],
};

/** A column whose content must not stand in a ledger, whatever table it is in. */
const MAYBE_SECRET = /pass|secret|pin|token|auth|data|value|dest|text|args/i;

/** Keys of a table's rows, in their order: values of what names them, never of what they hold; '#2' where that is not unique. */
export function rowKeys(table: Table): string[] {
  const natural = NATURAL[table.name]?.filter((name) => table.columns.some((c) => c.name === name));
  const naming = natural ?? table.primaryKey.filter((name) => !MAYBE_SECRET.test(name));
  const places = naming.map((name) => table.columns.findIndex((c) => c.name === name));
  const seen = new Map<string, number>();
  return table.rows.map((cells, i) => {
    const key = places.length === 0 ? `#${i + 1}` : places.map((place) => cells[place] ?? '').join('/');
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    return times === 1 ? key : `${key}#${times}`;
  });
}
