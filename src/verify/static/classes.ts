import { partOf } from '../../model/class-of-service.ts';
import { ref } from '../../model/ref.ts';
import { defineCheck, differing } from './mismatch.ts';

/** Which outbound routes the telephones of a class can come to at all: what they cost is the house's. */
export const classOfServiceCheck = defineCheck(async ({ dialplan }, model) =>
  Object.entries(model['class-of-service']).flatMap(([id, held]) => {
    const within = dialplan.within(id);
    if (within.size === 0) return [];
    const parts = held.parts.map((p) => partOf(model, p.context)).filter((part) => part !== null);
    const all = parts.some((part) => part.is === 'everything' || (part.is === 'routes' && part.only === null));
    const named = parts.flatMap((part) => (part.is === 'routes' && part.only !== null ? [part.only] : []));
    const routes = Object.keys(model['outbound-route']);
    const told = (ids: readonly string[]): string => routes.filter((route) => ids.includes(route)).join(', ');
    return differing(ref('class-of-service', id), {
      'outbound routes': [told(all ? routes : named), told(routes.filter((route) => within.has(`outrt-${route}`)))],
    });
  }),
);
