import { finding } from '../finding.ts';
import { type Ref, refText } from '../model/ref.ts';
import type { Registration, Trunk } from '../model/trunk.ts';
import { isQualified } from './device-technology.ts';
import type { KeywordRows } from './keyword-rows.ts';
import type { Notes, Row, Source } from './reader.ts';
import { parseRegistration } from './registration-line.ts';
import { ownCodecs, readSipPeer } from './sip-option.ts';
import { isOn, wholeNumber } from './source.ts';
import type { TrunkRows } from './trunk.ts';

type Common =
  | 'technology'
  | 'name'
  | 'disabled'
  | 'continueOnFailure'
  | 'callerId'
  | 'callerIdPolicy'
  | 'maxChannels'
  | 'dialPrefix'
  | 'dialRules';
/** What a trunk of a technology has beside what all trunks have. */
export type Own<T extends Trunk['technology']> = Omit<Extract<Trunk, { technology: T }>, Common>;
type Option = { name: string; value: string };

/** Options that say no more than the trunk itself does. */
const SAID = ['account', 'type', 'disallow', 'allow'];

/** A SIP trunk from its PEER details (calls out), USER details (calls in) and registration. */
export function readSipTrunk(source: Source, notes: Notes, rows: TrunkRows, about: Ref): Own<'sip'> {
  const { peer, user } = rows;
  const told = (what: string) =>
    notes.finding(finding('TRUNK_APPROXIMATED', { about, where: `sip tr-peer-${rows.id}`, means: `${what}.` }));
  const secret = peer.text('secret', 'remotesecret');
  const host = peer.text('host');
  const common = readSipPeer(source, peer, told);
  for (const name of SAID) [peer, user].map((o) => o.text(name));
  const trunk = {
    ...common,
    peer: peer.text('account') || rows.channel,
    host: hostOf(notes, host, about),
    port: wholeNumber(peer.text('port')),
    addresses: [],
    username: peer.text('defaultuser', 'username') || null,
    fromUser: peer.text('fromuser') || null,
    fromDomain: peer.text('fromdomain') || null,
    outboundProxy: peer.text('outboundproxy') || null,
    acceptsUnauthenticated: acceptsUnauthenticated(peer, secret),
    inboundUser: inboundUser(rows),
    context: inboundContext(rows),
    registrations: registrations(notes, rows, secret, about),
    lines: [],
    otherOptions: [] as Option[],
  };
  keepSecrets(notes, rows, secret);
  return { ...trunk, otherOptions: otherOptions(notes, rows, about) };
}

/** An IAX trunk. */
export function readIaxTrunk(source: Source, notes: Notes, rows: TrunkRows, about: Ref): Own<'iax2'> {
  const { peer, user } = rows;
  const secret = peer.text('secret');
  const host = peer.text('host');
  for (const name of SAID) [peer, user].map((o) => o.text(name));
  const trunk = {
    peer: peer.text('account') || rows.channel,
    host: hostOf(notes, host, about),
    username: peer.text('username') || null,
    inboundUser: iaxUser(rows),
    context: inboundContext(rows),
    trunkMode: isOn(peer.text('trunk')),
    qualify: isQualified(peer),
    codecs: ownCodecs(source, peer),
  };
  keepSecrets(notes, rows, secret);
  return { ...trunk, registrations: registrations(notes, rows, secret, about), otherOptions: otherOptions(notes, rows, about) };
}

/**
 * chan_sip asks a peer for a password where it has one and insecure= does not say invite; 'very' is 1.4's word for port,invite.
 * A peer without a secret is never asked.
 */
function acceptsUnauthenticated(peer: KeywordRows, secret: string): boolean {
  const insecure = peer.list('insecure').map((word) => word.toLowerCase());
  return insecure.includes('invite') || insecure.includes('very') || (secret === '' && peer.text('md5secret') === '');
}

/** USER details win where both name one: a call is first looked up by its From name. FreePBX adds from-trunk-... where none does. */
function inboundContext(rows: TrunkRows): string {
  const [ofUser, ofPeer] = [rows.user.text('context'), rows.peer.text('context')];
  return ofUser || ofPeer || 'from-trunk';
}

function inboundUser(rows: TrunkRows): string | null {
  if (rows.user.rows.length === 0) return null;
  const name = rows.user.text('account') || rows.userContext;
  return name === '' || name === (rows.peer.text('account') || rows.channel) ? null : name;
}

/** chan_iax2 lets in whoever names a section of type user or friend; one of type peer is called, and lets nobody in. */
function iaxUser(rows: TrunkRows): string | null {
  const isFriend = rows.user.rows.length > 0 || /^(?:friend|user)$/i.test(rows.peer.text('type'));
  return inboundUser(rows) ?? (isFriend ? rows.peer.text('account') || rows.channel : null);
}

function keepSecrets(notes: Notes, rows: TrunkRows, secret: string): void {
  if (secret !== '') notes.secret(`trunk/${rows.id}/outbound`, secret);
  const inbound = rows.user.text('secret');
  if (inbound !== '') notes.secret(`trunk/${rows.id}/inbound`, inbound);
}

function registrations(notes: Notes, rows: TrunkRows, secret: string, about: Ref): Registration[] {
  const found: Registration[] = [];
  for (const row of rows.registrations) {
    const line = parseRegistration(row.text('data'), secret);
    if (line === null) {
      notes.finding(
        finding('TRUNK_REGISTRATION_UNREADABLE', {
          about,
          where: `${row.table} ${row.key}`,
          means: 'The line by which the trunk registers cannot be read: the carrier would send no calls.',
        }),
      );
      continue;
    }
    if (line.secret !== '') notes.secret(`trunk/${rows.id}/registration/${found.length}`, line.secret);
    found.push(line.registration);
    notes.carried(row, about);
  }
  return found;
}

/** Holds a secret, wherever it stands. */
const SECRET_OPTION = /secret|password|^auth$|key$/;

/** What has no place of its own is kept as it stands, values joined by '&' one by one. Says of each row what became of it. */
export function otherOptions(notes: Notes, rows: TrunkRows, about: Ref): Option[] {
  const options: Option[] = [];
  for (const [who, o] of [
    ['outbound', rows.peer],
    ['inbound', rows.user],
  ] as const) {
    for (const row of o.rows) {
      const [name, data] = [row.text('keyword').toLowerCase(), row.text('data').trim()];
      notes.carried(row, about);
      if (o.wasUsed(row) || data === '') continue;
      if (SECRET_OPTION.test(name)) notes.secret(`trunk/${rows.id}/${who}/${name}`, data);
      else options.push(...keptOptions(row, name, data, who));
    }
  }
  return options;
}

/** A USER detail that PEER details have as well is marked, so that both can be told apart. */
function keptOptions(row: Row, name: string, data: string, who: 'outbound' | 'inbound'): Option[] {
  const values = name === 'deny' || name === 'permit' || name === 'setvar' ? data.split('&') : [data];
  return values.map((value) => ({ name: who === 'inbound' ? `user:${row.text('keyword')}` : name, value: value.trim() }));
}

/** 'dynamic': the far end registers here. */
export function hostOf(notes: Notes, host: string, about: Ref): string | null {
  if (host === '') {
    const means = 'The trunk names no host: no call goes out by it, here as on the old box.';
    notes.finding(finding('TRUNK_WITHOUT_HOST', { about, where: refText(about), means }));
  }
  return host === '' || host.toLowerCase() === 'dynamic' ? null : host;
}
