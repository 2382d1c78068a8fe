import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { collectorScript } from '../../src/box/collector.ts';
import { silentContext } from '../../src/context.ts';
import type { Container, TarEntry } from '../../src/engine/container.ts';
import { connectEngine } from '../../src/engine/engine.ts';
import { ensureImage } from '../../src/engine/images.ts';
import { Run } from '../../src/engine/run.ts';
import { CommandSucceeds } from '../../src/engine/wait.ts';
import { clinic } from '../extract/clinic.ts';

/** Where passwords stand on an old machine. Each is planted once more in a crontab. */
export const SECRETS = {
  root: 'r00t"pw\\x#9',
  ami: 'ami-Adm1n-pw',
  amportal: 'amp-Datab4se-pw',
  crm: 'crm-Cr0n-pw',
  web: 'web-Us3r-pw',
} as const;

/** A machine as the collector finds it: a MariaDB with the clinic's tables, the clinic's files, and programs of such a box that answer. */
export interface OldMachine {
  readonly container: Container;
  /** Runs the script with these arguments. `shell` is a word list: 'bash --posix'. `before`: commands ahead of it, `change`: another script. */
  collect(args: string, o?: { shell?: string; before?: string; change?: (script: string) => string }): Promise<Ended>;
  sh(command: string): Promise<Ended>;
  /** What the output folder holds. */
  left(): Promise<string[]>;
  end(): Promise<void>;
}

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const PROGRAMS: Record<string, string> = {
  asterisk: `case $2 in
  'database show') cat /srv/fake/astdb.txt ;;
  'core show version') echo 'Asterisk 11.25.0 built by root @ build on a i686 running Linux on 2014-05-12' ;;
  'module show') echo 'app_dial.so                    Dialing Application                      1' ;;
  'sip show peers') cat /srv/fake/sip-peers.txt ;;
  'sip show peer 101') echo '  * Name       : 101'; echo '  Secret       : <Set>'; echo '  Addr->IP     : 192.0.2.11:5060'
    echo '  Useragent    : Yealink SIP-T22P 7.70.0.140'; echo '  Reg. Contact : sip:101@192.0.2.11:5060' ;;
  'manager show connected') echo '  Username         IP Address       Start       Elapsed     FileDes   HttpCnt   Read   Write'
    echo '  crm              192.0.2.50       1764335000  999         21        0         65535  65535' ;;
  *) exit 1 ;;
esac`,
  rpm: `case "$*" in *FILENAMES*) cat /srv/fake/packaged ;; *) printf 'tzdata-2010e-1.el5\\nfreePBX-2.11.0-2\\n' ;; esac`,
  netstat: `case $1 in -tulnp) cat /srv/fake/listening ;; *) cat /srv/fake/connections ;; esac`,
  chkconfig: "printf 'dhcpd           0:off 1:off 2:on 3:on 4:on 5:on 6:off\\nxinetd based services:\\n        tftp:           on\\n'",
  postconf: "printf 'relayhost = [smtp.example.com]:587\\nsmtp_sasl_password_maps = hash:/etc/postfix/sasl_passwd\\n'",
};

const CRONTAB = `# m h dom mon dow command
*/5 * * * * mysql -uroot -p'${SECRETS.root}' call_center -e 'select 1'
0 3 * * * wget -q http://admin:${SECRETS.crm}@crm.example.com/sync.php?password=${SECRETS.web}
0 4 * * * curl -u user:${SECRETS.web} https://crm.example.com/calls && echo ${SECRETS.ami} ${SECRETS.amportal}
`;

const FILES: Record<string, string> = {
  'etc/elastix.conf': `mysqlrootpwd=${SECRETS.root}\ncyrususerpwd=palosanto\namiadminpwd=${SECRETS.ami}\n`,
  'etc/amportal.conf': `AMPDBHOST=localhost\nAMPDBUSER=asteriskuser\n# AMPDBPASS=amp109\nAMPDBPASS=${SECRETS.amportal}\nAMPMGRPASS=${SECRETS.ami}\nUSEDEVSTATE=TRUE\n`,
  'etc/crontab': CRONTAB,
  'var/spool/cron/asterisk': '0 1 * * * /usr/local/bin/nightly.sh\n',
  'etc/sysconfig/clock': 'ZONE="Europe/Moscow"\nUTC=true\n',
  'etc/dhcpd.conf': 'subnet 192.0.2.0 netmask 255.255.255.0 { option tftp-server-name "192.0.2.1"; }\n',
  'usr/local/bin/nightly.sh': `#!/bin/sh\nmysqldump -p${SECRETS.crm} call_center\n`,
  'usr/local/elastix/addons_scripts/crm.php': '<?php\n',
  'var/www/html/callback.php': `<?php mysql_connect("localhost", "root", "${SECRETS.crm}");\n`,
  'var/www/html/index.php': '<?php // of a package\n',
  'var/log/httpd/access_log': `192.0.2.60 - - [27/Nov/2013:10:00:00 +0400] "GET /callback.php?password=${SECRETS.web} HTTP/1.1" 200 12\n`,
  'var/log/messages': 'Nov 27 10:00:00 pbx in.tftpd[4242]: RRQ from 192.0.2.11 filename 001122334455.cfg\n',
  'tftpboot/001122334455.cfg': 'account.1.password = phone-secret\n',
  'var/lib/rpm/Packages': 'as it is',
  'var/lib/asterisk/sounds/stock-as-packaged.gsm': 'stock',
  'var/lib/asterisk/sounds/stock-replaced.gsm': 'another voice',
  'var/lib/asterisk/agi-bin/hangup.agi': '#!/usr/bin/php -q\n',
  'srv/fake/packaged': [
    '908880209a64ea539ae8dc5fdb7e0a91 /var/lib/asterisk/sounds/stock-as-packaged.gsm',
    '00000000000000000000000000000000 /var/lib/asterisk/sounds/stock-replaced.gsm',
    '',
  ].join('\n'),
  'srv/fake/sip-peers.txt': [
    'Name/username              Host                                    Dyn Forcerport ACL Port     Status     ',
    '101/101                    192.0.2.11                               D   N             5060     OK (12 ms) ',
    '102                        (Unspecified)                            D   N             0        UNKNOWN    ',
    '2 sip peers [Monitored: 1 online, 1 offline Unmonitored: 0 online, 0 offline]',
    '',
  ].join('\n'),
  'srv/fake/listening': [
    'Proto Recv-Q Send-Q Local Address               Foreign Address             State       PID/Program name',
    'tcp        0      0 0.0.0.0:5038                0.0.0.0:*                   LISTEN      2100/asterisk',
    'udp        0      0 0.0.0.0:67                  0.0.0.0:*                               1800/dhcpd',
    'udp        0      0 0.0.0.0:69                  0.0.0.0:*                               1900/xinetd',
    '',
  ].join('\n'),
  'srv/fake/connections': 'tcp        0      0 192.0.2.1:5038              192.0.2.50:40123            ESTABLISHED 2100/asterisk\n',
};

const DATABASES = ['asterisk', 'asteriskcdrdb', 'call_center', 'roundcubedb'];

export async function startOldMachine(): Promise<OldMachine> {
  const context = silentContext();
  const engine = await connectEngine();
  const image = await ensureImage(engine, 'mariadb', context);
  const run = await Run.start(engine, context, { longestMs: 900_000 });
  try {
    const quoted = SECRETS.root.replaceAll('\\', '\\\\');
    const accounts = [
      ...DATABASES.map((name) => `CREATE DATABASE ${name} CHARACTER SET latin1;`),
      'CREATE TABLE call_center.campaign (id int, name varchar(64)) ENGINE=MyISAM;',
      "INSERT INTO call_center.campaign VALUES (1, 'spring');",
      `ALTER USER root@localhost IDENTIFIED BY '${quoted}';`,
      '',
    ].join('\n');
    const container = await run.container({
      role: 'old-box',
      image,
      // no network at all: the script needs none
      environment: { MARIADB_SQL_MODE: '', MARIADB_THROWAWAY: '1' },
      command: ['--character-set-server=latin1', '--default-storage-engine=MyISAM', '--tmpdir=/run/mysqld'],
      tmpfs: { '/var/lib/mysql': 'size=1g', '/srv/small': 'size=3m' },
      files: [
        { path: '/run/secrets-migrate', entries: [entry('init.sql', accounts, 0o600)] },
        { path: '/', entries: await treeOfClinic() },
      ],
    });
    await container.waitFor(new CommandSucceeds(['mariadb', '--defaults-extra-file=/srv/root.cnf', '-e', 'SELECT 1']));
    const machine = driver(container, () => run.end());
    await machine.load();
    return machine;
  } catch (error) {
    await run.end();
    throw error;
  }
}

function entry(path: string, content: string | Uint8Array, mode = 0o644): TarEntry {
  return { path, content: typeof content === 'string' ? Buffer.from(content) : content, mode };
}

async function treeOfClinic(): Promise<TarEntry[]> {
  const box = clinic();
  const found = (await readdir(box, { recursive: true, withFileTypes: true })).filter((e) => e.isFile());
  const paths = found.map((e) => join(e.parentPath, e.name).slice(box.length + 1)).filter((path) => /^(?:etc|var)\//.test(path));
  const clinics = await Promise.all(paths.map(async (path) => entry(path, await readFile(join(box, path)))));
  const programs = Object.entries(PROGRAMS).map(([name, text]) => entry(`usr/sbin/${name}`, `#!/bin/sh\n${text}\n`, 0o755));
  return [
    ...clinics,
    ...programs,
    ...Object.entries(FILES).map(([path, text]) => entry(path, text)),
    entry('srv/fake/astdb.txt', await readFile(join(box, 'astdb.txt'))),
    entry('var/lib/asterisk/astdb.sqlite3', await readFile(join(box, 'astdb.sqlite3'))),
    entry('srv/dumps/asterisk.sql', await readFile(join(box, 'asterisk.sql'))),
    entry('srv/dumps/asteriskcdrdb.sql', gunzipSync(await readFile(join(box, 'asteriskcdrdb.sql.gz')))),
    entry('srv/root.cnf', `[client]\nuser=root\npassword="${SECRETS.root.replace(/[\\"]/g, '\\$&')}"\n`, 0o600),
    entry('srv/collect.sh', await collectorScript()),
    { path: 'srv/out', content: null, mode: 0o755 },
  ];
}

function driver(container: Container, end: () => Promise<void>): OldMachine & { load(): Promise<void> } {
  const sh = (command: string): Promise<Ended> => container.exec(['sh', '-c', command]);
  return {
    container,
    sh,
    end,
    left: async () => (await sh('ls -A /srv/out')).out.split('\n').filter((name) => name !== ''),
    load: async () => {
      for (const name of ['asterisk', 'asteriskcdrdb']) {
        const loaded = await sh(
          `mariadb --defaults-extra-file=/srv/root.cnf --default-character-set=binary --binary-mode ${name} < /srv/dumps/${name}.sql`,
        );
        if (loaded.code !== 0) throw new Error(loaded.err);
      }
    },
    collect: async (args, o = {}) => {
      if (o.change !== undefined) await container.put('/srv', [entry('changed.sh', o.change(await collectorScript()))]);
      return sh(
        `${o.before ?? ':'}; exec ${o.shell ?? 'dash'} /srv/${o.change === undefined ? 'collect' : 'changed'}.sh ${args} < /dev/null`,
      );
    },
  };
}

/** The script with one place of it changed. @throws Error where there is no such place any more */
export function changed(script: string, what: string | RegExp, by: string): string {
  const other = script.replace(what, by);
  if (other === script) throw new Error(`the script holds no ${what}`);
  return other;
}
