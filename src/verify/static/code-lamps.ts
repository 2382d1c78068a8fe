import type { Model } from '../../model/kinds.ts';
import { type Ref, ref } from '../../model/ref.ts';
import { defineCheck, differing } from './mismatch.ts';

/** A key of telephones: what it subscribes to, and the devices whose state lights it. */
interface Lamp {
  readonly about: Ref;
  readonly number: string;
  readonly devices: readonly string[];
}

/** What a line of the dialplan can hold as number and id; any other is a finding of render. */
const HELD = /^[0-9A-Za-z+*#]+$/;

/** Keys of telephones that show what a code switches: call flows, time conditions, rooms, and callers who wait for an agent's queues. */
export const codeLampCheck = defineCheck(async ({ dialplan }, model) =>
  [...switched(model), ...rooms(model), ...waiting(model)]
    .filter(({ number, devices }) => HELD.test(number) && devices.every((d) => HELD.test(d.split(':')[1] ?? '')))
    .flatMap(({ about, number, devices }) =>
      differing(about, { [`lamp of ${number}`]: [devices.join('&'), dialplan.hint(number, 'from-internal') ?? ''] }),
    ),
);

function codeOf(model: Model, id: string): string | null {
  const held = model['feature-code'][id];
  return held?.enabled === true && held.code !== '' ? held.code : null;
}

function switched(model: Model): Lamp[] {
  const kinds = [
    ['call-flow', 'daynight', 'Custom:DAYNIGHT'],
    ['time-condition', 'timeconditions', 'Custom:TC'],
  ] as const;
  return kinds.flatMap(([kind, module, lamp]) =>
    Object.keys(model[kind]).flatMap((id) => {
      const number = codeOf(model, `${module}/toggle-mode-${id}`);
      return number === null ? [] : [{ about: ref(kind, id), number, devices: [`${lamp}${id}`] }];
    }),
  );
}

function rooms(model: Model): Lamp[] {
  const id = 'conferences/conf_status';
  const number = codeOf(model, id);
  const devices = Object.keys(model.conference).map((room) => `confbridge:${room}`);
  return number === null || devices.length === 0 ? [] : [{ about: ref('feature-code', id), number, devices }];
}

/** '*47*101*400': of one queue of agent 101; '*47*101': of all his queues. */
function waiting(model: Model): Lamp[] {
  const code = codeOf(model, 'queues/que_callers');
  if (code === null) return [];
  return Object.keys(model.extension).flatMap((agent) => {
    const queues = Object.entries(model.queue).flatMap(([id, q]) =>
      [...q.members.filter((m) => m.kind === 'number'), ...q.dynamicMembers].some((m) => m.number === agent) ? [id] : [],
    );
    const lamp = (number: string, of: readonly string[]): Lamp => ({
      about: ref('extension', agent),
      number,
      devices: of.map((id) => `Queue:${id}`),
    });
    return queues.length === 0 ? [] : [lamp(`${code}*${agent}`, queues), ...queues.map((id) => lamp(`${code}*${agent}*${id}`, [id]))];
  });
}
