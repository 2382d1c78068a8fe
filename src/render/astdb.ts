import initSqlJs from 'sql.js';
import type { Model } from '../model/kinds.ts';

/** State of the extensions under the keys that Elastix and its scripts know: CF/101, CFB/101, CFU/101, CW/101, DND/101. In order of the keys. */
export function astdbRows(model: Model): { key: string; value: string }[] {
  const rows = Object.entries(model.extension).flatMap(([id, { state }]) => [
    { key: `/CF/${id}`, value: state.forwardAlways },
    { key: `/CFB/${id}`, value: state.forwardBusy },
    { key: `/CFU/${id}`, value: state.forwardUnavailable },
    { key: `/CW/${id}`, value: state.callWaiting ? 'ENABLED' : null },
    { key: `/DND/${id}`, value: state.doNotDisturb ? 'YES' : null },
  ]);
  return rows
    .filter((r): r is { key: string; value: string } => r.value !== null && r.value !== '')
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** The rows as Asterisk's own database file (main/db.c): the same bytes for the same model. */
export async function astdbFile(model: Model): Promise<Uint8Array> {
  const { Database } = await initSqlJs();
  const database = new Database();
  try {
    database.run('CREATE TABLE astdb(key VARCHAR(256), value VARCHAR(256), PRIMARY KEY(key))');
    for (const { key, value } of astdbRows(model)) database.run('INSERT INTO astdb(key, value) VALUES(?, ?)', [key, value]);
    return database.export();
  } finally {
    database.close();
  }
}
