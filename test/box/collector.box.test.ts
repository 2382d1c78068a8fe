import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { connectSql } from '../../src/box/sql.ts';
import { silentContext } from '../../src/context.ts';
import { extract } from '../../src/extract/extract.ts';
import { openHistorySource } from '../../src/history/open-source.ts';
import { clinic } from '../extract/clinic.ts';
import { changed, type OldMachine, SECRETS, startOldMachine } from './old-machine.ts';

let machine: OldMachine;
let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'collected-'));
  machine = await startOldMachine();
});
afterAll(async () => {
  await machine?.end();
  await rm(home, { recursive: true, force: true });
});
afterEach(() => machine.sh('rm -rf /srv/out; mkdir /srv/out'));

/** All files and folders of the machine with size, time and rights, but for what the server of the database writes by itself. */
async function everything(): Promise<string> {
  const own = ['/proc', '/sys', '/dev', '/var/lib/mysql', '/run', '/srv'].map((path) => `-path ${path} -prune -o`).join(' ');
  return (await machine.sh(`find / ${own} -printf '%p %y %m %U %s %T@ %C@\\n' | sort; ls -A /srv`)).out;
}

/** Brings the one tar here, unpacked, and removes it there. */
async function bringHome(): Promise<{ tar: string; folder: string; paths: string[]; mode: string }> {
  const [name, ...others] = await machine.left();
  expect(others).toEqual([]);
  const mode = (await machine.sh(`stat -c '%a %U' '/srv/out/${name}'`)).out.trim();
  const folder = await mkdtemp(join(home, 'box-'));
  const tar = `${folder}.tar`;
  for await (const { content } of machine.container.get(`/srv/out/${name}`)) await writeFile(tar, content ?? '');
  execFileSync('tar', ['-xf', tar, '-C', folder, '--no-same-owner']);
  await machine.sh('rm -rf /srv/out/*');
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return {
    tar,
    folder,
    mode,
    paths: found
      .filter((e) => !e.isDirectory())
      .map((e) => join(e.parentPath, e.name).slice(folder.length + 1))
      .sort(),
  };
}

async function facts(folder: string): Promise<Record<string, string>> {
  const names = await readdir(join(folder, 'collected'));
  const read = async (name: string) => {
    const bytes = await readFile(join(folder, 'collected', name));
    return [name, (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')] as const;
  };
  return Object.fromEntries(await Promise.all(names.map(read)));
}

/** Sums of all tables of a database: equal where every byte is. */
async function sums(database: string): Promise<string> {
  const { out } = await machine.sh(
    `m="mariadb --defaults-extra-file=/srv/root.cnf -N"; $m -e 'SHOW TABLES' ${database} | while read -r t; do $m -e "CHECKSUM TABLE \\\`$t\\\`" ${database}; done | sed 's/^[a-z_0-9]*\\.//'`,
  );
  return out;
}

const TAKEN = `asterisk.sql.gz asteriskcdrdb.sql.gz databases/call_center.sql.gz astdb.txt astdb.sqlite3 etc/localtime etc/sysconfig/clock etc/dhcpd.conf
  etc/asterisk/extensions_custom.conf var/lib/asterisk/sounds/custom/welcome.wav var/lib/asterisk/sounds/stock-replaced.gsm
  var/lib/asterisk/mohmp3/waltz.wav var/lib/asterisk/agi-bin/hangup.agi var/spool/asterisk/voicemail/default/106/INBOX/msg0000.wav
  tftpboot/001122334455.cfg usr/local/bin/nightly.sh usr/local/elastix/addons_scripts/crm.php var/www/html/callback.php
  collected/recordings.txt.gz collected/sip-telephones.txt collected/time-zone.txt`;

describe.each(['dash', 'bash --posix'])('under %s', (shell) => {
  test('a box is packed whole, and the machine is as it was', async () => {
    // each program that the script starts tells its arguments, before it does its work
    await machine.sh(`mkdir -p /srv/watch && for p in mysql mysqldump awk sed grep gzip tar find cp perl asterisk head tail tr nice; do
      printf '#!/bin/sh\\nprintf "%%s\\\\n" "$0 $*" >> /srv/watch/arguments\\nPATH=/usr/sbin:/usr/bin:/sbin:/bin exec %s "$@"\\n' "$p" > /srv/watch/$p; chmod 755 /srv/watch/$p; done`);
    const before = await everything();
    const said = await machine.collect('--yes /srv/out', { shell, before: 'PATH=/srv/watch:$PATH; export PATH' });
    expect(said.err).toBe('');
    expect(said.code, said.out).toBe(0);
    expect(await everything()).toBe(before);

    const args = (await machine.sh('cat /srv/watch/arguments; rm -rf /srv/watch')).out;
    expect(args.split('\n').filter((line) => line.includes('mysqldump')).length).toBeGreaterThan(2);
    const { folder, paths, mode } = await bringHome();
    expect(mode).toBe('600 root');
    const told = await facts(folder);
    for (const [name, secret] of Object.entries(SECRETS)) {
      for (const [where, text] of Object.entries({ stdout: said.out, stderr: said.err, arguments: args, ...told })) {
        expect(text.includes(secret), `${name} in ${where}`).toBe(false);
      }
    }
    expect(paths).toEqual(expect.arrayContaining(TAKEN.split(/\s+/)));
    expect(told['tftp-clients.txt']).toContain('1 192.0.2.11 001122334455.cfg');
    expect(told['crontab.txt']).toMatchInlineSnapshot(`
      "==> /etc/crontab <==
      # m h dom mon dow command
      */5 * * * * mysql -uroot -p******** call_center -e 'select 1'
      0 3 * * * wget -q http://********crm.example.com/sync.php?password=********
      0 4 * * * curl -u user:******** https://crm.example.com/calls && echo ******** ********

      ==> /var/spool/cron/asterisk <==
      0 1 * * * /usr/local/bin/nightly.sh

      ==> /etc/cron.daily <==
      apt-compat
      dpkg
      "
    `);
  });
});

test('a collected tar gives the same model as the folder of its box', async () => {
  await machine.collect('--yes /srv/out');
  const { tar } = await bringHome();
  const models = [join(home, 'of-the-tar'), join(home, 'of-the-folder')] as const;
  const { ledger, findings } = await extract(tar, models[0], {}, silentContext());
  // the folder does not tell its zone; the machine does
  await extract(clinic(), models[1], { timeZone: 'Europe/Moscow' }, silentContext());
  const told = ['ledger.json', 'findings.json', '.written.json'];
  const [ofTar, ofFolder] = await Promise.all(models.map(async (model) => filesOf(model, (path) => !told.includes(path))));
  expect(Object.keys(ofFolder ?? {}).length).toBeGreaterThan(30);
  expect(ofTar).toEqual(ofFolder);
  const seen = ledger.entries.filter((e) => e.space === 'service').map((e) => `${e.name} ${e.key}: ${e.fate}`);
  expect(seen).toEqual(
    expect.arrayContaining([
      'dhcp udp 67 (dhcpd): dropped',
      'tftp udp 69 (xinetd): dropped',
      'mail postfix: approximated',
      'client 192.0.2.50 at port 5038: approximated',
      'cron-job /var/spool/cron/asterisk:1: dropped',
      'hangup-addon /usr/local/elastix/addons_scripts/crm.php: dropped',
      'web-page /var/www/html/callback.php: dropped',
      'database call_center: dropped',
    ]),
  );
  // the machine's own clock stands at UTC, whatever its settings say
  expect(findings.map((f) => f.code)).toEqual(
    expect.arrayContaining(['TIME_ZONE_DATA_OLD', 'TIME_ZONE_DISAGREES', 'SOUND_REPLACED', 'TELEPHONES_SEEN']),
  );
});

async function filesOf(folder: string, wanted: (path: string) => boolean): Promise<Record<string, string>> {
  const found = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((e) => e.isFile());
  const paths = found.map((e) => join(e.parentPath, e.name).slice(folder.length + 1)).filter(wanted);
  return Object.fromEntries(await Promise.all(paths.sort().map(async (path) => [path, await readFile(join(folder, path), 'latin1')])));
}

test.each([
  ['MD5 sums, as on CentOS 5', 'md5sum', 'rpm', ['/var/lib/asterisk/sounds/stock-replaced.gsm'], ['/var/www/html/callback.php']],
  ['SHA-256 sums, as on CentOS 7', 'sha256sum', 'rpm', ['/var/lib/asterisk/sounds/stock-replaced.gsm'], ['/var/www/html/callback.php']],
  ['no list of packages', 'md5sum', 'no-rpm', undefined, undefined],
])('what the site added or replaced is known by the list of packages: %s', async (_, digest, program, sounds, pages) => {
  const [stock, page] = ['/var/lib/asterisk/sounds/stock-as-packaged.gsm', '/var/www/html/index.php'];
  const packaged = `cp /srv/fake/packaged /srv/fake/kept; (${digest} ${stock} ${page} | sed 's/  / /'; printf '%0${digest === 'md5sum' ? 32 : 64}d %s\n' 0 /var/lib/asterisk/sounds/stock-replaced.gsm) > /srv/fake/packaged`;
  const said = await machine.collect('--yes /srv/out', { before: `mv /usr/sbin/rpm /usr/sbin/${program}; ${packaged}` });
  await machine.sh(`mv /usr/sbin/${program} /usr/sbin/rpm; mv /srv/fake/kept /srv/fake/packaged`);
  expect(said.code, said.err).toBe(0);
  const { folder } = await bringHome();
  const told = await facts(folder);
  expect(told['sounds-not-from-package.txt']?.trim().split('\n')).toEqual(sounds);
  expect(told['web-pages.txt']?.trim().split('\n')).toEqual(pages);
  expect(told['local-bin.txt']).toContain('/usr/local/bin/nightly.sh');
  expect(told['notes.txt'] ?? '').toMatch(program === 'rpm' ? /^$/ : /no list of packages/);
});

test('files are taken whatever they are called, and wherever FreePBX has linked them', async () => {
  const made = `mkdir -p '/srv/module/etc' '/var/spool/asterisk/voicemail/default/-rf /INBOX' && echo linked > /srv/module/etc/queues_linked.conf
    ln -s /srv/module/etc/queues_linked.conf /etc/asterisk/queues_linked.conf; ln -s /etc/asterisk /etc/asterisk/loop; ln -s /nowhere /etc/asterisk/dangling.conf
    ln -s mohmp3 /var/lib/asterisk/moh; echo m > '/var/spool/asterisk/voicemail/default/-rf /INBOX/two
lines; $(id).txt'; echo r > "/var/spool/asterisk/monitor/a
b's.wav"`;
  await machine.sh(made);
  const said = await machine.collect('--yes --recordings /srv/out');
  await machine.sh(
    'rm -rf /etc/asterisk/queues_linked.conf /etc/asterisk/loop /etc/asterisk/dangling.conf /var/lib/asterisk/moh /var/spool/asterisk/monitor/a?b*; rm -rf "/var/spool/asterisk/voicemail/default/-rf "',
  );
  expect(said).toMatchObject({ code: 0, err: '' });
  const { folder, paths } = await bringHome();
  expect(await readFile(join(folder, 'etc/asterisk/queues_linked.conf'), 'utf8')).toBe('linked\n');
  expect(paths).toEqual(
    expect.arrayContaining([
      'var/spool/asterisk/voicemail/default/-rf /INBOX/two\nlines; $(id).txt',
      "var/spool/asterisk/monitor/a\nb's.wav",
      "var/spool/asterisk/monitor/Запись; №1 'x'.wav",
      'var/lib/asterisk/moh/waltz.wav',
    ]),
  );
  // music that two paths lead to is there once, and nothing goes round in circles
  expect(paths.filter((path) => /mohmp3|loop|dangling/.test(path))).toEqual([]);
  expect((await facts(folder))['recordings.txt.gz']).toContain("\ta?b's.wav\n");
});

/** Everything of the tar in /srv/out that is a dump of this database, loaded into a new one. */
async function loadAgain(dumps: string, into: string): Promise<void> {
  const client = 'mariadb --defaults-extra-file=/srv/root.cnf';
  const command = `cd /srv && rm -rf back && mkdir back && tar -xf out/*.tar -C back && ${client} -e 'CREATE DATABASE ${into}' && for f in back/${dumps}; do gunzip -c "$f" | ${client} ${into} || exit; done`;
  expect(await machine.sh(command)).toMatchObject({ code: 0, err: '' });
}

test('what was dumped, loaded again, is the same to the byte', async () => {
  await machine.collect('--yes /srv/out');
  await loadAgain('asterisk.sql.gz', 'asterisk2');
  await loadAgain('asteriskcdrdb.sql.gz', 'cdr2');
  const was = await sums('asterisk');
  expect(was.split('\n').length).toBeGreaterThan(50);
  expect(await sums('asterisk2')).toBe(was);
  expect(await sums('cdr2')).toBe(await sums('asteriskcdrdb'));
});

test('call records are read by the month, and a month with very many by the day; those without a date and other tables are not lost', async () => {
  const strange = `CREATE TABLE cel (id int, eventtime datetime) ENGINE=MyISAM; INSERT INTO cel VALUES (1, '2013-06-03 08:00:00'), (2, '2011-02-28 23:59:59'), (3, NULL);
    CREATE TABLE queue_log (time char(26), queuename char(50)) ENGINE=MyISAM; INSERT INTO queue_log VALUES ('1370246403', 'sales');
    INSERT INTO cdr SET calldate = '0000-00-00 00:00:00', src = '101'; INSERT INTO cdr SET calldate = '2013-07-31 23:59:59', src = '102'`;
  expect(await machine.sh(`mariadb --defaults-extra-file=/srv/root.cnf asteriskcdrdb <<'END'\n${strange}\nEND`)).toMatchObject({ code: 0 });
  const said = await machine.collect('--yes /srv/out', { change: (script) => changed(script, /^piece_rows=\d+$/m, 'piece_rows=300') });
  expect(said).toMatchObject({ code: 0, err: '' });
  await loadAgain('asteriskcdrdb/*.sql.gz', 'cdr3');
  expect(await sums('cdr3')).toBe(await sums('asteriskcdrdb'));
  const { folder, paths } = await bringHome();
  const history = await openHistorySource(folder, { password: '', tables: [] }, silentContext());
  const sql = await connectSql(history.server);
  const [[count]] = (await sql.query('SELECT COUNT(*) FROM cdr')) as [[Uint8Array]];
  await sql.close();
  expect({ rows: Buffer.from(count).toString(), timeZone: history.timeZone }).toEqual({ rows: '2002', timeZone: 'Europe/Moscow' });
  expect(paths.filter((path) => path.startsWith('asteriskcdrdb'))).toEqual(
    ['0000-00', '2011-02', '2013-06', '2013-07'].map((month) => `asteriskcdrdb/${month}.sql.gz`),
  );
});

test('SIP is listened to for as long as was asked', async () => {
  await machine.container.put('/usr/bin', [
    { path: 'tcpdump', mode: 0o755, content: Buffer.from('#!/bin/sh\necho packets\nexec sleep 987\n') },
  ]);
  expect(await machine.collect('--yes --sip 1 /srv/out')).toMatchObject({ code: 0, err: '' });
  const { folder } = await bringHome();
  expect(await readFile(join(folder, 'collected/sip.pcap'), 'utf8')).toBe('packets\n');
});
