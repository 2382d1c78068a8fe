import { example } from '../../model/dial-pattern.ts';
import { numbering } from '../../model/numbering.ts';
import { type Ref, ref } from '../../model/ref.ts';
import { routesInOrder, whole } from '../../model/routing.ts';
import { defineCheck, missing } from './mismatch.ts';

/** What can be dialled: numbers of the house, numbers of routes, and numbers that carriers send, each leads somewhere. */
export const numberCheck = defineCheck(async ({ dialplan }, model) => {
  const leads = (context: string, number: string): boolean =>
    dialplan.extensionsFor(context, number).some((steps) => steps.some((s) => s.priority === 1 && !isRefusal(s.context)));
  // chan_pjsip itself takes the code for picking up, before the dialplan is asked (res_pjsip_session.c)
  const pickup = model['feature-code']['core/pickupexten']?.code;
  const inside = [...numbering(model).numbers]
    .filter(([number]) => number !== pickup && DIALPLAN.test(number))
    .flatMap(([number, d]) =>
      leads('from-internal', number) ? [] : [missing('id' in d ? ref(d.to, d.id) : PBX, `number ${number} in from-internal`)],
    );
  const patterns = new Set(
    [...dialplan.within('from-internal')].flatMap((name) => dialplan.stepsIn(name).map((s) => spelled(s.extension, s.callerId ?? ''))),
  );
  const outside = routesInOrder(model).flatMap(([id, route]) =>
    route.patterns.flatMap((p) => {
      const wanted = spelled(whole(p), p.callerId);
      const shown = `${whole(p)}${p.callerId === '' ? '' : ` of callers ${p.callerId}`}`;
      return !DIALPLAN.test(whole(p) + p.callerId) || example(whole(p)) === null || patterns.has(wanted)
        ? []
        : [missing(ref('outbound-route', id), `pattern ${shown}`)];
    }),
  );
  const entrances = new Set(
    [...dialplan.within('from-trunk')].flatMap((name) => dialplan.stepsIn(name).map((s) => spelled(s.extension, s.callerId ?? ''))),
  );
  const dids = Object.entries(model['inbound-route']).flatMap(([id, route]) => {
    const did = route.did === '' ? null : example(route.did);
    // a catch-all takes every number: the route has one of its own
    const own = DIALPLAN.test(`${route.did}${route.callerId}`) ? entrances.has(spelled(route.did, route.callerId)) : true;
    return did === null || !DIALPLAN.test(did) || (own && leads('from-trunk', did))
      ? []
      : [missing(ref('inbound-route', id), `number ${did} in from-trunk`)];
  });
  return [...inside, ...outside, ...dids];
});

/** As Asterisk compares patterns: dashes and blanks are looks, and the case of X, Z and N does not matter. */
export function spelled(extension: string, callerId: string): string {
  return [extension, callerId]
    .map((text) =>
      text
        .replace(/^_/, '')
        // what takes all is written so, for the extensions h, i and t
        .replace('[+*#0-9a-zA-Z].', '.')
        .replaceAll(/[- ]/g, '')
        .replaceAll(/[xzn]/g, (c) => c.toUpperCase()),
    )
    .join('/');
}

/** What a line of the dialplan can hold as number and caller: any other is a finding of render. */
const DIALPLAN = /^[0-9A-Za-z+*#.![\]-]+$/;

const PBX: Ref = ref('settings', 'pbx');

/** Where a number that nothing takes is refused. */
function isRefusal(context: string): boolean {
  return context === 'bad-number';
}
