import { isEverybody } from '../asterisk/network.ts';
import type { Device } from '../model/device.ts';
import type { KeywordRows } from './keyword-rows.ts';
import type { Source } from './reader.ts';
import { ownCodecs, readPjsipPeer, readSipPeer } from './sip-option.ts';
import { isOn } from './source.ts';

type Common = 'extension' | 'fixed' | 'description' | 'emergencyCallerId' | 'technology';
type Own<T extends Device['technology']> = Omit<Extract<Device, { technology: T }>, Common>;
type Lamp = (text: string) => string | null;

/** @param isPjsip It is one of IssabelPBX's own PJSIP, whose page names some options as pjsip.conf does. */
export function readSipDevice(
  source: Source,
  o: KeywordRows,
  id: string,
  lamp: Lamp,
  told: (what: string) => void,
  isPjsip = false,
): Own<'sip'> {
  const username = o.text('defaultuser', 'username');
  return {
    context: o.text('context') || 'from-internal',
    ...(isPjsip ? readPjsipPeer(source, o, told) : readSipPeer(source, o, told)),
    callGroup: o.text('callgroup'),
    pickupGroup: o.text('pickupgroup'),
    ...networks(o),
    username: username === '' || username === id ? null : username,
    host: fixedHost(o, '5060'),
    subscribeContext: o.text('subscribecontext', 'subscribe_context') || null,
    mailbox: lamp(o.text('mailbox')),
  };
}

export function readIaxDevice(source: Source, o: KeywordRows, id: string, lamp: Lamp): Own<'iax2'> {
  const username = o.text('username');
  const token = o.text('requirecalltoken').toLowerCase();
  return {
    context: o.text('context') || 'from-internal',
    ...networks(o),
    host: fixedHost(o, '4569'),
    username: username === '' || username === id ? null : username,
    codecs: ownCodecs(source, o),
    qualify: isQualified(o),
    transfer: transfer(o),
    requireCallToken: token === 'no' || token === 'auto' ? token : 'yes',
    accountCode: o.text('accountcode') || null,
    mailbox: lamp(o.text('mailbox')),
  };
}

export function readDahdiDevice(o: KeywordRows, dial: string, lamp: Lamp): Own<'dahdi'> {
  return {
    context: o.text('context') || 'from-internal',
    // 'DAHDI/5' or, from before 2008, 'ZAP/5'
    channel: o.text('channel') || (/^(?:DAHDI|ZAP)\/([^/]+)/i.exec(dial)?.[1] ?? ''),
    signalling: o.text('signalling'),
    mailbox: lamp(o.text('mailbox')),
  };
}

/** Deny all and permit all is what the device page writes for "no limit". */
function networks(o: KeywordRows): { deny: string[]; permit: string[] } {
  const [deny, permit] = [o.list('deny'), o.list('permit')];
  return permit.some(isEverybody) ? { deny: [], permit: [] } : { deny, permit };
}

/** 'dynamic' is a telephone that registers. Its port is then the one it registers from. */
function fixedHost(o: KeywordRows, usualPort: string): string | null {
  const [host, port] = [o.text('host'), o.text('port')];
  if (host === '' || host.toLowerCase() === 'dynamic') return null;
  return !/^\d{1,5}$/.test(port) || port === usualPort ? host : `${host}:${port}`;
}

export function isQualified(o: KeywordRows): boolean {
  const text = o.text('qualify').toLowerCase();
  return text !== '' && text !== 'no' && text !== '0';
}

/** 2.8 wrote notransfer=yes, later generations transfer=no. */
function transfer(o: KeywordRows): 'yes' | 'no' | 'mediaonly' {
  const text = o.text('transfer').toLowerCase();
  const old = o.text('notransfer').toLowerCase();
  if (text === 'mediaonly' || old === 'mediaonly') return 'mediaonly';
  if (text !== '') return isOn(text) ? 'yes' : 'no';
  return isOn(old) ? 'no' : 'yes';
}
