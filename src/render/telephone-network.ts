import { isEverybody, isNetwork } from '../asterisk/network.ts';
import { finding } from '../finding.ts';
import type { Ref } from '../model/ref.ts';
import type { Notes } from './view.ts';

/**
 * From where a telephone may register and call. Permitted from everywhere says nothing; denied and nowhere permitted stays shut. What Asterisk cannot read shuts the door
 * rather than opening it, since such a line would cost the whole section.
 */
export function networkLines(
  d: { readonly deny: readonly string[]; readonly permit: readonly string[] },
  about: Ref,
  notes: Notes,
): { name: string; value: string }[] {
  if (d.permit.some(isEverybody)) return [];
  for (const network of [...d.deny, ...d.permit].filter((n) => !isNetwork(n))) {
    const means = `telephone ${about.id} may come from fewer addresses than before: '${network}' is no network`;
    notes.finding(finding('OPTION_NOT_CARRIED', { about, where: network, means }));
  }
  return [
    ...d.deny.map((value) => ({ name: 'deny', value: isNetwork(value) ? value : '0.0.0.0/0.0.0.0' })),
    ...d.permit.filter(isNetwork).map((value) => ({ name: 'permit', value })),
  ];
}
