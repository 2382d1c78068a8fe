import { isEverybody, isNetwork } from '../asterisk/network.ts';
import { type Finding, finding } from '../finding.ts';
import { matches } from '../model/dial-pattern.ts';
import type { Model } from '../model/kinds.ts';
import { asksCallers } from '../model/outbound-route.ts';
import { parseRef, type Ref, ref, refText } from '../model/ref.ts';
import { whole } from '../model/routing.ts';
import { isGuessedPassword, isGuessedPin } from './guessed.ts';

/**
 * What makes the box an easy prey: passwords and PINs that anybody tries first, doors of AMI and of carriers that stand open, ways abroad that nothing guards. Never
 * shows a secret.
 */
export function checkSecrets(model: Model): Finding[] {
  return [...guessable(model), ...shared(model), ...pins(model), ...openAmi(model), ...openTrunks(model), ...openAbroad(model)];
}

function guessable(model: Model): Finding[] {
  const telephones = Object.entries(model.device).flatMap(([id, device]) => {
    if (device.technology !== 'sip' && device.technology !== 'iax2') return [];
    const about = ref('device', id);
    const secret = model.secrets[`${refText(about)}/${device.technology}`] ?? '';
    if (!isGuessedPassword(secret, id, model.extension[id]?.name) || (device.host !== null && secret === '')) return [];
    return [
      weak(
        about,
        `Whoever finds the box can call as telephone ${id}: its password is ${secret === '' ? 'empty' : 'one of those that are tried first'}.`,
      ),
    ];
  });
  const programs = Object.keys(model['ami-user']).flatMap((id) => {
    const secret = model.secrets[`ami-user/${id}/secret`] ?? '';
    const means = `Whoever reaches the manager interface can log in as '${id}', and make calls: its secret is one of those that are tried first.`;
    return secret !== '' && isGuessedPassword(secret, id) ? [weak(ref('ami-user', id), means)] : [];
  });
  return [...telephones, ...programs];
}

function weak(about: Ref, means: string): Finding {
  return finding('SECRET_GUESSABLE', { about, where: refText(about), means });
}

/** One password for many telephones: who knows one of them is all of them. */
function shared(model: Model): Finding[] {
  const bySecret = new Map<string, string[]>();
  for (const [id, device] of Object.entries(model.device)) {
    const secret = model.secrets[`device/${id}/${device.technology}`] ?? '';
    if (secret !== '') bySecret.set(secret, [...(bySecret.get(secret) ?? []), id]);
  }
  return [...bySecret.values()].flatMap((ids) => {
    const [first] = ids;
    if (first === undefined || ids.length === 1) return [];
    const means = `Telephones ${ids.join(', ')} have one password: whoever reads it in one of them can call as any.`;
    return [finding('SECRET_SHARED', { about: ref('device', first), where: `devices ${ids.join(', ')}`, means })];
  });
}

/** What a PIN lets callers do, by the beginning of its name in secrets.yaml. Conferences and switches are left out: little is lost there. */
const GUARDED: readonly (readonly [RegExp, (about: Ref) => string])[] = [
  [/^(mailbox\/.+)\/pin$/, (about) => `Whoever calls can hear the messages of mailbox ${about.id}`],
  [/^(disa\/.+)\/pin\/\d+$/, () => 'Whoever calls can dial on at the cost of the house'],
  [/^(pin-set\/.+)\/pin\/\d+$/, () => 'Whoever stands at a telephone can use the routes that the set guards'],
  [/^(outbound-route\/.+)\/password(?:\/\d+)?$/, () => 'Whoever stands at a telephone can use the route'],
];

function pins(model: Model): Finding[] {
  const told = new Map<string, Finding>();
  for (const id of Object.keys(model.mailbox)) {
    // app_voicemail asks for no password where the line has none, or a '-' alone (vm_authenticate)
    if (!['', '-'].includes(model.secrets[`mailbox/${id}/pin`] ?? '')) continue;
    const about = ref('mailbox', id);
    told.set(refText(about), weak(about, `Whoever calls can hear the messages of mailbox ${id}: it asks for no PIN.`));
  }
  for (const [name, secret] of Object.entries(model.secrets)) {
    for (const [pattern, opens] of GUARDED) {
      const about = parseRef(pattern.exec(name)?.[1] ?? '');
      if (about === null || secret === '' || !isGuessedPin(secret, about.id.split('@')[0] ?? '')) continue;
      told.set(refText(about), weak(about, `${opens(about)}: a PIN of it is one of those that are tried first.`));
    }
  }
  return [...told.values()];
}

/** A program may come from anywhere: no address is denied, or all are permitted. */
function openAmi(model: Model): Finding[] {
  return Object.entries(model['ami-user']).flatMap(([id, user]) => {
    const isOpen = user.deny.filter(isNetwork).length === 0 ? user.deny.length === 0 : user.permit.some(isEverybody);
    if (!isOpen) return [];
    const means = `The manager interface takes '${id}' from any address: whoever knows or guesses its secret makes calls at the house's cost${[...user.write, ...user.read].some((c) => ['all', 'system', 'command'].includes(c)) ? ' and runs commands' : ''}.`;
    return [finding('AMI_OPEN', { about: ref('ami-user', id), where: `ami-user/${id}`, means })];
  });
}

/** A carrier's calls that begin where telephones' do may go out again. */
function openTrunks(model: Model): Finding[] {
  return Object.entries(model.trunk).flatMap(([id, trunk]) => {
    const context = 'context' in trunk ? trunk.context : '';
    if (!/^from-internal(?:-|$)/.test(context ?? '') || trunk.disabled) return [];
    const means = `Calls that come in by trunk '${trunk.name}' begin in context '${context}', as those of telephones do: who calls by it dials wherever the house may, at the house's cost.`;
    return [finding('TRUNK_DIALS_OUT', { about: ref('trunk', id), where: `trunk ${trunk.name}`, means })];
  });
}

/** Numbers abroad as they are dialled in the countries where such boxes stand. */
const ABROAD = ['00442079460000', '0114420794600', '81044207946000', '+442079460000', '00862112345678'];

function openAbroad(model: Model): Finding[] {
  return Object.entries(model['outbound-route']).flatMap(([id, route]) => {
    if (asksCallers(route) || route.emergency || route.intraCompany || route.trunks.length === 0) return [];
    const open = route.patterns.filter((p) => p.callerId === '' && ABROAD.some((number) => matches(p.match, number)));
    if (open.length === 0) return [];
    const means = `Whoever gets hold of a telephone calls abroad at the house's cost: route '${route.name}' takes ${open.map(whole).join(', ')} from everybody, without a PIN.`;
    return [finding('ROUTE_ABROAD_OPEN', { about: ref('outbound-route', id), where: route.name, means })];
  });
}
