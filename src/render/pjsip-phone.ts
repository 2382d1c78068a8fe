import { finding } from '../finding.ts';
import type { Iax2Device, SipDevice } from '../model/device.ts';
import { type Model, settingsOf } from '../model/kinds.ts';
import { namesItsCallers } from '../model/routing.ts';
import { codecsFor } from './codec.ts';
import { oldCallerVariables } from './custom-variable.ts';
import { mailboxNamed } from './mailbox.ts';
import { callerPolicy } from './recording.ts';
import { callerIdOf, insideNumber } from './routine.ts';
import { networkLines } from './telephone-network.ts';
import type { Notes } from './view.ts';

export interface Option {
  readonly name: string;
  readonly value: string;
}

/** The endpoint that a telephone registers at: its device id, as AMI scripts and dial strings know it. */
export function phone(model: Model, id: string, d: SipDevice, notes: Notes): object {
  const { sip } = settingsOf(model);
  const nat = d.nat ?? sip.nat;
  return {
    name: id,
    description: d.description,
    templates: ['phone', ...(nat === 'no' ? [] : [nat === 'yes' ? 'behind-nat' : 'behind-nat-route'])],
    callerId: shownAs(model, id, d),
    username: d.username ?? id,
    password: model.secrets[`device/${id}/sip`] ?? '',
    nobodys: NOBODYS_DIGEST,
    host: d.host,
    options: [
      ...(d.context === 'from-internal' ? [] : [{ name: 'context', value: d.context }]),
      ...phoneOptions(model, id, d, notes),
      ...variables(model, d).map((v) => ({ name: 'set_var', value: `${v.name}=${v.value}` })),
    ],
    qualifySeconds: d.qualifySeconds !== null && d.qualifySeconds > 0 ? d.qualifySeconds : null,
    qualifySecondsTimeout: qualifyTimeout(d.qualifyTimeoutMs),
  };
}

/** No password is known to give it. */
const NOBODYS_DIGEST = '0'.repeat(32);

/** As its extension; 'device <201>', which FreePBX wrote for every telephone, where it has none; null, what it says of itself, where the site wrote it by hand. */
export function shownAs(model: Model, id: string, d: SipDevice | Iax2Device): string | null {
  const owner = d.extension === null ? undefined : model.extension[d.extension];
  if (owner !== undefined && d.extension !== null) return callerIdOf(owner.name, insideNumber(model, d.extension));
  return d.extension === null && d.fixed ? null : callerIdOf('device', id);
}

/** Seconds with a fraction, as qualify_timeout takes them. */
export function qualifyTimeout(ms: number | null): string | null {
  return ms === null || ms <= 0 || ms === 3000 ? null : (ms / 1000).toFixed(1);
}

function phoneOptions(model: Model, id: string, d: SipDevice, notes: Notes): Option[] {
  const about = { kind: 'device' as const, id };
  const language = d.extension === null ? '' : (model.extension[d.extension]?.language ?? '');
  const box = d.mailbox === null ? null : mailboxNamed(model, d.mailbox);
  return [
    ...shared(model, d, about, notes),
    ...(d.callGroup === '' ? [] : [{ name: 'call_group', value: d.callGroup }]),
    ...(d.pickupGroup === '' ? [] : [{ name: 'pickup_group', value: d.pickupGroup }]),
    ...(language === '' ? [] : [{ name: 'language', value: language }]),
    ...(box === null ? [] : [{ name: 'mailboxes', value: box }]),
    ...(d.subscribeContext === null ? [] : [{ name: 'subscribe_context', value: d.subscribeContext }]),
    ...networkLines(d, about, notes),
  ];
}

/** What a telephone and a trunk have in common, where it is not the template's. */
export function shared(
  model: Model,
  d: Pick<
    SipDevice,
    'codecs' | 'dtmfMode' | 'directMedia' | 'trustsRemotePartyId' | 'sendsIdentity' | 'encryption' | 'accountCode' | 'context'
  >,
  about: { kind: 'device' | 'trunk'; id: string },
  notes: Notes,
): Option[] {
  const codecs = codecsFor(d.codecs, settingsOf(model).sip.codecs);
  if (codecs.unknown.length > 0) {
    notes.finding(
      finding('CODEC_UNKNOWN', {
        about,
        where: codecs.unknown.join(', '),
        means: `${about.kind} ${about.id} is not offered ${codecs.unknown.join(', ')}: Asterisk 22 has no such codec`,
      }),
    );
  }
  if (codecs.added) {
    notes.finding(
      finding('CODEC_NOT_TRANSLATED', {
        about,
        where: codecs.list.slice(0, -1).join(', '),
        means: `${about.kind} ${about.id} has only codecs that this Asterisk cannot play prompts in or record: alaw was added, so that callers hear something`,
      }),
    );
  }
  return [
    ...(d.codecs.length === 0 && !codecs.added ? [] : [{ name: 'allow', value: `!all,${codecs.list.join(',')}` }]),
    ...(d.dtmfMode === 'rfc4733' ? [] : [{ name: 'dtmf_mode', value: d.dtmfMode }]),
    ...directMedia(d.directMedia),
    ...(namesItsCallers(d, about.kind) ? [{ name: 'trust_id_inbound', value: 'yes' }] : []),
    ...(d.sendsIdentity === 'no' ? [] : [{ name: d.sendsIdentity === 'pai' ? 'send_pai' : 'send_rpid', value: 'yes' }]),
    ...(d.encryption ? [{ name: 'media_encryption', value: 'sdes' }] : []),
    ...(d.accountCode === null || d.accountCode === '' ? [] : [{ name: 'accountcode', value: d.accountCode }]),
  ];
}

function directMedia(mode: SipDevice['directMedia']): Option[] {
  if (mode === 'no') return [];
  const how = {
    yes: [],
    nonat: [{ name: 'disable_direct_media_on_nat', value: 'yes' }],
    update: [{ name: 'direct_media_method', value: 'update' }],
  }[mode];
  return [{ name: 'direct_media', value: 'yes' }, ...how];
}

/** What a call from this telephone brings along: `__` hands it on to every leg. */
function variables(model: Model, d: SipDevice): Option[] {
  if (d.extension === null) return [];
  return [
    { name: '__CALLER', value: d.extension },
    ...oldCallerVariables(model, d.extension),
    ...callerPolicy(model, d.extension).map((v) => ({ name: `__${v.name}`, value: v.value })),
    ...(d.emergencyCallerId === null || d.emergencyCallerId === '' ? [] : [{ name: '__EMERGENCY_CALLER_ID', value: d.emergencyCallerId }]),
  ];
}
