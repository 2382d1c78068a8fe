import type { LoadLab, LoadSide } from './load-lab.ts';

const SCRIPT = 'etc/migrate/call-records.sh';
const FOLDER = 'srv/call-records';
const TAKE = 'cd /var/log/asterisk/cdr-custom && [ -s spool.csv ] && mv spool.csv taken.csv && sleep 1 && cat taken.csv && rm taken.csv';

/**
 * Does what asterisk-call-records.timer does on the real machine: what the database missed comes there from the file that Asterisk keeps. Here the two are on different
 * machines, so the file is carried over. A build without that service stays as it is.
 */
export async function bringLateRecords({ bringing, database }: LoadLab, { pbx }: LoadSide): Promise<void> {
  const own = bringing.build.entries.filter((e) => e.path.startsWith('etc/migrate/call-records'));
  if (!own.some((e) => e.path === SCRIPT)) return;
  const { code, out } = await pbx.exec(['sh', '-c', TAKE]);
  if (code !== 0) return;
  await database.container.put('/', [...own, { path: `${FOLDER}/spool.csv`, content: Buffer.from(out), mode: 0o644 }]);
  const taken = await database.container.exec(['sh', `/${SCRIPT}`, `/${FOLDER}`, '--no-defaults', '--socket=/run/mysqld/mysqld.sock']);
  if (taken.code !== 0) throw new Error(`call records do not come into the database from their file: ${taken.err.trim()}`);
}
