import { isIP } from 'node:net';
import { isNetwork } from '../asterisk/network.ts';
import { finding } from '../finding.ts';
import { ref } from '../model/ref.ts';
import type { Settings } from '../model/settings.ts';
import { settingRow } from './box-setting.ts';
import type { Notes, Row, Source } from './reader.ts';
import { type SipGeneral, sipGeneral } from './sip-general.ts';
import { natMode } from './sip-option.ts';
import { isOn, wholeNumber } from './source.ts';

const PBX = ref('settings', 'pbx');

/** Options of [general] that have a place in the model; the other ones with a reason why they need none. */
const CARRIED = new Set([
  'bindport',
  'port',
  'udpbindaddr',
  'externip',
  'externhost',
  'externaddr',
  'localnet',
  'nat',
  'allow',
  'disallow',
  'language',
  'sip_language',
  'rtpstart',
  'rtpend',
  'nat_mode',
  'vmexten',
]);
const MEANINGLESS = new Set([
  'callevents',
  'context',
  'callerid',
  'useragent',
  'notifyringing',
  'notifyhold',
  'limitonpeers',
  'alwaysauthreject',
  'tos_sip',
  'tos_audio',
  'tos_video',
  'defaultexpiry',
  'minexpiry',
  'maxexpiry',
  'registertimeout',
  'registerattempts',
  'g726nonstandard',
  'externrefresh',
  'bindaddr',
  'srvlookup',
  'checkmwi',
  'notifyhold',
  'rtptimeout',
  'rtpholdtimeout',
  'rtpkeepalive',
  'canreinvite',
  'maxcallbitrate',
  'jbenable',
  'jbforce',
  'jbimpl',
  'jbmaxsize',
  'jbresyncthreshold',
  'jblog',
  'progressinband',
]);

export type Sip = NonNullable<Settings['sip']>;

/** chan_sip's [general] in the model's terms. */
export function sipSettings(source: Source, notes: Notes, base: Sip): { sip: Sip; rtp: Settings['rtp'] | null; language: string | null } {
  const general = sipGeneral(source);
  const text = (...names: string[]) => names.map((name) => general.options.get(name)?.at(-1) ?? '').find((v) => v !== '') ?? '';
  account(general, notes);
  tellGuests(source, general, notes);
  return {
    sip: {
      port: wholeNumber(text('bindport', 'port')) ?? base.port,
      externalAddress: externalAddress(notes, text('externip', 'externaddr', 'externhost')),
      localNetworks: networks(notes, general.options.get('localnet') ?? []),
      codecs: general.codecs.length > 0 ? [...general.codecs] : base.codecs,
      nat: text('nat') === '' ? base.nat : natMode(text('nat')),
      voicemailNumber: voicemailNumber(source, notes) ?? base.voicemailNumber,
    },
    rtp: portRange(notes, wholeNumber(text('rtpstart')), wholeNumber(text('rtpend'))),
    language: text('language', 'sip_language') || null,
  };
}

function unusable(notes: Notes, means: string): void {
  notes.finding(finding('SETTING_UNUSABLE', { about: PBX, where: 'sip general', means }));
}

/** An address or a name; chan_sip took a port behind it, which pjsip has an option of its own for. What is neither would cost the whole transport. */
function externalAddress(notes: Notes, text: string): string | null {
  const host = text.replace(/^([^:]+):\d+$/, '$1');
  if (host === '') return null;
  if (isIP(host) !== 0 || /^(?=.*[a-z])[\w-]+(?:\.[\w-]+)*$/i.test(host)) return host;
  unusable(
    notes,
    `The address under which the box is known outside, '${text}', is none: telephones and carriers behind a router hear nothing.`,
  );
  return null;
}

function networks(notes: Notes, held: readonly string[]): string[] {
  return held.filter((network) => {
    if (!isNetwork(network)) unusable(notes, `The local network '${network}' is none, and was not taken for local on the old box either.`);
    return isNetwork(network);
  });
}

/** Ports of speech. Of a range that is none Asterisk says "unreasonable" and takes its own (res_rtp_asterisk.c). */
export function portRange(notes: Notes, first: number | null, last: number | null): Settings['rtp'] | null {
  if (first === null || last === null) return null;
  if (first > 0 && first < last && last <= 65535) return { first, last };
  unusable(notes, `Speech was to go over the ports ${first} to ${last}, which are no range: the new box takes those of its own.`);
  return null;
}

function account(general: SipGeneral, notes: Notes): void {
  for (const row of general.rows) accountRow(row, general, notes);
  const unread = new Map<string, string[]>();
  for (const { name, where, path } of general.entries) {
    if (CARRIED.has(name.toLowerCase()) || MEANINGLESS.has(name.toLowerCase())) continue;
    unread.set(path, [...(unread.get(path) ?? []), name]);
    notes.finding(
      finding('OPTION_NOT_CARRIED', {
        about: PBX,
        where,
        means: `The SIP option '${name}' was set by hand for all telephones and trunks; the new box does not set it.`,
      }),
    );
  }
  for (const file of general.tree.files) {
    const left = unread.get(file.path);
    if (left === undefined) notes.carried(file, PBX);
    else notes.approximated(file, PBX, `without ${[...new Set(left)].join(', ')}`);
  }
  for (const problem of general.tree.problems) notes.finding(problem);
}

function accountRow(row: Row, general: SipGeneral, notes: Notes): void {
  const name = row.text('keyword').toLowerCase();
  if (/^sip_custom_(?:key|val)_\d+$/.test(name)) {
    accountPair(row, general, notes);
    return;
  }
  const isCodec = row.int('type') === 1;
  if (isCodec || CARRIED.has(name) || /^(?:localnet|netmask)_\d+$|^(?:externip|externhost)_val$/.test(name)) notes.carried(row, PBX);
  else if (MEANINGLESS.has(name)) notes.dropped(row, "the kit's own tuning takes its place");
  else if (row.text('data').trim() === '') notes.dropped(row, 'empty');
}

/** What the new box sets to this by itself. */
const SAME: ReadonlySet<string> = new Set([
  'videosupport=no',
  'allowguest=no',
  'faxdetect=no',
  'directmedia=no',
  'pedantic=no',
  'pedantic=yes',
]);

/** An option that was added by hand on the web page: its name in one row, its value in another. */
function accountPair(row: Row, general: SipGeneral, notes: Notes): void {
  const [, part = '', number = ''] = /^sip_custom_(key|val)_(\d+)$/.exec(row.text('keyword').toLowerCase()) ?? [];
  const of = (which: string) =>
    general.rows
      .find((r) => r.text('keyword').toLowerCase() === `sip_custom_${which}_${number}`)
      ?.text('data')
      .trim() ?? '';
  const [name, value] = [of('key').toLowerCase(), of('val')];
  if (name === '') notes.dropped(row, 'it is not set');
  else if (CARRIED.has(name)) notes.carried(row, PBX);
  else if (MEANINGLESS.has(name) || SAME.has(`${name}=${value.toLowerCase()}`)) notes.dropped(row, "the kit's own tuning takes its place");
  else {
    notes.dropped(row, 'the model has no place for it');
    const means = `The SIP option '${name}' was added by hand for all telephones and trunks; the new box does not set it.`;
    if (part === 'key') notes.finding(finding('OPTION_NOT_CARRIED', { about: PBX, where: `sipsettings ${row.key}`, means }));
  }
}

/** The featurecode of one's own mailbox goes to phones as the message centre: sip.conf's vmexten. */
function voicemailNumber(source: Source, notes: Notes): string | null {
  const row = source.rows('featurecodes').find((r) => r.text('modulename') === 'voicemail' && r.text('featurename') === 'myvoicemail');
  if (row === undefined || !row.flag('enabled')) return null;
  notes.carried(row, PBX);
  return row.text('customcode') || row.text('defaultcode') || null;
}

function tellGuests(source: Source, general: SipGeneral, notes: Notes): void {
  const row = settingRow(source, 'ALLOW_SIP_ANON');
  const allowed = general.options.get('allowguest')?.at(-1) ?? row?.text('value') ?? 'no';
  if (row !== null) notes.carried(row, PBX);
  if (!isOn(allowed)) return;
  notes.finding(
    finding('SIP_GUESTS_ALLOWED', {
      about: PBX,
      where: row === null ? 'sip.conf' : `${row.table} ${row.key}`,
      means:
        'The old box takes calls from anybody, without an account; the new one takes them from its trunks and telephones alone. A carrier that has no trunk of its own can no longer call in.',
    }),
  );
}
