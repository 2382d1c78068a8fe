import { createHash } from 'node:crypto';
import { parseAstDbText } from '../../box/astdb.ts';

/** Where a telephone said that it is. */
export interface Contact {
  /** Name of the telephone, of its AOR as well. */
  readonly device: string;
  /** 'sip:101@192.0.2.7:5060' */
  readonly uri: string;
  readonly expirySeconds: number;
}

/**
 * Contacts that an old Asterisk keeps of its telephones, from what `database show SIP/Registry` prints: `/SIP/Registry/101 : 192.0.2.7:5060:3600:101:sip:101@192.0.2.7:5060`.
 * The address that the packet came from is taken, not what the telephone said of itself: behind a router that leads nowhere.
 * Source: chan_sip.c, parse_register_contact and reg_source_db.
 */
export function contactsOf(text: string): Contact[] {
  return parseAstDbText(Buffer.from(text)).flatMap(({ family, key, value }) => {
    const device = /^Registry\/(.+)$/.exec(key)?.[1];
    const [, address, port, expiry, user, said] = /^(\d+\.\d+\.\d+\.\d+):(\d+):(\d+):([^:]*):(.*)$/.exec(value) ?? [];
    if (family !== 'SIP' || device === undefined || address === undefined || said === undefined) return [];
    const named = /^sips?:([^@;>]+)@/.exec(said)?.[1] ?? user ?? '';
    const parameters = /;transport=(tcp|tls)/i.exec(said)?.[0] ?? '';
    const uri = `sip:${named === '' ? device : named}@${address}:${port}${parameters}`;
    return /[\s"\\]/.test(uri) ? [] : [{ device, uri, expirySeconds: Number(expiry) }];
  });
}

/**
 * Contacts that the new PBX does not know better: a pilot has registered with it, while the old PBX still has the place where the telephone was.
 * @param status what `pbx-config status` prints. @param held what `database show registrar/contact` prints on the new PBX
 */
export function contactsToGive(contacts: readonly Contact[], status: string, held: string): Contact[] {
  const pilots = (/^pilots: (.*)$/m.exec(status)?.[1] ?? '').split(' ');
  const registered = new Set([...held.matchAll(/^\/registrar\/contact\/([^;]+);@/gm)].map(([, device]) => device));
  return contacts.filter(({ device }) => !pilots.includes(device) || !registered.has(device));
}

/** The row of AstDB by which Asterisk 22 knows a contact (sorcery's own form, res_pjsip/location.c): the telephone is called there until it registers anew. */
export function contactRow({ device, uri }: Contact, until: Date): { family: string; key: string; value: string } {
  const fields = {
    uri,
    endpoint: device,
    expiration_time: String(Math.floor(until.getTime() / 1000)),
    prune_on_boot: 'no',
    qualify_frequency: '0',
    qualify_timeout: '3.000000',
    authenticate_qualify: 'no',
    user_agent: '',
    path: '',
    outbound_proxy: '',
    reg_server: '',
    via_addr: '',
    via_port: '0',
    call_id: '',
  };
  const hash = createHash('md5').update(uri).digest('hex');
  return { family: 'registrar/contact', key: `${device};@${hash}`, value: JSON.stringify(fields) };
}
