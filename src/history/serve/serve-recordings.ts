import { dirname, join, resolve } from 'node:path';
import { readMysqlAddress } from '../../box/mysql-address.ts';
import { readPasswordFile } from '../../box/password-file.ts';
import type { Context } from '../../context.ts';
import { Interrupted, MigrateError, throwIfAborted } from '../../error.ts';
import { Calls } from './calls.ts';
import { type LoginSource, Logins } from './logins.ts';
import { Recordings } from './recordings.ts';
import { SoundFolder } from './sound-folder.ts';
import { webServer } from './web-server.ts';

export interface ServeOptions {
  /** The archive; where it is left out, `archive` beside the folder of recordings, if it is there. */
  readonly archive?: string;
  /** Of the account on the database: in the first line of a file, or from the environment. */
  readonly passwordFile?: string;
  readonly password?: string;
  readonly logins: LoginSource;
  readonly listen: { readonly host: string; readonly port: number };
  /** Told once requests are answered. */
  readonly isUp?: (address: string) => void;
}

/**
 * Answers requests for calls and recordings until it is told to stop.
 * @param folder into which calls are recorded
 * @param from mysql://user@host:port/asteriskcdrdb of the new PBX
 * @throws MigrateError E_TARGET, E_FOLDER, E_LOGINS, E_SQL_CONNECT, E_SCHEMA, E_LISTEN; Interrupted at its end
 */
export async function serveRecordings(folder: string, from: string, o: ServeOptions, c: Context): Promise<never> {
  const address = readMysqlAddress(from);
  if (address === null) {
    const hint = 'Write it as mysql://user@host:3306/asteriskcdrdb, with the password in MIGRATE_TARGET_PASSWORD or --password-file.';
    throw new MigrateError({ code: 'E_TARGET', where: '--from', why: 'it is no address of a server', hint });
  }
  const hot = await SoundFolder.at(folder);
  const archive = await archiveFor(folder, o.archive);
  const logins = await Logins.of(o.logins);
  const password = o.passwordFile === undefined ? (o.password ?? '') : await readPasswordFile(o.passwordFile);
  const calls = await Calls.open(address, password);
  try {
    const failed = (error: Error): void => c.progress({ step: `a request failed: ${error.message}`, isNews: true });
    const app = await webServer({ calls, recordings: new Recordings({ calls, hot, archive }), logins, failed });
    throwIfAborted(c.signal);
    const where = await app.listen(o.listen).catch((cause: unknown) => {
      throw cannotListen(`${o.listen.host}:${o.listen.port}`, cause);
    });
    c.progress({ step: `listening on ${where}`, isNews: true });
    o.isUp?.(where);
    await new Promise<void>((stop) => {
      if (c.signal.aborted) stop();
      c.signal.addEventListener('abort', () => stop(), { once: true });
    });
    // whoever is listening to a recording would keep it open for as long as it plays
    app.server.closeAllConnections();
    await app.close();
    throw new Interrupted();
  } finally {
    await calls.close();
  }
}

async function archiveFor(folder: string, named: string | undefined): Promise<SoundFolder | null> {
  if (named !== undefined) return SoundFolder.at(named);
  return SoundFolder.at(join(dirname(resolve(folder)), 'archive')).catch(() => null);
}

function cannotListen(where: string, cause: unknown): MigrateError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new MigrateError({ code: 'E_LISTEN', where, why, hint: 'Name another address or port with --listen.', exit: 3, cause });
}
