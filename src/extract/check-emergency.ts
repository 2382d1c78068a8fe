import { type Finding, finding } from '../finding.ts';
import { isPattern, matches } from '../model/dial-pattern.ts';
import type { Model } from '../model/kinds.ts';
import type { OutboundRoute } from '../model/outbound-route.ts';
import { ref } from '../model/ref.ts';
import { numberForTrunks, numberOnTrunk } from '../model/routing.ts';
import { insideNumbers } from './inside-number.ts';
import type { Source } from './reader.ts';

/**
 * What may keep a call for help from arriving. An internal number wins over a route, since outbound routes come last in from-internal;
 * trunk dial rules apply to emergency numbers as to any other (both seen on the clinic's box; ELASTIX.md, section 19).
 */
export function checkEmergency(model: Model, source: Source): Finding[] {
  const inside = insideNumbers(source);
  return Object.entries(model['outbound-route'])
    .filter(([, route]) => route.emergency)
    .flatMap(([id, route]) => [...shadowed(id, route, inside), ...rewritten(model, id, route)]);
}

function shadowed(id: string, route: OutboundRoute, inside: readonly { table: string; number: string }[]): Finding[] {
  const patterns = (route.patterns ?? []).map((p) => `${p.prefix}${p.match}`).filter((pattern) => !/[.!]/.test(pattern));
  return inside
    .filter(({ number }) => number !== '' && patterns.some((pattern) => matches(pattern, number)))
    .map(({ table, number }) =>
      finding('EMERGENCY_NUMBER_SHADOWED', {
        about: ref('outbound-route', id),
        where: `${table} ${number}`,
        means: `Whoever dials ${number} for help reaches the internal number ${number}: emergency route '${route.name}' never sees the call.`,
      }),
    );
}

function rewritten(model: Model, id: string, route: OutboundRoute): Finding[] {
  return (route.patterns ?? [])
    .filter((p) => !isPattern(`${p.prefix}${p.match}`))
    .flatMap((p) =>
      (route.trunks ?? []).flatMap((trunkId) => {
        const trunk = model.trunk[trunkId];
        const number = numberForTrunks(p, `${p.prefix}${p.match}`);
        const sent = trunk === undefined ? number : numberOnTrunk({ ...trunk, dialPrefix: '' }, number);
        return sent === number
          ? []
          : [
              finding('EMERGENCY_NUMBER_REWRITTEN', {
                about: ref('outbound-route', id),
                where: `trunk ${trunkId}`,
                means: `A dial rule of trunk ${trunkId} turns the emergency number ${number} into ${sent}: the call does not reach the emergency centre.`,
              }),
            ];
      }),
    );
}
