import { type Finding, finding } from '../finding.ts';
import type { Model } from '../model/kinds.ts';
import type { OutboundRoute } from '../model/outbound-route.ts';
import { ref } from '../model/ref.ts';
import { routesInOrder, whole } from '../model/routing.ts';
import { covers } from './pattern-cover.ts';

/**
 * Routes whose numbers an earlier one takes: order beats the better match, PIN sets and emergency routes included (seen on the clinic's
 * box, where a first route `9.` takes all; ELASTIX.md, section 19). Time groups are left out: they take numbers at times only.
 */
export function checkRoutes(model: Model): Finding[] {
  const routes = routesInOrder(model);
  return routes.flatMap(([id, route], i) =>
    routes.slice(0, i).flatMap(([earlierId, earlier]) => {
      const lost = earlier.timeGroup === null ? swallowed(earlier, route) : [];
      return lost.length === 0 ? [] : [tell(id, route, earlierId, earlier, lost)];
    }),
  );
}

/** Patterns of a route that an earlier one takes from every caller who could use them. */
function swallowed(earlier: OutboundRoute, later: OutboundRoute): string[] {
  return (later.patterns ?? [])
    .filter((p) =>
      (earlier.patterns ?? []).some((q) => covers(whole(q), whole(p)) && (q.callerId === '' || covers(q.callerId, p.callerId))),
    )
    .map((p) => (p.callerId === '' ? whole(p) : `${whole(p)} for callers ${p.callerId}`));
}

function tell(id: string, route: OutboundRoute, earlierId: string, earlier: OutboundRoute, lost: readonly string[]): Finding {
  const isGuarded = route.pinSet !== null || route.asksPassword;
  return finding(route.emergency ? 'EMERGENCY_ROUTE_SWALLOWED' : 'ROUTE_SWALLOWED', {
    about: ref('outbound-route', id),
    where: `outbound_route_sequence ${earlierId} before ${id}`,
    means: `Route '${earlier.name}' comes first and takes ${lost.join(', ')} from route '${route.name}'${isGuarded ? ', so that nobody is asked for its PIN' : ''}.`,
  });
}
