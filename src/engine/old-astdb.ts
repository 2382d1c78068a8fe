import type { Context } from '../context.ts';
import { MigrateError } from '../error.ts';
import { connectEngine } from './engine.ts';
import { ensureImage } from './images.ts';
import { Run } from './run.ts';

const FOLDER = '/var/tmp/migrate';
const LONGEST_MS = 5 * 60_000;
/** The file is a stranger's, and old code reads it. */
const CONVERSION_SECONDS = 60;

/**
 * An AstDB of Asterisk 1.8 (Berkeley DB 1.85) as SQLite, made by `astdb2sqlite3`, which Asterisk brings for its own updates: in a container
 * with no network, gone afterwards.
 * @throws MigrateError E_ASTDB where the program cannot read it, E_NO_ENGINE (exit 3); Interrupted
 */
export async function convertOldAstDb(old: Buffer, c: Context): Promise<Uint8Array> {
  c.progress({ step: 'converting the AstDB' });
  const engine = await connectEngine();
  const image = await ensureImage(engine, 'asterisk', c);
  const run = await Run.start(engine, c, { longestMs: LONGEST_MS });
  try {
    const container = await run.container({
      role: 'old-astdb',
      image,
      entrypoint: ['sleep', String(LONGEST_MS / 1000)],
      memoryMiB: 256,
      files: [{ path: FOLDER, entries: [{ path: 'astdb', content: old, mode: 0o600 }] }],
    });
    const { code } = await container.exec(['timeout', String(CONVERSION_SECONDS), 'astdb2sqlite3', `${FOLDER}/astdb`]);
    if (code !== 0) throw unreadable();
    for await (const { content } of container.get(`${FOLDER}/astdb.sqlite3`)) if (content !== null) return content;
    throw unreadable();
  } finally {
    await run.end();
  }
}

function unreadable(): MigrateError {
  return new MigrateError({
    code: 'E_ASTDB',
    why: 'the AstDB of Asterisk 1.8 cannot be read (astdb2sqlite3 gives up on it)',
    hint: "Run `asterisk -rx 'database show' > astdb.txt` on the old box and give that: --astdb astdb.txt.",
  });
}
