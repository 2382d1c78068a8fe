import initSqlJs from 'sql.js';

/** One key of AstDB: '/CF/101'. */
export interface AstdbRow {
  readonly key: string;
  readonly value: string;
}

/** The rows as the database file of Asterisk 10 and later (main/db.c), astdb.sqlite3: the same bytes for the same rows. */
export async function astdbFile(rows: Iterable<AstdbRow>): Promise<Uint8Array> {
  const { Database } = await initSqlJs();
  const database = new Database();
  try {
    database.run('CREATE TABLE astdb(key VARCHAR(256), value VARCHAR(256), PRIMARY KEY(key))');
    for (const { key, value } of rows) database.run('INSERT OR REPLACE INTO astdb(key, value) VALUES(?, ?)', [key, value]);
    return database.export();
  } finally {
    database.close();
  }
}
