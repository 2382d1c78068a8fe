import { bracketed } from '../asterisk/network.ts';
import { finding } from '../finding.ts';
import { parseCallerId } from '../model/caller-id.ts';
import { type Model, settingsOf } from '../model/kinds.ts';
import { entryOf, type SipTrunk, trunkQualifySeconds } from '../model/trunk.ts';
import { type Option, qualifyTimeout, shared } from './pjsip-phone.ts';
import type { Notes } from './view.ts';

/** The endpoint of a trunk is called as the old peer, by which dial strings know it. */
export function endpointName(t: SipTrunk): string {
  return t.peer;
}

/** Sections of pjsip_wizard.conf for one trunk: the peer, and the name under which its calls come in with a password of their own. */
export function trunkSections(model: Model, id: string, t: SipTrunk, notes: Notes): object[] {
  reportTrunk(model, id, t, notes);
  const inbound = t.inboundUser !== null && t.inboundUser !== t.peer && model.secrets[`trunk/${id}/inbound`] !== undefined;
  return [peer(model, id, t, inbound, notes), ...(inbound ? [user(model, id, t, notes)] : [])];
}

function peer(model: Model, id: string, t: SipTrunk, hasUser: boolean, notes: Notes): object {
  const secret = model.secrets[`trunk/${id}/outbound`] ?? null;
  const dynamic = t.host === null;
  const accepts = dynamic || (!t.acceptsUnauthenticated && !hasUser && secret !== null);
  return {
    name: endpointName(t),
    title: t.name,
    templates: ['trunk', ...((t.nat ?? settingsOf(model).sip.nat) === 'no' ? [] : ['behind-nat'])],
    host: t.host,
    registers: dynamic,
    contact:
      t.host === null
        ? null
        : `sip:${bracketed(t.host)}${t.port === null ? '' : `:${t.port}`}${t.transport === 'tcp' ? ';transport=tcp' : ''}`,
    matches: t.host === null ? [] : [...new Set([t.host, ...t.addresses])],
    accepts: accepts && secret !== null ? { username: t.inboundUser ?? t.peer, password: secret } : null,
    sends: secret === null || dynamic ? null : { username: t.username ?? t.peer, password: secret },
    transport: t.transport === 'tcp' ? 'transport-tcp' : null,
    proxy: t.outboundProxy === null || t.outboundProxy === '' ? null : proxyUri(t.outboundProxy),
    options: [
      ...context(id, t),
      ...shared(model, t, { kind: 'trunk', id }, notes),
      ...identity(t),
      ...(isKnownByLogin(model, id, t) ? [BY_LOGIN] : []),
    ],
    qualifySeconds: trunkQualifySeconds(t),
    qualifySecondsTimeout: qualifyTimeout(t.qualifyTimeoutMs),
  };
}

/** A gateway that registers here with a password: chan_sip knew its calls by the address that it registered from, whatever number stood in From. */
export function isKnownByLogin(model: Model, id: string, t: SipTrunk): boolean {
  return t.host === null && (model.secrets[`trunk/${id}/outbound`] ?? '') !== '';
}
const BY_LOGIN: Option = { name: 'identify_by', value: 'username,auth_username' };

/** Calls that come in under a name with a password: nothing is ever sent there. */
function user(model: Model, id: string, t: SipTrunk, notes: Notes): object {
  const name = t.inboundUser ?? t.peer;
  return {
    name,
    title: `${t.name}, calls that come in as ${name}`,
    templates: ['trunk', 'behind-nat'],
    host: null,
    registers: false,
    contact: null,
    matches: [],
    accepts: { username: name, password: model.secrets[`trunk/${id}/inbound`] ?? '' },
    sends: null,
    transport: null,
    proxy: null,
    options: [...context(id, t), ...shared(model, t, { kind: 'trunk', id }, notes)],
    qualifySeconds: null,
    qualifySecondsTimeout: null,
  };
}

function context(id: string, t: SipTrunk): Option[] {
  const entry = entryOf(id, t);
  return entry === 'from-trunk' ? [] : [{ name: 'context', value: entry }];
}

function identity(t: SipTrunk): Option[] {
  return [
    ...(t.fromUser === null || t.fromUser === '' ? [] : [{ name: 'from_user', value: t.fromUser }]),
    ...(t.fromDomain === null || t.fromDomain === '' ? [] : [{ name: 'from_domain', value: t.fromDomain }]),
  ];
}

/** pjsip takes a whole URI and goes to it as it is only with `lr`. */
function proxyUri(proxy: string): string {
  return proxy.startsWith('sip:') ? proxy : `sip:${proxy};lr`;
}

function reportTrunk(model: Model, id: string, t: SipTrunk, notes: Notes): void {
  const about = { kind: 'trunk' as const, id };
  if (t.otherOptions.length > 0) {
    const names = t.otherOptions.map((o) => o.name).join(', ');
    notes.finding(
      finding('OPTION_NOT_CARRIED', { about, where: names, means: `trunk '${t.name}' works without the options ${names} of the old box` }),
    );
  }
  if (t.fromUser !== null && t.fromUser !== '' && namesAreShown(model)) {
    const means = `trunk '${t.name}' sends the number only: with from_user chan_pjsip leaves out the caller's name, which chan_sip sent`;
    notes.finding(finding('OPTION_NOT_CARRIED', { about, where: 'fromuser', means }));
  }
  const twins = Object.entries(model.trunk).filter(
    ([other, o]) => other < id && o.technology === 'sip' && !o.disabled && o.host !== null && o.host === t.host,
  );
  if (t.host !== null && twins.length > 0) {
    notes.finding(
      finding('TRUNKS_SHARE_ADDRESS', {
        about,
        where: t.host,
        means: `calls from ${t.host} may be taken for those of trunk '${twins[0]?.[1].name ?? ''}': both have that address`,
      }),
    );
  }
}

/** Some extension, trunk or route shows a name outside. */
function namesAreShown(model: Model): boolean {
  const shown = [
    ...Object.values(model.extension).map((e) => e.outboundCallerId ?? ''),
    ...Object.values(model.trunk).map((t) => t.callerId),
    ...Object.values(model['outbound-route']).map((r) => r.callerId),
  ];
  return shown.some((callerId) => parseCallerId(callerId).name !== '');
}
