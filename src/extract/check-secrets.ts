import { type Finding, finding } from '../finding.ts';
import type { Model } from '../model/kinds.ts';
import { asksCallers } from '../model/outbound-route.ts';
import { ref, refText } from '../model/ref.ts';
import { whole } from '../model/routing.ts';

/** What makes the box an easy prey: passwords of telephones that anybody tries first, and ways abroad that nothing guards. Never shows a password. */
export function checkSecrets(model: Model): Finding[] {
  return [...guessable(model), ...openAbroad(model)];
}

/** So short are passwords that programs find by trying them all. */
const SHORTEST = 6;

function guessable(model: Model): Finding[] {
  return Object.entries(model.device).flatMap(([id, device]) => {
    if (device.technology !== 'sip' && device.technology !== 'iax2') return [];
    const about = ref('device', id);
    const secret = model.secrets[`${refText(about)}/${device.technology}`] ?? '';
    const isGuessed = secret.length < SHORTEST || secret.includes(id) || /^(.)\1*$/.test(secret) || '0123456789876543210'.includes(secret);
    if (!isGuessed || (device.host !== null && secret === '')) return [];
    const means = `Whoever finds the box can call as telephone ${id}: its password is ${secret === '' ? 'empty' : 'one of those that are tried first'}.`;
    return [finding('SECRET_GUESSABLE', { about, where: refText(about), means })];
  });
}

/** What numbers abroad begin with in the countries where such boxes stand. */
const ABROAD = ['00', '011', '810', '+'];

function openAbroad(model: Model): Finding[] {
  return Object.entries(model['outbound-route']).flatMap(([id, route]) => {
    if (asksCallers(route) || route.emergency || route.intraCompany || route.trunks.length === 0) return [];
    const open = route.patterns.filter(
      (p) => p.callerId === '' && /[.!]$/.test(p.match) && ABROAD.some((start) => p.match.startsWith(start)),
    );
    if (open.length === 0) return [];
    const means = `Whoever gets hold of a telephone calls abroad at the house's cost: route '${route.name}' takes ${open.map(whole).join(', ')} from everybody, without a PIN.`;
    return [finding('ROUTE_ABROAD_OPEN', { about: ref('outbound-route', id), where: route.name, means })];
  });
}
