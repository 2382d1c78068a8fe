import type { z } from 'zod';
import type { sipPeer } from '../model/sip-peer.ts';
import type { KeywordRows } from './keyword-rows.ts';
import type { Source } from './reader.ts';
import { afterCodecLine, sipGeneral } from './sip-general.ts';
import { isOn, wholeNumber } from './source.ts';

/** What telephones and trunks have in common. */
export type SipPeer = { [K in keyof typeof sipPeer]: z.output<(typeof sipPeer)[K]> };

/** Seconds between checks where qualify is on and qualifyfreq is not set (chan_sip's default). */
const QUALIFY_SECONDS = 60;

/** Options of a peer of chan_sip in chan_pjsip's terms (ASTERISK.md, section 3). `told` hears of what has no equal. */
export function readSipPeer(source: Source, o: KeywordRows, told: (what: string) => void): SipPeer {
  const qualify = o.text('qualify').toLowerCase();
  const isChecked = qualify !== '' && qualify !== 'no' && qualify !== '0';
  const frequency = wholeNumber(o.text('qualifyfreq'));
  return {
    dtmfMode: dtmfMode(o.text('dtmfmode'), told),
    directMedia: directMedia(o.text('directmedia', 'canreinvite'), told),
    nat: o.text('nat') === '' ? null : natMode(o.text('nat')),
    codecs: ownCodecs(source, o),
    qualifySeconds: isChecked ? (frequency ?? QUALIFY_SECONDS) : null,
    // qualify=yes means 2000 ms, which pjsip's default of 3000 covers
    qualifyTimeoutMs: isChecked ? wholeNumber(qualify) : null,
    transport: transport(o, told),
    trustsRemotePartyId: isOn(o.text('trustrpid')),
    sendsIdentity: identity(o.text('sendrpid')),
    encryption: isOn(o.text('encryption')),
    accountCode: o.text('accountcode') || null,
  };
}

/** The same of IssabelPBX's own PJSIP: it has no qualify, but how often; transports and media by pjsip's names. */
export function readPjsipPeer(source: Source, o: KeywordRows, told: (what: string) => void): SipPeer {
  const frequency = wholeNumber(o.text('qualify_frequency', 'qualifyfreq')) ?? 0;
  const seconds = o.text('qualify_timeout');
  return {
    ...readSipPeer(source, o, told),
    directMedia: directMedia(o.text('direct_media'), told),
    encryption: o.text('media_encryption').toLowerCase() === 'sdes',
    transport: pjsipTransport(o),
    qualifySeconds: frequency > 0 ? frequency : null,
    qualifyTimeoutMs: /^\d+(?:\.\d+)?$/.test(seconds) && Number(seconds) !== 3 ? Number(seconds) * 1000 : null,
  };
}

/** 'transport-udp', as IssabelPBX calls its transports. */
export function pjsipTransport(o: KeywordRows): SipPeer['transport'] {
  const word = o
    .text('transport')
    .toLowerCase()
    .replace(/^transport-/, '');
  return (['udp', 'tcp', 'tls', 'ws', 'wss'] as const).find((one) => one === word) ?? 'udp';
}

function dtmfMode(text: string, told: (what: string) => void): SipPeer['dtmfMode'] {
  switch (text.toLowerCase()) {
    case '':
    case 'rfc2833':
    case 'rfc4733':
      return 'rfc4733';
    case 'inband':
    case 'info':
    case 'auto':
      return text.toLowerCase() as 'inband' | 'info' | 'auto';
    case 'shortinfo':
      told('dtmfmode=shortinfo became info');
      return 'info';
    default:
      told(`dtmfmode=${text} is no mode that Asterisk knows; rfc4733 is its default`);
      return 'rfc4733';
  }
}

function directMedia(text: string, told: (what: string) => void): SipPeer['directMedia'] {
  const words = text
    .toLowerCase()
    .split(/[,&\s]+/)
    .filter((word) => word !== '');
  if (words.length > 1) told(`directmedia=${text} became ${words.includes('nonat') ? 'nonat' : words[0]}`);
  if (words.includes('nonat')) return 'nonat';
  if (words[0] === 'update') return 'update';
  // chan_sip's own default is yes, and FreePBX's device page always writes its choice
  return words[0] === undefined ? 'no' : isOn(words[0]) ? 'yes' : 'no';
}

/**
 * nat= of Asterisk 1.4 to 11: yes, no, never, route (rport and symmetric media, without a changed contact), and 1.8's
 * words force_rport, comedia, auto_force_rport, auto_comedia.
 */
export function natMode(text: string): 'yes' | 'no' | 'route' {
  const words = text.toLowerCase().split(/[,&\s]+/);
  if (words.some((word) => word === 'yes' || /comedia$/.test(word) || word === 'auto_force_rport')) return 'yes';
  return words.includes('route') || words.includes('force_rport') ? 'route' : 'no';
}

/** Empty: the PBX's. allow without disallow=all adds to the PBX's own list. */
export function ownCodecs(source: Source, o: KeywordRows): string[] {
  const [disallow, allow] = [o.list('disallow').join(','), o.list('allow').join(',')];
  if (disallow === '' && allow === '') return [];
  const general = sipGeneral(source).codecs;
  const after = afterCodecLine(afterCodecLine(general, 'disallow', disallow), 'allow', allow);
  return after.join() === general.join() ? [] : after;
}

/** A pjsip endpoint has one transport; the first of a list is the one that chan_sip preferred. */
function transport(o: KeywordRows, told: (what: string) => void): SipPeer['transport'] {
  const words = o.list('transport').map((word) => word.toLowerCase());
  const known = words.filter((word): word is SipPeer['transport'] => ['udp', 'tcp', 'tls', 'ws', 'wss'].includes(word));
  if (known.length > 1) told(`transport=${words.join(',')} became ${known[0]}: Asterisk 22 has one transport for a telephone`);
  return known[0] ?? 'udp';
}

function identity(text: string): SipPeer['sendsIdentity'] {
  if (text.toLowerCase() === 'pai') return 'pai';
  return isOn(text) || text.toLowerCase() === 'rpid' ? 'rpid' : 'no';
}
