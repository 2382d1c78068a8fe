import type { Destination } from './destination.ts';
import { GREETINGS } from './greeting-keys.ts';
import type { Model } from './kinds.ts';
import type { Ref } from './ref.ts';

export interface Led {
  readonly from: Ref;
  readonly to: Destination;
  /** The caller keys it; left out: the call goes there by itself. */
  readonly byKey?: true;
}

/** Every way from one object to the next that the model holds. */
export function allDestinations(model: Model): Led[] {
  const led: Led[] = [];
  const add = (from: Ref, to: Destination | null): void => {
    if (to !== null) led.push({ from, to });
  };
  for (const [id, e] of Object.entries(model.extension)) {
    for (const to of [e.noAnswer, e.busy, e.unreachable]) add({ kind: 'extension', id }, to);
    for (const greeting of GREETINGS)
      for (const number of Object.values(e.greetingKeys[greeting]?.numbers ?? {}))
        led.push({ from: { kind: 'extension', id }, to: { to: 'number', context: 'from-internal', number }, byKey: true });
  }
  for (const [id, g] of Object.entries(model['ring-group'])) add({ kind: 'ring-group', id }, g.noAnswer);
  for (const [id, f] of Object.entries(model['follow-me'])) add({ kind: 'follow-me', id }, f.noAnswer);
  for (const [id, p] of Object.entries(model.parking)) add({ kind: 'parking', id }, p.next);
  for (const [id, a] of Object.entries(model.announcement)) add({ kind: 'announcement', id }, a.next);
  for (const [id, c] of Object.entries(model['time-condition'])) {
    for (const to of [c.whenMatched, c.otherwise]) add({ kind: 'time-condition', id }, to);
  }
  for (const [id, f] of Object.entries(model['call-flow'])) for (const to of [f.day, f.night]) add({ kind: 'call-flow', id }, to);
  for (const [id, i] of Object.entries(model.ivr)) {
    for (const e of i.entries) led.push({ from: { kind: 'ivr', id }, to: e.destination, byKey: true });
    for (const to of [i.timeout.next, i.invalid.next]) add({ kind: 'ivr', id }, to);
  }
  for (const [id, q] of Object.entries(model.queue)) add({ kind: 'queue', id }, q.next);
  for (const kind of [
    'language',
    'set-cid',
    'queue-priority',
    'recording-rule',
    'misc-application',
    'callback',
    'directory',
    'dynamic-route',
  ] as const)
    for (const [id, passed] of Object.entries(model[kind])) add({ kind, id }, passed.next);
  for (const [id, r] of Object.entries(model['dynamic-route']))
    for (const e of r.entries) add({ kind: 'dynamic-route', id }, e.destination);
  for (const [id, m] of Object.entries(model['misc-destination']))
    if (m.number !== '') add({ kind: 'misc-destination', id }, { to: 'number', context: 'from-internal', number: m.number });
  for (const [id, r] of Object.entries(model['inbound-route'])) add({ kind: 'inbound-route', id }, r.destination);
  for (const [id, r] of Object.entries(model['outbound-route'])) add({ kind: 'outbound-route', id }, r.onFailure);
  for (const [id, c] of Object.entries(model['class-of-service']))
    for (const to of [c.onFailure, c.onFailedCode]) add({ kind: 'class-of-service', id }, to);
  return led;
}
