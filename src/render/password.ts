import { finding } from '../finding.ts';
import type { Model } from '../model/kinds.ts';
import { type Ref, ref, refText } from '../model/ref.ts';
import { idsOf } from './place.ts';
import { defineView, type Notes } from './view.ts';

/** extensions.d/password.conf: what callers must key. It alone is secret, so that the rest of the dialplan can be read by all. */
export const passwordView = defineView({
  file: 'etc/asterisk/extensions.d/password.conf',
  secret: true,
  data: (model, notes) => {
    const asked = passwords(model);
    if (asked.length === 0) return null;
    return { passwords: asked.map((p) => ({ ...p, password: known(model, p.from, notes) })) };
  },
});

interface Asked {
  readonly from: Ref;
  /** Its extension in [password]. */
  readonly extension: string;
  readonly what: string;
}

/** Whether some caller must key a password. */
export function passwords(model: Model): Asked[] {
  const flows = idsOf(model, 'call-flow').flatMap((id) => {
    const flow = model['call-flow'][id];
    return flow?.asksPassword
      ? [{ from: ref('call-flow', id), extension: `call-flow-${id}`, what: `switches call flow ${id} ${flow.name}` }]
      : [];
  });
  const queues = idsOf(model, 'queue').flatMap((id) => {
    const queue = model.queue[id];
    return queue?.asksPassword ? [{ from: ref('queue', id), extension: `queue-${id}`, what: `agents of queue ${id} ${queue.name}` }] : [];
  });
  const recordings = idsOf(model, 'recording').flatMap((id) =>
    model.recording[id]?.asksPassword
      ? [{ from: ref('recording', id), extension: `recording-${id}`, what: `records prompt ${id} ${model.recording[id]?.name} anew` }]
      : [],
  );
  return [...flows, ...queues, ...recordings];
}

/** The password; null where there is none that can be keyed: then nobody knows it. */
function known(model: Model, from: Ref, notes: Notes): string | null {
  const secret = model.secrets[`${refText(from)}/password`] ?? '';
  if (/^[0-9*]+$/.test(secret)) return secret;
  notes.finding(
    finding('SECRET_MISSING', {
      about: from,
      where: `secrets: ${refText(from)}/password`,
      means: `nobody passes the password of ${refText(from)}: ${secret === '' ? 'there is none' : 'it holds what no telephone can key'}`,
    }),
  );
  return null;
}
