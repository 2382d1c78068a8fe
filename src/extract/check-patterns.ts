import { type Finding, finding } from '../finding.ts';
import { example, isReadable } from '../model/dial-pattern.ts';
import type { Model } from '../model/kinds.ts';
import { ref } from '../model/ref.ts';
import { whole } from '../model/routing.ts';

/** Patterns that Asterisk cannot read, so that they take no number, here as on the old box, and routes that have none. */
export function checkPatterns(model: Model): Finding[] {
  const odd = (about: Finding['about'], pattern: string, what: string): Finding[] => {
    if (pattern === '' || about === null || (isReadable(pattern) && fits(pattern))) return [];
    return [
      finding('PATTERN_BROKEN', {
        about,
        where: pattern,
        means: `${what} '${pattern}' can fit no number: Asterisk cannot read it, here as on the old box.`,
      }),
    ];
  };
  const outbound = Object.entries(model['outbound-route']).flatMap(([id, route]) => {
    const about = ref('outbound-route', id);
    const none = finding('ROUTE_WITHOUT_PATTERN', {
      about,
      where: route.name,
      means: `Route '${route.name}' takes no number: it has no dial pattern.`,
    });
    const found = route.patterns.flatMap((p) => [...odd(about, whole(p), 'The pattern'), ...odd(about, p.callerId, 'The caller')]);
    return route.patterns.length === 0 ? [none] : found;
  });
  const inbound = Object.entries(model['inbound-route']).flatMap(([id, route]) => {
    const about = ref('inbound-route', id);
    return [...odd(about, route.did, 'The called number'), ...odd(about, route.callerId, 'The caller')];
  });
  const trunks = Object.entries(model.trunk).flatMap(([id, trunk]) =>
    trunk.dialRules.flatMap((rule) => odd(ref('trunk', id), `${rule.prefix}${rule.match}`, 'The dial rule')),
  );
  return [...outbound, ...inbound, ...trunks];
}

/** Numbers of the field: digits, * # and +; blanks and dashes are looks. Names of SIP users have letters. */
function fits(pattern: string): boolean {
  return /^[\w+*#.![\]\s-]+$/.test(pattern) && example(pattern) !== null;
}
