import type { Build } from '../../model/build.ts';
import { settingsOf } from '../../model/kinds.ts';
import { drift } from './drift.ts';
import type { Facts } from './facts.ts';
import { isRegistered, registrationsOf } from './registration.ts';
import { ill, type Symptom, some, watch, well } from './symptom.ts';

/** Telephones on the old PBX. */
export interface Before {
  /** Names of those that were registered when the new one went live. */
  readonly atGo: readonly string[];
  /** ISO time at which each was last seen there, by name. */
  readonly seen: Readonly<Record<string, string>>;
}

/** What somebody who knows the build and sees the facts says of a PBX. Pure. `now`: the clock here. @param before what is known of the telephones on the old PBX; null: it is not live by a cutover */
export function diagnose(f: Facts, build: Build, o: { now: Date; before: Before | null }): Symptom[] {
  const isLive = /^state: live$/m.test(f.status);
  return [
    state(f, build),
    telephones(f, build, isLive, o.before),
    ...carriers(f, build, isLive),
    ...speech(f),
    records(f),
    ...clock(f, build, o.now),
    ...discs(f),
    ...certificates(f, o.now),
    programs(f),
    attackers(f),
    drift(f, build),
  ];
}

function state({ status, uptime }: Facts, build: Build): Symptom {
  if (uptime === '')
    return ill('Asterisk', 'it does not run', 'Look at the end of /var/log/asterisk/messages, then: systemctl start asterisk.');
  const held = /^build: (\S+)$/m.exec(status)?.[1];
  const says = `it runs; ${/^state: (.*)$/m.exec(status)?.[1] ?? 'not installed by the package'}`;
  return held === build.manifest.modelSha256
    ? well('Asterisk', says)
    : watch(
        'Asterisk',
        `${says}; the package there was made of another model`,
        'Ask again with the build that is installed, or install this one.',
      );
}

/** Contact: 101/sip:101@192.0.2.7:5060  0a1b2c3d4e Avail 3.2 */
const CONTACT = /^\s*Contact:\s+([^/\s]+)\/\S+\s+\S+\s+(\S+)/gm;

function telephones(f: Facts, { model }: Build, isLive: boolean, before: Before | null): Symptom {
  const expected = Object.entries(model.device)
    .filter(([, d]) => (d.technology === 'sip' || d.technology === 'iax2') && d.host === null)
    .map(([id]) => id);
  const sip = [...f.contacts.matchAll(CONTACT)].filter(([, , health]) => health !== 'Unavail').map(([, name]) => name ?? '');
  const iax = [...f.iax.matchAll(/^(\S+?)(?:\/\S+)?\s+(\d+\.\d+\.\d+\.\d+)\s/gm)].map(([, name]) => name ?? '');
  const here = new Set([...sip, ...iax]);
  const away = expected.filter((id) => !here.has(id));
  const last = (id: string): string => (before?.seen[id] === undefined ? id : `${id} (on the old PBX ${before.seen[id].slice(0, 16)}Z)`);
  const says = `${expected.length - away.length} of ${expected.length} are registered${away.length === 0 ? '' : `; not: ${some(away.map(last))}`}`;
  if (!isLive) return well('telephones', `${says} (it is quiet: only pilots are served)`);
  const lost = away.filter((id) => before?.atGo.includes(id) === true);
  if (lost.length > 0)
    return ill(
      'telephones',
      `${says}; of those, registered on the old PBX at the cutover: ${some(lost)}`,
      'Switch one off and on again, and look for its name in /var/log/asterisk/messages.',
    );
  return away.length === 0 || before !== null
    ? well('telephones', says)
    : watch('telephones', says, 'See whether they were there on the old PBX.');
}

function carriers(f: Facts, { model }: Build, isLive: boolean): Symptom[] {
  const trunks = Object.values(model.trunk).filter((t) => !t.disabled);
  const expected = trunks.flatMap((t) => ('registrations' in t ? t.registrations.map((r) => `${r.user}@${r.host}`) : [])).length;
  const all = registrationsOf(f.registrations, f.iaxRegistrations);
  const done = all.filter(isRegistered);
  if (!isLive)
    return [
      done.length === 0
        ? well('carriers', `none of ${expected} registrations, as is right until the cutover`)
        : ill(
            'carriers',
            `registered though it is quiet: ${some(done.map((r) => r.name))}`,
            '`pbx-config quiet` once more; the old PBX must register anew.',
          ),
    ];
  const bad = all.filter((r) => !isRegistered(r));
  if (bad.length > 0)
    return [
      ill(
        'carriers',
        `${done.length} of ${expected} registered; ${bad.map((r) => `${r.name}: ${r.is}`).join(', ')}`,
        "`asterisk -rx 'pjsip set logger on'` shows what the carrier answers; its password may have changed.",
      ),
    ];
  return [well('carriers', `${done.length} of ${expected} registrations`)];
}

/** Calls that are up: who is heard by nobody. Columns of `pjsip show channelstats`: bridge, channel, up, codec, received packets, lost, %, jitter, sent packets, ... */
function speech({ channelStats, channels }: Facts): Symptom[] {
  const calls = [
    ...channelStats.matchAll(/^\s*(?:\S+\s+)?(\S+-[0-9a-f]{8})\s+(\d\d):(\d\d):(\d\d)\s+(\S+)\s+(\d+)\s+\d+\s+\S+\s+\S+\s+(\d+)/gm),
  ].map((row) => ({
    name: row[1] ?? '',
    seconds: Number(row[2]) * 3600 + Number(row[3]) * 60 + Number(row[4]),
    codec: row[5] ?? '',
    received: Number(row[6]),
    sent: Number(row[7]),
  }));
  const up = channels.split('\n').filter((line) => line.includes('!')).length;
  const codecs = new Map<string, number>();
  for (const { codec } of calls) codecs.set(codec, (codecs.get(codec) ?? 0) + 1);
  const says = `${up} channels are up${codecs.size === 0 ? '' : `; codecs: ${[...codecs].map(([name, n]) => `${n} x ${name}`).join(', ')}`}`;
  const oneWay = calls.filter((c) => c.seconds >= 10 && (c.received === 0 || c.sent === 0));
  if (oneWay.length === 0) return [well('speech', says)];
  const told = oneWay.map((c) => `${c.name} (${c.received === 0 ? 'nothing comes in' : 'nothing goes out'})`);
  return [
    ill(
      'speech',
      `${says}; one way only: ${some(told)}`,
      'A router or firewall keeps RTP away: see the ports in CUTOVER.md, and `nat` of the telephone in the model.',
    ),
  ];
}

function records({ records: text, spool, odbc }: Facts): Symptom {
  const [count = '', last = ''] = text.split('\t');
  if (!/^\d+$/.test(count))
    return ill(
      'call records',
      'the database does not answer',
      'systemctl status mariadb; until it does, calls are kept in /var/log/asterisk/cdr-custom/spool.csv.',
    );
  const says = `${count} in the database${last === '' ? '' : `, the last of ${last}`}; ${spool === '' ? 'none' : spool} wait in the file`;
  const connected = /active connections:\s+[1-9]/.test(odbc);
  return connected
    ? well('call records', says)
    : ill(
        'call records',
        `${says}; Asterisk is not connected to it`,
        "`asterisk -rx 'odbc show all'`, and res_odbc.conf: `pbx-config database` sets the account.",
      );
}

const MOST_SKEW_SECONDS = 5;

function clock(f: Facts, { model }: Build, now: Date): Symptom[] {
  const skew = Math.round(Number(f.clock) - now.getTime() / 1000);
  const zone = f.zone.replace(/^.*\/zoneinfo\//, '');
  const { timeZone } = settingsOf(model);
  const says = `${skew === 0 ? 'the same time as here' : `${Math.abs(skew)} s ${skew > 0 ? 'before' : 'behind'} the clock here`}; zone ${zone}`;
  if (timeZone !== null && zone !== timeZone)
    return [
      ill(
        'clock',
        `${says}, and the PBX's is ${timeZone}: office hours are off`,
        `ln -sfn /usr/share/zoneinfo/${timeZone} /etc/localtime, then start Asterisk again.`,
      ),
    ];
  if (Math.abs(skew) > MOST_SKEW_SECONDS || f.synchronized === 'no')
    return [
      watch(
        'clock',
        `${says}${f.synchronized === 'no' ? '; no time server is followed' : ''}`,
        'apt-get install systemd-timesyncd, or name the server of the site in its configuration.',
      ),
    ];
  return [well('clock', says)];
}

const FULL_PERCENT = 90;

function discs({ disc }: Facts): Symptom[] {
  const rows = [...disc.matchAll(/^(\S+)\s+(\d+)\s+(\d+)\s+(\d+)\s+(\d+)%\s+(\S+)$/gm)];
  const byMount = new Map(rows.map((r) => [r[6] ?? '', { percent: Number(r[5]), freeGiB: Number(r[4]) / 2 ** 20 }]));
  const full = [...byMount].filter(([, { percent }]) => percent >= FULL_PERCENT);
  const told = [...byMount].map(([mount, d]) => `${mount} ${d.percent} % full (${d.freeGiB.toFixed(1)} GiB free)`).join(', ');
  return [
    full.length === 0
      ? well('disc', told)
      : ill('disc', told, 'Recordings take the most: `migrate recordings archive` makes them a tenth.'),
  ];
}

const SOON_DAYS = 21;

function certificates({ certificates: text }: Facts, now: Date): Symptom[] {
  return [...text.matchAll(/^(\S+) (.+)$/gm)].map(([, file = '', end = '']) => {
    const days = Math.floor((Date.parse(end) - now.getTime()) / 86_400_000);
    if (days < 0) return ill('certificate', `${file} ended ${-days} days ago`, 'Renew it.');
    return days < SOON_DAYS
      ? watch('certificate', `${file} ends in ${days} days`, 'Renew it.')
      : well('certificate', `${file} ends in ${days} days`);
  });
}

function programs({ ami, taskprocessors, uptime }: Facts): Symptom {
  const users = [...ami.matchAll(/^\s*(\S+)\s+(\d+\.\d+\.\d+\.\d+|::1)\s/gm)].map(([, user, address]) => `${user} from ${address}`);
  const [, processed = '0', queued = '0', most = '0'] = /^\S*manager:core\S*\s+(\d+)\s+(\d+)\s+(\d+)/m.exec(taskprocessors) ?? [];
  const [, seconds = '0'] = /^System uptime: (\d+)/m.exec(uptime) ?? [];
  const rate = Number(seconds) === 0 ? '' : ` (${(Number(processed) / Number(seconds)).toFixed(1)} a second)`;
  const says = `${users.length === 0 ? 'nobody is' : `${some(users)} ${users.length === 1 ? 'is' : 'are'}`} connected over AMI; ${processed} events so far${rate}, ${queued} wait, at most ${most} did`;
  return Number(queued) > 1000
    ? ill('programs', says, 'A program reads its events too slowly: give its user in the model fewer classes in `read`.')
    : well('programs', says);
}

const MANY_REFUSALS = 20;

function attackers({ refused }: Facts): Symptom {
  const from = [...refused.matchAll(/^\s*(\d+) (\S+)$/gm)].map(([, n, address]) => ({ n: Number(n), address: address ?? '' }));
  const many = from.filter(({ n }) => n >= MANY_REFUSALS);
  if (many.length === 0)
    return well('refused', from.length === 0 ? 'nobody was refused' : `few: ${some(from.map((r) => `${r.address} ${r.n} times`))}`);
  return watch(
    'refused',
    some(many.map((r) => `${r.address} ${r.n} times`)),
    'A telephone with an old password, or somebody who tries: the package brings a jail for fail2ban.',
  );
}
