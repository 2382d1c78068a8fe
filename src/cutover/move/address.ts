import { said } from './machine.ts';
import type { Sides } from './sides.ts';
import type { Step } from './step.ts';

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
  return [
    {
      id: `address-${to}-leaves`,
      says: `${bare} leaves`,
      writesOld: from === old,
      lines: [{ on: from.machine, script: take }],
      run: () => done(from.machine, take),
    },
    {
      id: `address-${to}-comes`,
      says: `${bare} comes`,
      writesOld: into === old,
      lines: [{ on: into.machine, script: give }],
      run: () => done(into.machine, give),
    },
  ];
  async function done(machine: Sides['old'], script: string): Promise<string> {
    await said(machine, script);
    return 'done';
  }
}
