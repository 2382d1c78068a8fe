import type { Machine } from './machine.ts';
import type { Sides } from './sides.ts';
import { type Step, scriptStep } from './step.ts';

/**
 * The old address goes to the other machine, so that telephones and programs find the PBX where it always was. It is taken away behind the back of the session, which may have come
 * by it: whoever is reached by that very address must be named by another one.
 */
export function moveAddress(s: Sides, to: 'to-new' | 'to-old'): Step[] {
  const { address } = s.asked;
  if (address === null) return [];
  const old = { machine: s.old, device: address.oldInterface };
  const now = { machine: s.new, device: address.newInterface };
  const [from, into] = to === 'to-new' ? [old, now] : [now, old];
  const bare = address.cidr.replace(/\/.*$/, '');
  const take = `ip address delete ${address.cidr} dev ${from.device} 2> /dev/null || true`;
  // neighbours learn it at once where arping is there; else when they next ask
  const give = `ip address replace ${address.cidr} dev ${into.device} && { ! command -v arping > /dev/null 2>&1 || arping -c 3 -A -I ${into.device} ${bare} > /dev/null 2>&1 || true; }`;
  const step = (what: 'leaves' | 'comes', on: Machine, script: string): Step =>
    scriptStep({ id: `address-${to}-${what}`, says: `${bare} ${what}`, on, script, writesOld: on === s.old, result: 'done' });
  return [step('leaves', from.machine, take), step('comes', into.machine, give)];
}
