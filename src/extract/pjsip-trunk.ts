import { type Ref, refText } from '../model/ref.ts';
import type { SipTrunk } from '../model/trunk.ts';
import type { KeywordRows } from './keyword-rows.ts';
import type { Notes, Source } from './reader.ts';
import { ownCodecs, pjsipTransport } from './sip-option.ts';
import { isOn, wholeNumber } from './source.ts';
import type { TrunkRows } from './trunk.ts';
import { hostOf, type Own, otherOptions } from './trunk-peer.ts';

/** What pjsip does by itself, or what says no more than the trunk does. */
const SAID = ['account', 'server_uri', 'inband_progress', 'support_path', 'max_retries', 'retry_interval', 'auth_rejection_permanent'];

/**
 * A trunk on IssabelPBX's own PJSIP: one list of options, `pjsip-N` of table `sip`, named as in pjsip.conf but for `server`, `match`, `codecs`, `registration` (send,
 * receive, none) and `authentication` (outbound, inbound, both, none). Source: generate_pjsip_additional and core_trunks_addTrunk of IssabelPBX's core.
 */
export function readPjsipTrunk(source: Source, notes: Notes, rows: TrunkRows, about: Ref): Own<'sip'> {
  const o = rows.peer;
  const [registration, authentication] = [o.text('registration').toLowerCase(), o.text('authentication').toLowerCase()];
  const [server, user, secret] = [o.text('server'), o.text('username') || rows.channel, o.text('secret')];
  if (secret !== '') notes.secret(`${refText(about)}/outbound`, secret);
  for (const name of SAID) o.text(name);
  const trunk = {
    ...peerOptions(source, o),
    peer: rows.channel,
    host: hostOf(notes, registration === 'receive' ? 'dynamic' : server, about),
    port: wholeNumber(o.text('port')),
    addresses: o.list('match').filter((address) => address !== server),
    username: authentication === 'outbound' || authentication === 'both' ? user : null,
    fromUser: o.text('from_user') || null,
    fromDomain: o.text('from_domain') || null,
    outboundProxy: o.text('outbound_proxy') || null,
    acceptsUnauthenticated: authentication !== 'inbound' && authentication !== 'both',
    inboundUser: null,
    context: o.text('context') || 'from-pstn',
    registrations: registration === 'send' ? [registers(notes, o, server, user, secret, about)] : [],
    lines: [],
  };
  for (const row of rows.registrations) notes.carried(row, about);
  // the page writes every option, with what switches it off
  const others = otherOptions(notes, rows, about).filter(({ value }) => !/^(?:no|none|off)$/i.test(value));
  return { ...trunk, otherOptions: others };
}

function registers(
  notes: Notes,
  o: KeywordRows,
  host: string,
  user: string,
  secret: string,
  about: Ref,
): SipTrunk['registrations'][number] {
  const transport = pjsipTransport(o);
  if (secret !== '') notes.secret(`${refText(about)}/registration/0`, secret);
  return {
    host,
    port: wholeNumber(o.text('port')),
    transport: transport === 'tcp' || transport === 'tls' ? transport : 'udp',
    user,
    domain: null,
    authUser: null,
    contactUser: o.text('contact_user') || 's',
    expirySeconds: wholeNumber(o.text('expiration')),
  };
}

const DTMF = ['rfc4733', 'inband', 'info', 'auto', 'auto_info'] as const;

function peerOptions(source: Source, o: KeywordRows) {
  const [symmetric, rewrites] = [isOn(o.text('rtp_symmetric')), isOn(o.text('rewrite_contact'))];
  const dtmf = o.text('dtmf_mode').toLowerCase();
  const frequency = wholeNumber(o.text('qualify_frequency')) ?? 0;
  const codecs = o.list('codecs').map((codec) => codec.toLowerCase());
  return {
    dtmfMode: DTMF.find((mode) => mode === dtmf) ?? 'rfc4733',
    directMedia: isOn(o.text('direct_media')) ? 'yes' : 'no',
    nat: rewrites ? 'yes' : symmetric ? 'route' : 'no',
    codecs: codecs.length > 0 ? codecs : ownCodecs(source, o),
    qualifySeconds: frequency > 0 ? frequency : null,
    qualifyTimeoutMs: null,
    transport: pjsipTransport(o),
    trustsRemotePartyId: isOn(o.text('trust_id_inbound')),
    sendsIdentity: 'no',
    encryption: o.text('media_encryption').toLowerCase() === 'sdes',
    accountCode: null,
  } as const;
}
