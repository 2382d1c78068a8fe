import { finding } from '../finding.ts';
import { asksPin } from '../model/class-of-service.ts';
import { type Model, naturalOrder } from '../model/kinds.ts';
import { isKeyed, pinsUnder } from '../model/pin-set.ts';
import { type Ref, ref, refText } from '../model/ref.ts';
import { classesOf, classPassword } from './class-of-service.ts';
import { idsOf } from './place.ts';
import { agentsWithPassword } from './queue-member.ts';
import { defineView, type Notes } from './view.ts';

/** extensions.d/password.conf: what callers must key. It alone is secret, so that the rest of the dialplan can be read by all. */
export const passwordView = defineView({
  file: 'etc/asterisk/extensions.d/password.conf',
  secret: true,
  data: (model, notes) => {
    const asked = passwords(model);
    if (asked.length === 0) return null;
    notes.from(...asked.filter((p) => p.from.kind === 'pin-set').map((p) => p.from));
    const known = asked.map((p) => ({ ...p, pins: keyable(model, p, notes) }));
    return {
      single: known.filter((p) => p.pins.length === 1).map((p) => ({ ...p, password: p.pins[0] })),
      several: known.filter((p) => p.pins.length !== 1),
    };
  },
});

interface Asked {
  readonly from: Ref;
  /** Its extension in [password]. */
  readonly extension: string;
  readonly what: string;
  /** Name of its secret, or of those below it. */
  readonly secret: string;
}

/** What some caller must key. */
export function passwords(model: Model): Asked[] {
  return [...switchPasswords(model), ...routePasswords(model), ...classPasswords(model), ...agentPasswords(model)];
}

function asked(from: Ref, what: string, secret = `${refText(from)}/password`): Asked {
  return { from, extension: `${from.kind}-${from.id}`, what, secret };
}

function switchPasswords(model: Model): Asked[] {
  const flows = idsOf(model, 'call-flow').flatMap((id) => {
    const flow = model['call-flow'][id];
    return flow?.asksPassword ? [asked(ref('call-flow', id), `switches call flow ${id} ${flow.name}`)] : [];
  });
  const queues = idsOf(model, 'queue').flatMap((id) => {
    const queue = model.queue[id];
    return queue?.asksPassword ? [asked(ref('queue', id), `agents of queue ${id} ${queue.name}`)] : [];
  });
  const recordings = idsOf(model, 'recording').flatMap((id) => {
    const held = model.recording[id];
    return held?.asksPassword ? [asked(ref('recording', id), `records prompt ${id} ${held.name} anew`)] : [];
  });
  const disas = idsOf(model, 'disa').flatMap((id) => {
    const held = model.disa[id];
    return held?.asksPin ? [asked(ref('disa', id), `dials on through DISA ${id} ${held.name}`, `disa/${id}/pin`)] : [];
  });
  const blasts = idsOf(model, 'voicemail-blast').flatMap((id) => {
    const held = model['voicemail-blast'][id];
    return held?.asksPassword ? [asked(ref('voicemail-blast', id), `leaves messages for group ${id} ${held.description}`)] : [];
  });
  return [...flows, ...queues, ...recordings, ...disas, ...blasts];
}

/** Sets that no route names are nobody's to key; one that is named and not there nobody can. */
function routePasswords(model: Model): Asked[] {
  const routes = Object.entries(model['outbound-route']);
  const named = [...new Set(routes.flatMap(([, r]) => (r.pinSet === null ? [] : [r.pinSet])))].sort(naturalOrder);
  const sets = named.map((id) => {
    const users = routes.filter(([, r]) => r.pinSet === id).map(([, r]) => r.name);
    const from = ref('pin-set', id);
    const what = `PIN set ${id} ${model['pin-set'][id]?.description ?? ''}: ${users.join(', ')}`;
    return { ...asked(from, what, `${refText(from)}/pin`), extension: pinSetPassword(id) };
  });
  const own = routes.flatMap(([id, route]) => (route.asksPassword ? [asked(ref('outbound-route', id), `route ${route.name}`)] : []));
  return [...sets, ...own];
}

function agentPasswords(model: Model): Asked[] {
  return agentsWithPassword(model).map((id) => asked(ref('agent', id), `agent ${id} ${model.agent[id]?.name ?? ''} logs in`));
}

/** PINs by which telephones of a class of service dial what it forbids. */
function classPasswords(model: Model): Asked[] {
  return classesOf(model).flatMap((id) => {
    const held = model['class-of-service'][id];
    const of = (pin: 'pin' | 'code-pin'): Asked => ({
      from: ref('class-of-service', id),
      extension: classPassword(id, pin),
      what: `telephones of class ${id}, for what it forbids`,
      secret: `class-of-service/${id}/${pin}`,
    });
    if (held === undefined) return [];
    return [...(asksPin(held) ? [of('pin')] : []), ...(held.asksPinOnFailedCode ? [of('code-pin')] : [])];
  });
}

/** The extension of [password] that knows the PINs of a set. */
export function pinSetPassword(id: string): string {
  return `pin-set-${id.replace(/[^\w-]/g, '-')}`;
}

/** Passwords that can be keyed; none: nobody passes. */
function keyable(model: Model, { from, secret }: Asked, notes: Notes): string[] {
  const held = pinsUnder(model, secret);
  const pins = held.filter(isKeyed);
  if (pins.length === 0)
    notes.finding(
      finding('SECRET_MISSING', {
        about: from,
        where: `secrets: ${secret}`,
        means: `nobody passes the password of ${refText(from)}: ${held.length === 0 ? 'there is none' : 'it holds what no telephone can key'}`,
      }),
    );
  return pins;
}
