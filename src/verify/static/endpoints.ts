import type { AmiEvent } from '../../asterisk/ami.ts';
import { isEverybody, isNetwork } from '../../asterisk/network.ts';
import type { SipDevice } from '../../model/device.ts';
import { type Model, settingsOf } from '../../model/kinds.ts';
import { type Ref, ref } from '../../model/ref.ts';
import { namesItsCallers } from '../../model/routing.ts';
import { entryOf, type SipTrunk, trunkQualifySeconds } from '../../model/trunk.ts';
import { isLiteralAddress } from '../lab/carriers.ts';
import type { Asked, Config } from './asked.ts';
import { defineCheck, differing, type Mismatch, missing, tooMuch } from './mismatch.ts';

/** Endpoints, their AORs and how they authenticate: telephones and SIP trunks, all of the model and no others. */
export const endpointCheck = defineCheck(async (asked, model) => {
  const of: Of = {
    asked,
    model,
    codecs: new Set([...(await asked.print('core show codecs')).matchAll(/^\s*\d+\s+\w+\s+(\S+)/gm)].map((m) => m[1] as string)),
    wizard: await asked.config('pjsip_wizard.conf'),
  };
  const names = new Set((await asked.list('PJSIPShowEndpoints')).map((e) => e['ObjectName'] ?? ''));
  const found: Mismatch[] = [];
  for (const [id, device] of Object.entries(model.device)) {
    if (device.technology !== 'sip') continue;
    if (names.delete(id)) found.push(...(await telephone(of, id, device)));
    else found.push(missing(ref('device', id), 'endpoint'));
  }
  for (const [id, trunk] of Object.entries(model.trunk)) {
    if (trunk.technology !== 'sip') continue;
    const about = ref('trunk', id);
    const there = names.delete(trunk.peer);
    // calls that come in under a name of their own have an endpoint for it, where they have a password too
    if (trunk.inboundUser !== null && `trunk/${id}/inbound` in model.secrets) names.delete(trunk.inboundUser);
    if (there && trunk.disabled) found.push({ about, what: 'endpoint', expected: 'is not there', held: 'is there' });
    else if (there) found.push(...(await carrier(of, about, trunk)));
    else if (!trunk.disabled) found.push(missing(about, 'endpoint'));
  }
  return [...found, ...[...names].map((name) => tooMuch(ref('settings', 'pbx'), `endpoint ${name}`))];
});

interface Of {
  readonly asked: Asked;
  readonly model: Model;
  /** All that Asterisk knows. */
  readonly codecs: ReadonlySet<string>;
  /** Networks of telephones are told by no list. */
  readonly wizard: Config;
}

interface Held {
  readonly endpoint: AmiEvent | undefined;
  readonly aor: AmiEvent | undefined;
  readonly auths: readonly AmiEvent[];
}

async function detail(asked: Asked, name: string): Promise<Held> {
  const events = await asked.list('PJSIPShowEndpoint', { Endpoint: name });
  return {
    endpoint: events.find((e) => e['Event'] === 'EndpointDetail'),
    aor: events.find((e) => e['Event'] === 'AorDetail'),
    auths: events.filter((e) => e['Event'] === 'AuthDetail'),
  };
}

async function telephone(of: Of, id: string, device: SipDevice): Promise<Mismatch[]> {
  const { model } = of;
  const about = ref('device', id);
  const held = await detail(of.asked, id);
  const { endpoint, aor, auths } = held;
  const owner = device.extension === null ? undefined : model.extension[device.extension];
  const language = owner?.language ?? '';
  return [
    ...(owner === undefined ? [] : callerId(about, endpoint, owner.name, owner.callerIdNumber ?? device.extension ?? '')),
    ...secret(about, auths, model.secrets[`device/${id}/sip`]),
    ...common(of, about, device, held),
    ...differing(about, {
      context: [device.context, endpoint?.['Context']],
      'name to authenticate with': [device.username ?? id, auths[0]?.['Username']],
      mailbox: [device.mailbox ?? '', endpoint?.['Mailboxes']],
      'call group': [groupText(device.callGroup), groupText(endpoint?.['CallGroup'] ?? '')],
      'pickup group': [groupText(device.pickupGroup), groupText(endpoint?.['PickupGroup'] ?? '')],
      language: [language === '' ? settingsOf(model).language : language, endpoint?.['Language']],
      ...networks(of.wizard, id, device),
      'registrations at a time': [1, aor?.['MaxContacts']],
      'emergency caller id': [device.emergencyCallerId ?? '', variable(of.wizard, id, 'EMERGENCY_CALLER_ID')],
    }),
  ];
}

async function carrier(of: Of, about: Ref, trunk: SipTrunk): Promise<Mismatch[]> {
  const held = await detail(of.asked, trunk.peer);
  const { endpoint, aor, auths } = held;
  const outbound = auths.find((a) => a['ObjectName'] === endpoint?.['OutboundAuth']);
  const password = of.model.secrets[`trunk/${about.id}/outbound`];
  return [
    ...common(of, about, trunk, held),
    ...(outbound === undefined ? [] : secret(about, [outbound], password)),
    ...differing(about, {
      context: [entryOf(about.id, trunk), endpoint?.['Context']],
      ...(trunk.host === null ? {} : { 'port that it is called at': [trunk.port ?? SIP_PORT, portOf(aor?.['Contacts'] ?? '')] as const }),
      // one that is given by its number is moved into the lab
      ...(trunk.host === null || isLiteralAddress(trunk.host)
        ? {}
        : { 'address that it is called at': [trunk.host, hostOf(aor?.['Contacts'] ?? '')] as const }),
      'user in From': [trunk.fromUser ?? '', endpoint?.['FromUser']],
      'domain in From': [trunk.fromDomain ?? '', endpoint?.['FromDomain']],
      'asks who calls in for a password': [asksWhoCalls(of.model, about.id, trunk), (endpoint?.['Auth'] ?? '') === '' ? 'no' : 'yes'],
      ...(outbound === undefined || trunk.username === null
        ? {}
        : { 'name to authenticate with': [trunk.username, outbound['Username']] as const }),
    }),
  ];
}

/** One that registers here, or does not say that anybody may call in; calls under a name of their own have an endpoint of that name. */
function asksWhoCalls({ secrets }: Model, id: string, { host, peer, inboundUser, acceptsUnauthenticated }: SipTrunk): boolean {
  if (!(`trunk/${id}/outbound` in secrets)) return false;
  const hasOwnName = inboundUser !== null && inboundUser !== peer && `trunk/${id}/inbound` in secrets;
  return host === null || (!acceptsUnauthenticated && !hasOwnName);
}

/** 'beeline-ip/sip:198.51.100.20:5062,...': 5062. */
function portOf(contacts: string): string {
  return /sips?:[^,;]*:(\d+)/.exec(contacts)?.[1] ?? String(SIP_PORT);
}

/** The same: '198.51.100.20'. */
function hostOf(contacts: string): string {
  return /sips?:(?:[^@,;]*@)?([^:,;]+)/.exec(contacts)?.[1] ?? '';
}

const SIP_PORT = 5060;

/**
 * From where a telephone may register and call; the lab permits its own network beside those of the site, and alone where there are none. What is no network
 * denies everybody, or permits nobody.
 */
function networks(wizard: Config, id: string, device: SipDevice): Record<string, readonly [string, string]> {
  const held = (key: string): string[] => (wizard.get(id) ?? []).filter(([name]) => name === `endpoint/${key}`).map(([, value]) => value);
  const permitted = held('permit').map((value) => value.split(',')[0] ?? '');
  const [deny, permit] = device.permit.some(isEverybody) ? [[], []] : [device.deny, device.permit.filter(isNetwork)];
  const ofTheLab = permit.length === 0 && deny.length > 0 ? 1 : 0;
  return {
    'may not come from': [deny.map((n) => (isNetwork(n) ? n : '0.0.0.0/0.0.0.0')).join(', '), held('deny').join(', ')],
    'may come from': [permit.join(', '), permitted.slice(ofTheLab).join(', ')],
  };
}

/** What calls from a telephone bring along. */
function variable(wizard: Config, id: string, name: string): string {
  const set = (wizard.get(id) ?? []).filter(([key]) => key === 'endpoint/set_var').map(([, value]) => value.replace(/^_+/, ''));
  return set.find((value) => value.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
}

/** What telephones and trunks have in common. */
function common({ model, codecs: known }: Of, about: Ref, peer: SipDevice | SipTrunk, { endpoint, aor }: Held): Mismatch[] {
  const nat = peer.nat ?? settingsOf(model).sip.nat;
  const media = peer.directMedia;
  return [
    ...codecs(about, known, peer.codecs.length > 0 ? peer.codecs : settingsOf(model).sip.codecs, endpoint?.['Allow'] ?? ''),
    ...differing(about, {
      'DTMF mode': [peer.dtmfMode, endpoint?.['DtmfMode']],
      'media past the PBX': [media !== 'no', endpoint?.['DirectMedia']],
      'answers to where a packet came from': [nat !== 'no', endpoint?.['RewriteContact']],
      'sends speech to where it came from': [nat === 'yes', endpoint?.['RtpSymmetric']],
      'trusts who is named as caller': [namesItsCallers(peer, about.kind === 'trunk' ? 'trunk' : 'device'), endpoint?.['TrustIdInbound']],
      'Remote-Party-ID': [peer.sendsIdentity === 'rpid', endpoint?.['SendRpid']],
      'P-Asserted-Identity': [peer.sendsIdentity === 'pai', endpoint?.['SendPai']],
      'encrypted media': [peer.encryption ? 'sdes' : 'no', endpoint?.['MediaEncryption']],
      'account code': [peer.accountCode ?? '', endpoint?.['Accountcode']],
      'seconds between checks': [
        (about.kind === 'trunk' ? trunkQualifySeconds(peer) : peer.qualifySeconds) ?? 0,
        aor?.['QualifyFrequency'],
      ],
      ...(peer.qualifySeconds === null
        ? {}
        : { 'seconds for a check': [(peer.qualifyTimeoutMs ?? 3000) / 1000, aor?.['QualifyTimeout']] as const }),
    }),
  ];
}

/** Asterisk turns these into speech itself. Of a call with none of them it could only pass the packets on: no prompt, no recording, no music. */
export const UNDERSTOOD = /^(alaw|ulaw|gsm|g722|g726|g726aal2|adpcm|slin\d*)$/;

/** Those of the model that Asterisk knows, in its order, and no other; where it understands none of them, others may follow. */
function codecs(about: Ref, known: ReadonlySet<string>, wanted: readonly string[], allowed: string): Mismatch[] {
  if (wanted.includes('all')) return [];
  const held = allowed.replace(/^\(|\)$/g, '').split('|');
  const kept = wanted.filter((codec) => known.has(codec));
  const more = kept.some((codec) => UNDERSTOOD.test(codec)) ? held.length - kept.length : 0;
  const inOrder = kept.every((codec, i) => held[i] === codec) && kept.length > 0 && more === 0;
  return inOrder ? [] : [{ about, what: 'codecs', expected: wanted.join(', '), held: held.join(', ') }];
}

/** '1,3-5' and '1, 3-5' are the same groups. */
function groupText(groups: string): string {
  return groups.replaceAll(/\s/g, '').split(',').sort().join(',');
}

function callerId(about: Ref, endpoint: AmiEvent | undefined, name: string, number: string): Mismatch[] {
  const held = endpoint?.['Callerid'] ?? '';
  // of who has no name Asterisk tells the number alone
  if (name === '' && held === number) return [];
  const [, heldName, heldNumber] = /^"?(.*?)"? <([^<>]*)>$/s.exec(held) ?? [];
  const unescaped = heldName?.replaceAll(/\\(["\\])/g, '$1');
  return unescaped === name && heldNumber === number ? [] : [{ about, what: 'caller id', expected: `"${name}" <${number}>`, held }];
}

function secret(about: Ref, auths: readonly AmiEvent[], expected: string | undefined): Mismatch[] {
  const [auth] = auths;
  if (expected === undefined || auth === undefined) return [];
  return auth['Password'] === expected ? [] : [{ about, what: 'secret', expected: 'the one of the model', held: 'another' }];
}
