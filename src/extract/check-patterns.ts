import { type Finding, finding } from '../finding.ts';
import type { Model } from '../model/kinds.ts';
import { ref } from '../model/ref.ts';

/** Outbound routes that no number can take. */
export function checkPatterns(model: Model): Finding[] {
  return Object.entries(model['outbound-route']).flatMap(([id, { name, patterns }]) => {
    const means = `Route '${name}' takes no number: it has no dial pattern that can be used.`;
    return patterns.length > 0 ? [] : [finding('ROUTE_WITHOUT_PATTERN', { about: ref('outbound-route', id), where: name, means })];
  });
}
