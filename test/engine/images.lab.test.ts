import { expect, test } from 'vitest';
import type { Container } from '../../src/engine/container.ts';
import { ensureImage } from '../../src/engine/images.ts';
import { asteriskIsUp, LogSays, mariadbIsUp } from '../../src/engine/wait.ts';
import { useLab } from './lab.ts';

const lab = useLab();
const file = (path: string, content: string) => ({ path, content: Buffer.from(content), mode: 0o600 });

async function query(db: Container, sql: string): Promise<string> {
  const done = await db.exec(['mariadb', '--no-defaults', '-N', '--socket=/run/mysqld/mysqld.sock'], { stdin: Buffer.from(sql) });
  return (done.out + done.err).trim();
}

const ASTERISK = [
  file('asterisk.conf', '[options]\nverbose=1\n'),
  file('modules.conf', '[modules]\nautoload=no\nload=pbx_config.so\nload=app_system.so\n'),
  file('logger.conf', '[logfiles]\nconsole=notice,warning,error\n'),
  file('extensions.conf', '[default]\nexten => 1,1,NoOp()\n'),
];

test('a tree that was put in runs as Asterisk 22, and SIGTERM is an orderly stop', async () => {
  const files = [{ path: '/etc/asterisk', entries: ASTERISK }];
  const pbx = await lab.run.container({ ...asterisk(), role: 'pbx', network: await lab.run.network(), files });
  await pbx.waitFor(asteriskIsUp());
  expect((await pbx.exec(['asterisk', '-rx', 'core show version'])).out).toMatch(/^Asterisk 22/);
  expect((await pbx.exec(['asterisk', '-rx', 'dialplan show 1@default'])).out).toContain('NoOp');
  expect((await pbx.exec(['stat', '-c', '%U', '/etc/asterisk/asterisk.conf', '/run/asterisk'])).out).toBe('asterisk\nasterisk\n');
  const { docker } = lab.engine;
  await docker.getContainer(pbx.id).stop({ t: 20 });
  expect((await docker.getContainer(pbx.id).inspect()).State.ExitCode).toBe(0);
});

test('the world has an address a carrier', async () => {
  const network = await lab.run.network();
  const more = [network.address(0), network.address(1)];
  const environment = { WORLD_ADDRESSES: more.map((ip) => `${ip}/${network.prefix}`).join(' ') };
  const files = [{ path: '/etc/asterisk', entries: ASTERISK }];
  const world = await lab.run.container({ ...asterisk(), role: 'world', network, netAdmin: true, environment, files });
  await world.waitFor(asteriskIsUp());
  const has = (await world.exec(['ip', '-o', '-4', 'address', 'show', 'scope', 'global'])).out;
  for (const ip of [world.ip, ...more]) expect(has).toContain(`${ip}/${network.prefix}`);
});

test('an Asterisk may live in another year while its timers run on', async () => {
  const files = [{ path: '/etc/asterisk', entries: ASTERISK }];
  const environment = { FAKETIME: '@2031-03-04 05:06:07', TZ: 'Europe/Moscow' };
  const pbx = await lab.run.container({ ...asterisk(), role: 'future', environment, files });
  await pbx.waitFor(asteriskIsUp());
  expect((await pbx.exec(['asterisk', '-rx', 'core show settings'])).out).toMatch(/Startup time: +05:06:\d\d/);
});

test('a database for one day: accounts from a file, time zones, any sql_mode, in memory', async () => {
  const init = "CREATE OR REPLACE USER 'kit'@'%' IDENTIFIED BY 'not-in-argv';\nGRANT ALL ON *.* TO 'kit'@'%';\n";
  const db = await lab.run.container({
    role: 'db',
    image: await ensureImage(lab.engine, 'mariadb', lab.context),
    network: await lab.run.network(),
    environment: { MARIADB_SQL_MODE: '', MARIADB_THROWAWAY: '1' },
    command: ['--character-set-server=latin1'],
    tmpfs: { '/var/lib/mysql': 'size=1g' },
    files: [{ path: '/run/secrets-migrate', entries: [file('init.sql', init)] }],
  });
  await db.waitFor(mariadbIsUp());
  const asked = "SELECT QUOTE(@@sql_mode), @@local_infile, @@character_set_server, CONVERT_TZ('2026-07-01 12:00:00','UTC','Europe/Moscow')";
  expect((await query(db, asked)).split('\t')).toEqual(["''", '0', 'latin1', '2026-07-01 15:00:00']);
  const login = '[client]\nuser=kit\npassword=not-in-argv\nhost=127.0.0.1\n';
  await db.put('/root', [file('login.cnf', login)]);
  expect((await db.exec(['mariadb', '--defaults-file=/root/login.cnf', '-N', '-e', 'SELECT CURRENT_USER()'])).out).toBe('kit@%\n');
  expect((await db.exec(['ps', '-ef'])).out).not.toContain('not-in-argv');
});

test('a database on a volume keeps what was written when its container is gone', async () => {
  const spec = {
    image: await ensureImage(lab.engine, 'mariadb', lab.context),
    role: 'cdr',
    volumes: { '/var/lib/mysql': await lab.run.volume('cdr') },
  };
  const first = await lab.run.container(spec);
  await first.waitFor(mariadbIsUp());
  expect(await query(first, 'CREATE DATABASE kept; CREATE TABLE kept.t (i int); INSERT INTO kept.t VALUES (7)')).toBe('');
  expect(await query(first, 'SELECT @@innodb_doublewrite, @@innodb_flush_log_at_trx_commit')).toBe('ON\t1');
  await first.remove();
  const second = await lab.run.container(spec);
  await second.waitFor(mariadbIsUp());
  expect(await query(second, 'SELECT i FROM kept.t')).toBe('7');
  await second.waitFor(new LogSays(/ready for connections/));
});

/** The image with the entrypoint of its own. */
function asterisk(): { image: string } {
  return { image: lab.idle.image };
}
