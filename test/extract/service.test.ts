import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readColumns, readCronJobs, readServicesOn, readSockets } from '../../src/extract/fact-lines.ts';
import { foundServices } from '../../src/extract/found-service.ts';
import { readBox } from '../../src/extract/read-box.ts';
import { offsetAt, readZoneFact } from '../../src/extract/zone-fact.ts';
import { ledgerTotals } from '../../src/model/ledger.ts';
import { boxOf } from './box-of.ts';

const LISTENING = `Active Internet connections (only servers)
Proto Recv-Q Send-Q Local Address               Foreign Address             State       PID/Program name
tcp        0      0 0.0.0.0:5038                0.0.0.0:*                   LISTEN      2100/asterisk
tcp        0      0 127.0.0.1:25                0.0.0.0:*                   LISTEN      2200/master
tcp        0      0 :::8080                     :::*                        LISTEN      2300/java
udp        0      0 0.0.0.0:67                  0.0.0.0:*                               1800/dhcpd
udp        0      0 0.0.0.0:69                  0.0.0.0:*                               1900/xinetd
udp        0      0 192.0.2.1:123               0.0.0.0:*                               1950/ntpd
`;
const CONNECTED = `tcp        0      0 192.0.2.1:5038              192.0.2.50:40123            ESTABLISHED 2100/asterisk
tcp        0      0 ::ffff:192.0.2.1:3306       ::ffff:192.0.2.51:5555      ESTABLISHED 1700/mysqld
tcp        0      0 127.0.0.1:3306              127.0.0.1:5556              ESTABLISHED 1700/mysqld
`;
const SESSIONS = '  Username         IP Address       Start       Elapsed\n  crm              192.0.2.50       1764335000  999\n';

function found(facts: Record<string, string>): string[] {
  return foundServices(new Map(Object.entries(facts))).map((s) => `${s.name} ${s.key}`);
}

function told(facts: Record<string, string>, o: { etc?: Record<string, string> } = {}) {
  return readBox(boxOf({ tables: { users: [{ extension: '101' }] }, facts, ...o }));
}

describe('what the old machine did beside telephony', () => {
  it('is seen by the ports on which others reach it, not by those for itself', () => {
    expect(found({ sockets: LISTENING })).toEqual([
      'tftp udp 69 (xinetd)',
      'dhcp udp 67 (dhcpd)',
      'ntp udp 123 (ntpd)',
      'listener tcp 8080 (java)',
    ]);
  });

  it('is seen by what starts with the machine, where nothing tells its sockets', () => {
    const services =
      'dhcpd           0:off 1:off 2:on 3:on 4:on 5:on 6:off\nopenvpn         0:off 1:off 2:off 3:off 4:off 5:off 6:off\nxinetd based services:\n        tftp:           on\n        rsync:          off\n';
    expect(found({ services })).toEqual(['tftp tftp', 'dhcp dhcpd']);
  });

  it('is accounted for in the ledger, each thing once, with what becomes of it', () => {
    const { ledger, findings } = told(
      { sockets: LISTENING, connections: CONNECTED, 'ami-sessions': SESSIONS, mail: 'relayhost = [smtp.example.com]:587\n' },
      { etc: { 'manager_custom.conf': '[crm]\nsecret = abc\n' } },
    );
    const entries = ledger.entries.filter((e) => e.space === 'service');
    expect(entries.map((e) => [e.name, e.fate, e.because ?? e.to.map((r) => `${r.kind}/${r.id}`).join()])).toEqual([
      ['tftp', 'dropped', 'stays behind on the old machine'],
      ['dhcp', 'dropped', 'stays behind on the old machine'],
      ['ntp', 'dropped', 'stays behind on the old machine'],
      ['mail', 'approximated', 'replaced by msmtp on the new box, through a relay'],
      ['listener', 'dropped', 'stays behind on the old machine'],
      ['client', 'carried', 'ami-user/crm'],
      ['client', 'dropped', 'stays behind on the old machine'],
    ]);
    expect(ledgerTotals(ledger).unaccounted).toBe(0);
    expect(findings.filter((f) => f.code === 'SERVICE_STAYS_BEHIND').map((f) => f.where)).toEqual(
      expect.arrayContaining(['udp 67 (dhcpd)', 'udp 69 (xinetd)', 'tcp 8080 (java)']),
    );
    expect(findings.find((f) => f.code === 'CLIENT_CONNECTED')?.means).toContain("'crm'");
  });

  it('is nothing where the source brings no facts', () => {
    const { ledger } = told({});
    expect(ledger.entries.filter((e) => e.space === 'service')).toEqual([]);
  });
});

describe('jobs of the old machine', () => {
  const CRONTAB = `==> /etc/crontab <==
SHELL=/bin/bash
# run-parts
01 * * * * root run-parts /etc/cron.hourly
*/5 * * * * root cd /opt && ./sync --token abcdef

==> /var/spool/cron/asterisk <==
@daily /usr/bin/php -q /usr/local/bin/report.php --password=hunter22
0 4 * * * wget -q http://crm.example.com/?key=hunter22

==> /etc/cron.daily <==
logrotate
backup-calls
`;

  it('are known by file and line, and by the program that they run', () => {
    expect(readCronJobs(CRONTAB)).toEqual([
      { key: '/etc/crontab:3', program: 'run-parts' },
      { key: '/etc/crontab:4', program: './sync' },
      { key: '/var/spool/cron/asterisk:1', program: '/usr/local/bin/report.php' },
      { key: '/var/spool/cron/asterisk:2', program: 'wget' },
      { key: '/etc/cron.daily/logrotate', program: '/etc/cron.daily/logrotate' },
      { key: '/etc/cron.daily/backup-calls', program: '/etc/cron.daily/backup-calls' },
    ]);
  });

  it('are told where the site wrote them, without what they pass on', () => {
    const { findings } = told({ crontab: CRONTAB });
    const jobs = findings.filter((f) => f.code === 'JOB_STAYS_BEHIND');
    expect(jobs.map((f) => f.where)).toEqual([
      '/etc/cron.daily/backup-calls',
      '/etc/crontab:4',
      '/var/spool/cron/asterisk:1',
      '/var/spool/cron/asterisk:2',
    ]);
    expect(JSON.stringify(findings)).not.toMatch(/hunter22|abcdef/);
  });
});

describe("the old machine's clock", () => {
  const zone = (offset2015: string): string =>
    `clock Europe/Moscow\nlocaltime Europe/Moscow\npackage tzdata-2010e-1.el5\nnow 1764335569 +0300\nat 1293883200 +0300\nat 1325419200 +0400\nat 1420113600 ${offset2015}\nat 1830340800 +0400\n`;

  it('is an hour off where its zone data know nothing of Russia in 2014', () => {
    const { findings } = told({ 'time-zone': zone('+0400') });
    const [one, ...others] = findings.filter((f) => f.code === 'TIME_ZONE_DATA_OLD');
    expect(others).toEqual([]);
    expect(one?.means).toMatch(/tzdata-2010e.*from 2015-01-01.*UTC\+04:00 for Europe\/Moscow, which had UTC\+03:00/);
  });

  it('is right where its zone data are new; what they say of years to come does not count', () => {
    expect(told({ 'time-zone': zone('+0300') }).findings.map((f) => f.code)).not.toContain('TIME_ZONE_DATA_OLD');
  });

  it('runs in another zone than the settings say, where somebody copied a zone file by hand', () => {
    const { findings } = told({ 'time-zone': 'clock America/New_York\nlocaltime Europe/Moscow\nlocaltime W-SU\nnow 1764335569 +0300\n' });
    expect(findings.find((f) => f.code === 'TIME_ZONE_DISAGREES')?.means).toMatch(
      /runs as Europe\/Moscow, and its settings say America\/New_York/,
    );
  });

  it('has the offsets of its zone, half hours and those behind UTC too', () => {
    expect([offsetAt('Asia/Kolkata', 0), offsetAt('America/St_Johns', 1420113600), offsetAt('Europe/London', 1420113600)]).toEqual([
      330, -210, 0,
    ]);
  });
});

describe('other facts', () => {
  it('tell which telephones there are, which prompts were replaced, and what could not be taken', () => {
    const { findings } = told({
      'sip-telephones':
        '101\tYealink SIP-T22P 7.70\t192.0.2.11:5060\tsip:101@192.0.2.11\n102\tYealink SIP-T22P 7.70\t192.0.2.12:5060\tsip:102\n103\t\t192.0.2.13\tsip:103\n',
      'sounds-not-from-package': '/var/lib/asterisk/sounds/vm-intro.gsm\n',
      notes: 'Asterisk does not answer: its state is not in the tar\n',
      databases: 'asterisk\t88\t95372\t1\nroundcubedb\t10\t5000\t0\nempty\t3\t0\t0\nmysql\t30\t99\t0\n',
      'hangup-addons': '/usr/local/elastix/addons_scripts/crm.php\n',
    });
    const means = (code: string) => findings.filter((f) => f.code === code).map((f) => `${f.where} ${f.means}`);
    expect(means('TELEPHONES_SEEN')).toEqual([expect.stringContaining('2 x Yealink SIP-T22P 7.70, 1 x unknown')]);
    expect(means('SOUND_REPLACED')).toEqual([expect.stringContaining('vm-intro.gsm')]);
    expect(means('COLLECTED_INCOMPLETE')).toEqual([expect.stringContaining('Asterisk does not answer')]);
    expect(means('DATABASE_NOT_CARRIED')).toEqual([expect.stringContaining('roundcubedb')]);
    expect(means('PROGRAM_STAYS_BEHIND')).toEqual([expect.stringContaining('addons_scripts/crm.php')]);
  });

  it('are read whatever the programs of the machine print', () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(...LISTENING.split('\n'), ...CONNECTED.split('\n'), '==> /x <==', '* * * * *', '@daily'),
    );
    const text = fc.array(line, { maxLength: 12 }).map((parts) => parts.join('\n'));
    fc.assert(
      fc.property(text, (noise) => {
        for (const read of [readSockets, readCronJobs, readColumns, readServicesOn, readZoneFact]) read(noise);
        const names = [
          'sockets',
          'connections',
          'crontab',
          'services',
          'processes',
          'databases',
          'web-clients',
          'time-zone',
          'sip-telephones',
          'notes',
        ];
        expect(ledgerTotals(told(Object.fromEntries(names.map((name) => [name, noise]))).ledger).unaccounted).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  it('are read from ss as from netstat', () => {
    const ss =
      'Netid  State   Recv-Q Send-Q  Local Address:Port   Peer Address:Port  Process\nudp    UNCONN  0      0       0.0.0.0:69          0.0.0.0:*          users:(("in.tftpd",pid=7,fd=4))\ntcp    LISTEN  0      128     [::]:8080           [::]:*             users:(("java",pid=8,fd=4))\n';
    expect(readSockets(ss)).toEqual([
      { protocol: 'udp', address: '0.0.0.0', port: 69, peer: null, program: 'in.tftpd' },
      { protocol: 'tcp', address: '0.0.0.0', port: 8080, peer: null, program: 'java' },
    ]);
  });
});
