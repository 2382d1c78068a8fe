import { MigrateError } from '../error.ts';
import type { Destination } from '../model/destination.ts';
import { example } from '../model/dial-pattern.ts';
import { type Model, naturalOrder } from '../model/kinds.ts';
import { fromExtension, fromOutside } from '../model/walk/situation.ts';
import { dialled, fromCarrier } from '../model/walk.ts';
import { SHOWN } from './shown.ts';
import type { Asked } from './story.ts';

/** Who calls where nobody says so: a number that is nobody's. */
export const STRANGER = '70001112233';

export interface Circumstances {
  /** Number of who calls: an extension's, or one from outside. Left out: somebody from outside, or for a number the first extension. */
  readonly caller?: string;
  /** Local time 'YYYY-MM-DD HH:mm'; null: it does not matter. */
  readonly time: string | null;
  readonly phones: 'answer' | 'busy' | 'ignore';
}

/**
 * A call to what is named: `did 74951234567`, `number 101`, `queue 400`.
 * @throws MigrateError E_SHOW_KIND of no such kind; E_SHOW_NOTHING where the model has no such object.
 */
export function beginning(model: Model, kind: string, id: string, o: Circumstances): Asked {
  const phones = (): Circumstances['phones'] => o.phones;
  const caller = o.caller ?? (kind === 'number' ? firstExtension(model) : STRANGER);
  const common = { time: o.time, phones };
  const at = model.extension[caller] === undefined ? fromOutside(caller, '', common) : fromExtension(caller, common);
  return { from: destinationOf(model, kind, id), at };
}

/** A number for each inbound route that has one, each once. */
export function didsOf(model: Model): string[] {
  const dids = Object.values(model['inbound-route']).flatMap((r) => (r.did === '' ? [] : (example(r.did) ?? [])));
  return [...new Set(dids)].sort(naturalOrder);
}

function destinationOf(model: Model, kind: string, id: string): Destination {
  const known = SHOWN.find((k) => k === kind);
  if (known === undefined)
    throw new MigrateError({ code: 'E_SHOW_KIND', why: `nothing is called '${kind}'`, hint: `Name one of ${SHOWN.join(', ')}.` });
  if (known === 'did') return fromCarrier(id);
  if (known === 'number') return dialled(id);
  const objects = (model as unknown as Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>)[known] ?? {};
  if (!Object.hasOwn(objects, id)) {
    const ids = Object.keys(objects).sort(naturalOrder);
    const hint =
      ids.length === 0
        ? `The model has no ${known}.`
        : `The model has ${known} ${ids.slice(0, 20).join(', ')}${ids.length > 20 ? ', ...' : ''}.`;
    throw new MigrateError({ code: 'E_SHOW_NOTHING', why: `there is no ${known} ${id}`, hint });
  }
  return known === 'extension' ? { to: 'extension', id, by: 'follow-me' } : { to: known, id };
}

function firstExtension(model: Model): string {
  const [first] = Object.keys(model.extension).sort(naturalOrder);
  return first ?? STRANGER;
}
