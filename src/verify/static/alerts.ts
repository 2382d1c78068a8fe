import { example } from '../../model/dial-pattern.ts';
import { type Ref, ref } from '../../model/ref.ts';
import { defineCheck, differing } from './mismatch.ts';

/** Ring tones of its own that a route, group or queue has for telephones (ALERT_INFO, as the old box called it). */
export const alertCheck = defineCheck(async ({ dialplan }, model) => {
  const told = (about: Ref, context: string, number: string, callerId: string, alert: string): ReturnType<typeof differing> => {
    const ways = dialplan.extensionsFor(context, number).filter(([first]) => (first?.callerId ?? '').replace(/^_/, '') === callerId);
    const steps = ways[0] ?? [];
    const held = steps.flatMap((s) => /^_{0,2}ALERT_INFO=(.*)$/.exec(s.application.toLowerCase() === 'set' ? s.data : '')?.[1] ?? []);
    return steps.length === 0 ? [] : differing(about, { 'ring tone of telephones': [alert, held[0]] });
  };
  const routes = Object.entries(model['inbound-route']).flatMap(([id, route]) => {
    const did = route.did === '' ? null : example(route.did);
    return did === null ? [] : told(ref('inbound-route', id), 'from-trunk', did, route.callerId, route.alertInfo);
  });
  const groups = Object.entries(model['ring-group']).flatMap(([id, g]) =>
    told(ref('ring-group', id), 'from-internal', id, '', g.alertInfo),
  );
  const queues = Object.entries(model.queue).flatMap(([id, q]) => told(ref('queue', id), 'from-internal', id, '', q.alertInfo));
  return [...routes, ...groups, ...queues];
});
