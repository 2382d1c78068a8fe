import { TIME_DIALPLAN } from '../calls/clock.ts';
import { intoDialplan } from '../calls/into.ts';
import { type Carrier, hosts, isLiteralAddress } from '../lab/carriers.ts';
import type { IaxParty } from '../lab/iax.ts';
import type { Change } from '../lab/overlay.ts';
import { meetmeStandIn } from './meetme.ts';

export interface Adapting {
  /** The box's files by path, 'etc/asterisk/sip.conf'. */
  readonly files: ReadonlyMap<string, string>;
  /** Names of contexts that the box's dialplan has. */
  readonly contexts: ReadonlySet<string>;
  /** Contexts of the site that the lab's calls may begin in. */
  readonly into: readonly string[];
  readonly carriers: readonly Carrier[];
  readonly iax: readonly IaxParty[];
  /** Address of world. */
  readonly world: string;
  readonly subnet: string;
  readonly ami: { readonly user: string; readonly secret: string };
}

/**
 * What must change in the box's /etc/asterisk for its clone to run in the lab, and no more: Asterisk 16 of Debian in place of CentOS's, networks and
 * carriers of the lab, an account for the lab to watch by. A file that is not there yet is made.
 */
export function adaptations(o: Adapting): Change[] {
  return [
    ...directories(o.files),
    ...modules(o.files),
    ...managerUser(o),
    ...whole(o.files, 'logger.conf', LOGGER, 'the lab reads what Asterisk complains of; the logs as they were slow every call down'),
    ...whole(o.files, 'cdr_manager.conf', CDR_EVENTS, 'the lab reads call records over AMI; there is no database of the old box'),
    ...networks(o),
    ...carrierAddresses(o),
    ...ownNumbers(o),
    ...queueCircle(o.files),
    ...toneZone(o.files),
    ...meetmeStandIn(o.files),
  ];
}

const ETC = 'etc/asterisk/';

const DIRECTORIES = `[directories]
astetcdir => /etc/asterisk
astmoddir => /usr/lib/asterisk/modules
astvarlibdir => /var/lib/asterisk
astdbdir => /var/lib/asterisk
astkeydir => /var/lib/asterisk
astdatadir => /var/lib/asterisk
astagidir => /var/lib/asterisk/agi-bin
astspooldir => /var/spool/asterisk
astrundir => /var/run/asterisk
astlogdir => /var/log/asterisk
`;

function directories(files: Adapting['files']): Change[] {
  const file = `${ETC}asterisk.conf`;
  const text = files.get(file) ?? '';
  const [section] = /^\[directories\].*\n?(?:(?!\[).*\n?)*/m.exec(text) ?? [];
  const because = "Debian's Asterisk keeps its modules elsewhere, and ends at once where it does not find its documentation";
  const limits = lines(text, /^(?:maxcalls|maxload|minmemfree|runuser|rungroup|nofork|console|highpriority)\s*=.*$/gm);
  return [
    { file, from: section ?? null, to: DIRECTORIES, because },
    ...limits.map((line) => disabled(file, line, 'limits and the account are those of the lab')),
  ];
}

/** What Debian's Asterisk brings and an old box does not have: it would take the telephones' port, or only complain. */
const NOT_LOADED = ['chan_pjsip', 'chan_skinny', 'chan_unistim', 'chan_mgcp', 'chan_dahdi', 'cdr_mysql', 'cdr_csv'];
/** What was a part of others once, or is the lab's: a box that names its modules knows nothing of them. */
const LOADED = [
  'chan_bridge_media',
  'bridge_simple',
  'bridge_softmix',
  'bridge_holding',
  'bridge_builtin_features',
  'cdr_manager',
  'func_uri',
  // the lab's stand-ins for prompts
  'format_pcm',
];

function modules(files: Adapting['files']): Change[] {
  const file = `${ETC}modules.conf`;
  const text = files.get(file);
  const own = [...LOADED.map((m) => `load => ${m}.so\n`), ...NOT_LOADED.map((m) => `noload => ${m}.so\n`)].join('');
  if (text === undefined) {
    return [
      { file, from: null, to: `[modules]\nautoload = yes\n${own}`, because: 'the source has no modules.conf: all modules are loaded' },
    ];
  }
  const required = lines(text, /^require\s*=.*$/gm);
  return [
    { file, from: null, to: `\n${own}`, because: 'modules of Asterisk 16 that an old box does not know of' },
    ...required.map((line) => ({
      file,
      from: line,
      to: line.replace('require', 'load'),
      because: 'Asterisk 16 may have this module no more, and is to start without it',
    })),
  ];
}

function managerUser({ files, ami }: Adapting): Change[] {
  const file = `${ETC}manager.conf`;
  const text = files.get(file) ?? '';
  const because = 'the lab watches the PBX over AMI from outside its container';
  const general = 'enabled = yes\nport = 5038\nbindaddr = 0.0.0.0\ntimestampevents = no\n';
  const [header] = /^\[general\].*$/m.exec(text) ?? [];
  const set = lines(text, /^(?:enabled|port|bindaddr|timestampevents|channelvars)\s*=.*$/gm);
  const user = `\n[${ami.user}]\nsecret = ${ami.secret}\nread = all\nwrite = all\nwritetimeout = 60000\n${FILTERS}`;
  return [
    ...set.map((line) => disabled(file, line, because)),
    header === undefined
      ? { file, from: null, to: `[general]\n${general}`, because }
      : { file, from: header, to: `${header}\n${general}`, because },
    { file, from: null, to: user, because: 'an AMI user of the lab, whose secret is made for the run', secret: true },
  ];
}

/** Events that the lab reads, and no others: old dialplan sets a hundred variables a call. */
const FILTERS =
  'eventfilter = ^Event: (New(channel|exten)|Hangup|TestEvent|MusicOnHoldStart|(Mix)?MonitorStart|DTMFEnd|Confbridge|Bridge(Enter|Leave)|Cdr|OriginateResponse)\n';

const LOGGER = `[general]
dateformat = %F %T
[logfiles]
console => warning,error
messages => notice,warning,error
`;

const CDR_EVENTS = `[general]
enabled = yes
[mappings]
did => did
recordingfile => recordingfile
`;

/** Another file in place of the box's own. */
function whole(files: Adapting['files'], name: string, to: string, because: string): Change[] {
  const file = ETC + name;
  const text = files.get(file) ?? '';
  return [{ file, from: text === '' ? null : text, to, because }];
}

/** Telephones and carriers have addresses of the lab. */
function networks({ files, subnet }: Adapting): Change[] {
  const changes: Change[] = [];
  for (const [file, text] of peerFiles(files)) {
    for (const line of lines(text, /^(?:(?:udp|tcp|tls)?bindaddr)\s*=>?\s*[^\s;]+.*$/gm)) {
      const to = line.replace(/(=>?\s*)[^\s;:]+/, '$10.0.0.0');
      if (to !== line) changes.push({ file, from: line, to, because: 'the address of the old box is not in the lab' });
    }
    for (const line of lines(text, /^(?:contact)?permit\s*=.*$/gm)) {
      if (/=>?\s*0\.0\.0\.0\/(0|0\.0\.0\.0)\s*(?:;.*)?$/.test(line)) continue;
      const to = `${line}\npermit=${subnet}\n`;
      changes.push({
        file,
        from: `${line}\n`,
        to,
        because: 'this telephone may only register from a network of the site; the lab adds its own',
      });
    }
  }
  const sip = `${ETC}sip.conf`;
  const [header] = /^\[general\].*$/m.exec(files.get(sip) ?? '') ?? [];
  const own = `localnet = ${subnet}\ntcpenable = yes\n`;
  const because = 'telephones and carriers of the lab are reached without the public address, those that may use TCP by it';
  if (header !== undefined) changes.push({ file: sip, from: header, to: `${header}\n${own}`, because });
  return changes;
}

function carrierAddresses({ files, carriers, iax, world }: Adapting): Change[] {
  const moved = new Map<string, string>();
  for (const party of iax) if (party.host !== null && isLiteralAddress(party.host)) moved.set(party.host, world);
  for (const { host, address } of carriers.flatMap(hosts)) if (isLiteralAddress(host)) moved.set(host, address);
  return peerFiles(files).flatMap(([file, text]) =>
    [...moved].flatMap(([host, to]) =>
      text.includes(host) ? [{ file, from: host, to, because: 'the lab plays this carrier at an address of its own' }] : [],
    ),
  );
}

/** Calls for which the time matters bring it before the number; a call may begin in a context that only a dialler enters. */
function ownNumbers({ files, contexts, into }: Adapting): Change[] {
  const file = `${ETC}extensions.conf`;
  const entered = new Set(
    peerFiles(files).flatMap(([, text]) => [...text.matchAll(/^context\s*=>?\s*([^\s;]+)/gm)].map((m) => m[1] ?? '')),
  );
  const timed = [...entered, 'from-internal'].filter((name, i, all) => contexts.has(name) && all.indexOf(name) === i);
  const known = into.filter((name) => contexts.has(name));
  return [
    {
      file,
      from: null,
      to: timed.map((name) => `\n[${name}]\n${TIME_DIALPLAN}`).join(''),
      because: 'a call of the lab may have a time of its own, which it brings before the number: time*SECONDS*NUMBER',
    },
    {
      file,
      from: null,
      to: known.length === 0 ? '\n' : `\n[from-internal]\n${intoDialplan(known)}`,
      because: 'a call of the lab may begin in a context that only a dialler enters: at*CODE*NUMBER',
    },
  ];
}

/**
 * FreePBX sends an agent's leg from [from-queue] back to the queue's own entry, which has set NODEST. A queue that the site's dialplan enters by itself has not: the
 * leg then goes round in no time until the caller hangs up, and what Asterisk has to say of it filled 9 GB in minutes (tried). No agent rings either way.
 */
function queueCircle(files: Adapting['files']): Change[] {
  return [...files].flatMap(([file, text]) =>
    lines(text, /^exten\s*=>?\s*_\.,n,Goto\(\$\{NODEST\},1\)[ \t]*$/gm).map((line) => ({
      file,
      from: `${line}\n`,
      to: `exten => _.,n,ExecIf($["\${NODEST}"=""]?Hangup())\n${line}\n`,
      because:
        "an agent's leg of a queue that was entered past its own entry runs in a circle: here it ends, and no agent rings either way",
    })),
  );
}

/** A country without tones: Asterisk ends a call that is to hear one (app_playtones.c), where the old box let it hear the busy tone. */
function toneZone(files: Adapting['files']): Change[] {
  const file = `${ETC}indications.conf`;
  const text = files.get(file) ?? '';
  const country = /^country\s*=>?\s*([a-z]{2,})/m.exec(text)?.[1] ?? 'us';
  if (new RegExp(`^\\[${country}\\]`, 'm').test(text)) return [];
  const general = /^country\s*=/m.test(text) ? '' : `[general]\ncountry = ${country}\n`;
  const to = `\n${general}[${country}]\n${TONES}`;
  return [{ file, from: null, to, because: `the source has no tones of its country '${country}'; a call that is to hear one would end` }];
}

/** Tones as in ITU-T E.180: the lab hears that there is one, not which. Without a description Asterisk takes a zone for invalid (main/indications.c). */
const TONES = `description = Tones of the lab
ringcadence = 1000,4000
dial = 425
ring = 425/1000,0/4000
busy = 425/500,0/500
congestion = 425/250,0/250
callwaiting = 425/200,0/600,425/200,0/3000
dialrecall = 425/400,0/40
record = 1400/500,0/15000
info = 950/330,1400/330,1800/330,0/1000
stutter = 425/100,0/100
`;

/** Configuration of chan_sip and chan_iax2. */
function peerFiles(files: Adapting['files']): [string, string][] {
  return [...files].filter(([file]) => /^etc\/asterisk\/(?:sip|iax)[^/]*\.conf$/.test(file));
}

/** Each such line once. */
function lines(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map((m) => m[0]))];
}

function disabled(file: string, line: string, because: string): Change {
  return { file, from: `\n${line}\n`, to: `\n; ${line}\n`, because };
}
