import type { AmiEvent } from '../../asterisk/ami.ts';
import type { Iax2Device } from '../../model/device.ts';
import type { Model } from '../../model/kinds.ts';
import { type Ref, ref } from '../../model/ref.ts';
import type { Trunk } from '../../model/trunk.ts';
import { isLiteralAddress } from '../lab/carriers.ts';
import { type Config, setting } from './asked.ts';
import { defineCheck, differing, type Mismatch, missing, tooMuch } from './mismatch.ts';

type Iax2Trunk = Extract<Trunk, { technology: 'iax2' }>;

/** IAX2 telephones and trunks: all of the model and no others, each with its address, context and secret. */
export const iaxCheck = defineCheck(async ({ list, config, text }, model) => {
  const peers = new Map((await list('IAXpeerlist')).map((e) => [e['ObjectName'] ?? '', e]));
  const file = await config('iax.conf');
  const found: Mismatch[] = [];
  for (const [id, device] of Object.entries(model.device)) {
    if (device.technology !== 'iax2') continue;
    const held = peers.get(id);
    if (held === undefined) found.push(missing(ref('device', id), 'IAX2 peer'));
    else found.push(...telephone(model, file, ref('device', id), device, held));
    peers.delete(id);
  }
  for (const [id, trunk] of Object.entries(model.trunk)) {
    if (trunk.technology !== 'iax2' || trunk.host === null) continue;
    const about = ref('trunk', id);
    const held = peers.get(trunk.peer);
    if (held !== undefined) found.push(...(trunk.disabled ? [tooMuch(about, 'IAX2 peer')] : carrier(model, file, about, trunk, held)));
    else if (!trunk.disabled) found.push(missing(about, 'IAX2 peer'));
    peers.delete(trunk.peer);
  }
  found.push(...registrations(model, await text('iax_registration.conf')));
  return [...found, ...[...peers.keys()].map((name) => tooMuch(ref('settings', 'pbx'), `IAX2 peer ${name}`))];
});

function telephone(model: Model, file: Config, about: Ref, device: Iax2Device, held: AmiEvent): Mismatch[] {
  const { id } = about;
  const option = (key: string, otherwise = ''): string => setting(file, id, key) ?? otherwise;
  const owner = device.extension === null ? undefined : model.extension[device.extension];
  return [
    ...secret(about, option('secret'), model.secrets[`device/${id}/iax2`]),
    ...(owner === undefined ? [] : callerId(about, option('callerid'), owner.name, owner.callerIdNumber ?? device.extension ?? '')),
    ...differing(about, {
      context: [device.context, option('context')],
      'may register': [device.host === null, held['Dynamic']],
      mailbox: [device.mailbox ?? '', option('mailbox')],
      ...(option('secret') === '' ? {} : { 'how its secret is sent': ['md5', option('auth', 'md5,plaintext')] as const }),
      'calls leave the PBX': [device.transfer, option('transfer', 'yes')],
      'asks for a call token': [device.requireCallToken, option('requirecalltoken', 'yes')],
      'is asked whether it is there': [device.qualify, option('qualify', 'no')],
      'account code': [device.accountCode ?? '', option('accountcode')],
    }),
  ];
}

function carrier(model: Model, file: Config, about: Ref, trunk: Iax2Trunk, held: AmiEvent): Mismatch[] {
  const option = (key: string, otherwise = ''): string => setting(file, trunk.peer, key) ?? otherwise;
  const inbound = trunk.inboundUser;
  return [
    ...secret(about, option('secret'), model.secrets[`trunk/${about.id}/outbound`]),
    ...(inbound === null ? [] : secret(about, setting(file, inbound, 'secret'), model.secrets[`trunk/${about.id}/inbound`])),
    ...differing(about, {
      'user name': [trunk.username ?? '', option('username')],
      'is asked whether it is there': [trunk.qualify, option('qualify', 'no')],
      ...(option('secret') === '' ? {} : { 'how its secret is sent': ['md5', option('auth', 'md5,plaintext')] as const }),
      // one that is given by its number is moved into the lab
      ...(trunk.host === null || isLiteralAddress(trunk.host) ? {} : { address: [trunk.host, option('host')] }),
      'many calls in one packet': [trunk.trunkMode, held['Trunk']],
      context: [trunk.context, setting(file, inbound ?? trunk.peer, 'context')],
    }),
  ];
}

/** `register => user:secret@host:port`, a line each. One that such a line cannot hold is a finding of render. */
function registrations(model: Model, text: string): Mismatch[] {
  const lines = new Set([...text.matchAll(/^register *=> *(.*)$/gm)].map((m) => (m[1] as string).replaceAll('\\;', ';')));
  const found = Object.entries(model.trunk).flatMap(([id, trunk]) => {
    if (trunk.technology !== 'iax2' || trunk.disabled) return [];
    return trunk.registrations.flatMap((r, i) => {
      const secret = model.secrets[`trunk/${id}/registration/${i}`] ?? '';
      if (/[:@\s]/.test(r.user + secret) || !/^[\w.-]+$/.test(r.host)) return [];
      const host = r.port === null ? r.host : `${r.host}:${r.port}`;
      return lines.delete(`${r.user}${secret === '' ? '' : `:${secret}`}@${host}`)
        ? []
        : [missing(ref('trunk', id), `registration ${r.user} at ${host}, with its secret`)];
    });
  });
  return [
    ...found,
    ...(lines.size > 0 && found.length === 0 ? [tooMuch(ref('settings', 'pbx'), 'registration in iax_registration.conf')] : []),
  ];
}

function callerId(about: Ref, held: string, name: string, number: string): Mismatch[] {
  const written = `"${name.replaceAll(/["\\]/g, '\\$&')}" <${number}>`;
  return held === written ? [] : [{ about, what: 'caller id', expected: written, held }];
}

function secret(about: Ref, held: string | null, expected: string | undefined): Mismatch[] {
  if (expected === undefined || held === expected) return [];
  return [{ about, what: 'secret', expected: 'the one of the model', held: 'another' }];
}
