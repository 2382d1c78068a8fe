import type { TarEntry } from '../../engine/container.ts';
import { TIME_DIALPLAN } from '../calls/clock.ts';
import { CUSTOM_DIALPLAN, contextsOfSite, intoDialplan } from '../calls/into.ts';
import { shortWaits } from '../calls/short-wait.ts';
import { type Carrier, hosts, isLiteralAddress } from './carriers.ts';
import type { IaxParty } from './iax.ts';

/** One change that the lab makes to the tree that will be installed. The report prints the whole list. */
export interface Change {
  readonly file: string;
  /** Text that is replaced, everywhere in the file; null: `to` is put at the end. */
  readonly from: string | null;
  readonly to: string;
  readonly because: string;
  /** Holds a secret of the lab: the report shows the reason only. */
  readonly secret?: boolean;
}

export interface OverlayInput {
  readonly files: ReadonlyMap<string, string>;
  readonly carriers: readonly Carrier[];
  readonly iax: readonly IaxParty[];
  /** By which telephones and carriers come in. */
  readonly contexts: ReadonlySet<string>;
  /** Address of the lab's mail server. */
  readonly mail: string;
  /** Address of world. */
  readonly world: string;
  readonly subnet: string;
  readonly database: string;
  readonly ami: { readonly user: string; readonly secret: string };
}

/** All that the lab changes: a short list, since what is tested shall be what is installed. */
export function overlay(o: OverlayInput): Change[] {
  return [
    ...amiUser(o),
    ...databaseHost(o),
    ...carrierAddresses(o),
    ...iaxAddresses(o),
    ...times(o),
    ...intoContexts(o),
    ...waits(o),
    ...mailRelay(o),
    ...localNetwork(o),
    ...phoneNetworks(o),
    ...withoutPassword(o),
    ...noCallFiles(o),
  ];
}

function amiUser({ ami, files }: OverlayInput): Change[] {
  const file = 'etc/asterisk/manager.conf';
  const closed = 'bindaddr = 127.0.0.1';
  return [
    // open already where a program of the site comes from another machine
    ...(files.get(file)?.includes(closed)
      ? [{ file, from: closed, to: 'bindaddr = 0.0.0.0', because: 'the lab watches the PBX over AMI from outside its container' }]
      : []),
    {
      file,
      from: null,
      secret: true,
      to: `\n[${ami.user}]\nsecret = ${ami.secret}\nread = all\nwrite = all\nwritetimeout = 10000\n`,
      because: 'an AMI user of the lab, whose secret is made for the run',
    },
  ];
}

function databaseHost({ database }: OverlayInput): Change[] {
  return [{ file: 'etc/odbc.ini', from: '127.0.0.1', to: database, because: 'the database runs in a container of its own' }];
}

function carrierAddresses({ carriers, files }: OverlayInput): Change[] {
  const changes: Change[] = [];
  for (const carrier of carriers) {
    for (const { host, address } of hosts(carrier)) {
      if (!isLiteralAddress(host)) continue;
      for (const [file, text] of files) {
        if (!file.startsWith('etc/asterisk/pjsip') || !text.includes(host)) continue;
        // several trunks may lead to one host: it is moved once
        if (changes.some((change) => change.file === file && change.from === host)) continue;
        changes.push({
          file,
          from: host,
          to: address,
          because: `the lab plays the carrier '${carrier.model.name}' at an address of its own`,
        });
      }
    }
  }
  return changes;
}

function iaxAddresses({ iax, world, files }: OverlayInput): Change[] {
  const file = 'etc/asterisk/iax.conf';
  const hosts = new Set(iax.flatMap((p) => (p.host !== null && isLiteralAddress(p.host) ? [p.host] : [])));
  return [...hosts]
    .filter((host) => files.get(file)?.includes(`host = ${host}\n`))
    .map((host) => ({
      file,
      from: `host = ${host}\n`,
      to: `host = ${world}\n`,
      because: 'the lab plays the far ends of IAX2 trunks, all at one address',
    }));
}

/** A build sends no mail before the cutover, and then by a relay of the site: in the lab it sends to the lab. */
function mailRelay({ files, mail }: OverlayInput): Change[] {
  const [voicemail, relay] = ['etc/asterisk/voicemail.conf', 'etc/msmtprc'];
  if (!files.get(relay)?.includes('\nhost localhost\n')) return [];
  const quiet = 'mailcmd = /bin/sh /etc/migrate/mail.sh\n';
  return [
    { file: relay, from: '\nhost localhost\n', to: `\nhost ${mail}\n`, because: 'a mail server of the lab takes all mail' },
    ...(files.get(voicemail)?.includes(quiet)
      ? [{ file: voicemail, from: quiet, to: MAIL_COMMAND, because: 'the lab lets voicemail send mail as after the cutover' }]
      : []),
  ];
}

/** As `migrate render --live` writes it. */
const MAIL_COMMAND = 'mailcmd = /usr/bin/msmtp --file=/etc/msmtprc --read-recipients\n';

/** A wake-up call that is ordered would ring while others are placed, where its hour is now. */
function noCallFiles({ files }: OverlayInput): Change[] {
  const [file, from] = ['etc/asterisk/modules.conf', 'load = pbx_spool.so\n'];
  if (!files.has('etc/migrate/wake-up.sh') || files.get(file)?.includes(from) !== true) return [];
  return [{ file, from, to: '', because: 'a wake-up call that is ordered in the lab rings nobody: no call file is read' }];
}

/** Calls for which the time matters are dialled with it before the number, by whoever calls. */
function times({ contexts, files }: OverlayInput): Change[] {
  const dialplan = [...files].filter(([file]) => file.startsWith('etc/asterisk/extensions'));
  const held = [...contexts].filter((context) => dialplan.some(([, text]) => text.split('\n').includes(`[${context}]`)));
  if (held.length === 0) return [];
  return [
    {
      file: 'etc/asterisk/extensions.conf',
      from: null,
      to: held.map((context) => `\n[${context}](+)\n${TIME_DIALPLAN}`).join(''),
      because: 'a call of the lab may have a time of its own, which it brings before the number: time*SECONDS*NUMBER',
    },
  ];
}

/** Where a queue sends callers whom nobody serves is called without waiting for minutes. */
function waits({ files }: OverlayInput): Change[] {
  const file = 'etc/asterisk/extensions.d/queue.conf';
  const because = 'a call of the lab may wait in a queue for seconds only: AstDB lab/wait-QUEUE has how many';
  return shortWaits(files.get(file) ?? '').map((change) => ({ file, ...change, because }));
}

/** Contexts of the site that diallers and scripts enter are entered by telephones of the lab, with a code before the number. */
function intoContexts({ files }: OverlayInput): Change[] {
  const names = contextsOfSite(files.get(CUSTOM_DIALPLAN) ?? '');
  if (names.length === 0) return [];
  return [
    {
      file: 'etc/asterisk/extensions.conf',
      from: null,
      to: `\n[from-internal](+)\n${intoDialplan(names)}`,
      because: 'a call of the lab may begin in a context that only a dialler enters: at*CODE*NUMBER',
    },
  ];
}

/** Behind a router the PBX tells the outside another address of its own: the lab is not the outside. */
function localNetwork({ files, subnet }: OverlayInput): Change[] {
  const file = 'etc/asterisk/pjsip.conf';
  const lines = new Set(files.get(file)?.match(/^external_media_address = .*\n/gm));
  return [...lines].map((line) => ({
    file,
    from: line,
    to: `${line}local_net = ${subnet}\n`,
    because: 'telephones and carriers of the lab are reached without the public address',
  }));
}

/** Telephones in the lab have the lab's addresses: a network of the site that is permitted gets the lab's beside it. */
function phoneNetworks({ files, subnet }: OverlayInput): Change[] {
  const changes = new Map<string, Change>();
  for (const [file, text] of files) {
    if (!/^etc\/asterisk\/(pjsip|iax)/.test(file)) continue;
    for (const [line, , network] of text.matchAll(/^([a-z_/]*permit\s*=\s*)(\S+)$/gm)) {
      if (network === undefined || /^0\.0\.0\.0\/(0|0\.0\.0\.0)$/.test(network)) continue;
      changes.set(`${file} ${line}`, {
        file,
        from: `${line}\n`,
        to: `${line},${subnet}\n`,
        because: 'this telephone may only register from a network of the site; the lab adds its own',
      });
    }
    // denied, and permitted from nowhere: the line after it tells that no permit follows
    for (const [lines, prefix, deny] of text.matchAll(/^([a-z_/]*)(deny\s*=\s*)\S+\n(?!\1(?:permit|deny)\b).*$/gm)) {
      const [denied = '', next = ''] = lines.split('\n');
      changes.set(`${file} ${lines}`, {
        file,
        from: `${lines}\n`,
        to: `${denied}\n${prefix}${deny?.replace('deny', 'permit')}${subnet}\n${next}\n`,
        because: 'this telephone is shut to everybody; the lab lets its own in',
      });
    }
  }
  return [...changes.values()];
}

/** Known to the lab's own telephones alone, for those that the site gave no password. */
export const LAB_PASSWORD = 'of-the-lab';

function withoutPassword({ files }: OverlayInput): Change[] {
  const file = 'etc/asterisk/pjsip_wizard.conf';
  const [from] = /^inbound_auth\/password_digest = .*\n/m.exec(files.get(file) ?? '') ?? [];
  const because = 'a telephone without a password can register nowhere; in the lab it has one';
  return from === undefined ? [] : [{ file, from, to: `inbound_auth/password = ${LAB_PASSWORD}\n`, because }];
}

/** An address stands for itself alone: 192.0.2.7 is no part of 192.0.2.77. */
function replaced(text: string, from: string, to: string): string {
  if (!isLiteralAddress(from) || from.includes(':')) return text.replaceAll(from, () => to);
  return text.replace(new RegExp(`(?<![\\d.])${from.replaceAll('.', '\\.')}(?![\\d.])`, 'g'), () => to);
}

/** Applies the changes. A change that finds nothing to change is returned: a lab that silently differs is worse than none. */
export function applyOverlay(entries: readonly TarEntry[], changes: readonly Change[]): { entries: TarEntry[]; unused: Change[] } {
  const used = new Set<Change>();
  const changed = entries.map((entry) => {
    const mine = changes.filter((c) => c.file === entry.path);
    if (mine.length === 0 || entry.content === null) return entry;
    let text = Buffer.from(entry.content).toString('utf8');
    for (const change of mine) {
      const before = text;
      text = change.from === null ? text + change.to : replaced(text, change.from, change.to);
      if (text !== before) used.add(change);
    }
    return { ...entry, content: Buffer.from(text) };
  });
  return { entries: changed, unused: changes.filter((c) => !used.has(c)) };
}
