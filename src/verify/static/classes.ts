import { partOf } from '../../model/class-of-service.ts';
import { ref } from '../../model/ref.ts';
import { defineCheck, differing, yes } from './mismatch.ts';

/** Which outbound routes the telephones of a class can come to at all: what they cost is the house's. */
export const classOfServiceCheck = defineCheck(async ({ dialplan }, model) =>
  Object.entries(model['class-of-service']).flatMap(([id, held]) => {
    const within = new Set([...dialplan.within(id), ...dialplan.within(`${id}_rulematch`)]);
    if (within.size === 0) return [];
    // behind the PIN a call is sent on, and includes nothing
    const open = held.parts.filter((p) => !p.asksPin && (p.numbers !== 'of-rules' || held.dialRules.length > 0));
    const parts = open.map((p) => partOf(model, p.context)).filter((part) => part !== null);
    const all = parts.some((part) => part.is === 'everything' || (part.is === 'routes' && part.only === null));
    const named = parts.flatMap((part) => (part.is === 'routes' && part.only !== null ? [part.only] : []));
    const routes = Object.keys(model['outbound-route']);
    const told = (ids: readonly string[]): string => routes.filter((route) => ids.includes(route)).join(', ');
    const rules = dialplan
      .stepsIn(id)
      .flatMap((s) => (s.application.toLowerCase() === 'goto' && s.data.startsWith(`${id}_rulematch,`) ? [s.extension] : []));
    const asked = (context: string): boolean =>
      dialplan.stepsIn(context).some((s) => /^gosub$/i.test(s.application) && s.data.startsWith('authenticate,'));
    return differing(ref('class-of-service', id), {
      'dial rules': [
        held.dialRules
          .map((rule) => `_${rule.prefix}${rule.match}`)
          // any other cannot stand in a line: a finding of render
          .filter((pattern) => /^[\w+*#.![\]-]+$/.test(pattern))
          .sort()
          .join(', '),
        rules.sort().join(', '),
      ],
      'asks for a PIN': [
        held.parts.some((p) => p.asksPin && partOf(model, p.context) !== null) || held.asksPinOnFailure || held.asksPinOnFailedCode,
        yes(asked(`${id}-by-pin`) || asked(`${id}-refused`)),
      ],
      'outbound routes': [told(all ? routes : named), told(routes.filter((route) => within.has(`outrt-${route}`)))],
    });
  }),
);
