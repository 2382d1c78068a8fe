import { example } from '../../model/dial-pattern.ts';
import { numbering } from '../../model/numbering.ts';
import { type Ref, ref } from '../../model/ref.ts';
import { routesInOrder, whole } from '../../model/routing.ts';
import { defineCheck, missing } from './mismatch.ts';

/** What can be dialled: numbers of the house, numbers of routes, and numbers that carriers send, each leads somewhere. */
export const numberCheck = defineCheck(async ({ dialplan }, model) => {
  const leads = (context: string, number: string): boolean =>
    dialplan.extensionsFor(context, number).some((steps) => steps.some((s) => s.priority === 1 && !isRefusal(s.context)));
  const keyed = model['feature-code']['core/pickupexten']?.code; // no dialplan: Asterisk looks for it first
  const inside = [...numbering(model).numbers].flatMap(([number, d]) =>
    number === keyed || leads('from-internal', number)
      ? []
      : [missing('id' in d ? ref(d.to, d.id) : PBX, `number ${number} in from-internal`)],
  );
  const outside = routesInOrder(model).flatMap(([id, route]) =>
    route.patterns.flatMap((p) => {
      const number = example(whole(p));
      return number === null || leads('from-internal', number) ? [] : [missing(ref('outbound-route', id), `pattern ${whole(p)}`)];
    }),
  );
  const dids = Object.entries(model['inbound-route']).flatMap(([id, route]) => {
    const did = route.did === '' ? null : example(route.did);
    return did === null || leads('from-trunk', did) ? [] : [missing(ref('inbound-route', id), `number ${did} in from-trunk`)];
  });
  return [...inside, ...outside, ...dids];
});

const PBX: Ref = ref('settings', 'pbx');

/** Where a number that nothing takes is refused. */
function isRefusal(context: string): boolean {
  return context === 'bad-number';
}
