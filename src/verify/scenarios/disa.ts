import { isKeyed, pinsUnder } from '../../model/pin-set.ts';
import { ref, refText } from '../../model/ref.ts';
import { type Phone, spread } from './callers.ts';
import type { Draft, PlanContext } from './define.ts';
import { callsOfEach, type Drafted } from './each-object.ts';
import { byWay } from './ways.ts';

/** Every DISA: somebody who knows a PIN dials on until it rings, one who knows none is turned away, a machine presses nothing. */
export const disaScenarios = callsOfEach('disa', (context) => (id) => drafts(context, id));

/** More than are asked for. */
const WRONG = ['7', '7', '7'];

function drafts(context: PlanContext, id: string): Drafted {
  const about = ref('disa', id);
  const held = context.model.disa[id];
  const way = byWay(context, about);
  const reached = someone(context, way);
  if (way === null || held === undefined || reached === null)
    return { drafts: [], skipped: [{ id: refText(about), why: 'no call that the lab places reaches it' }] };
  const call = (what: string, keys: readonly string[], o: Partial<Draft> = {}): Draft => ({
    ...way,
    id: `${refText(about)}/${what}`,
    about: [about],
    keys: [...(way.keys ?? []), ...(held.confirms ? ['1'] : []), ...keys],
    notCalling: [reached.extension],
    does: () => 'ignore',
    goes: 'through',
    impatient: true,
    ...o,
  });
  const pins = held.asksPin ? pinsUnder(context.model, `disa/${id}/pin`).filter(isKeyed) : [''];
  const opening = (pin: string): string[] => (pin === '' ? [] : [`${pin}#`]);
  const list = pins.map((pin, i) => call(i === 0 ? 'dials-on' : `pin-${i + 1}`, [...opening(pin), reached.extension]));
  if (held.asksPin)
    list.push(
      call(
        'wrong-pin',
        WRONG.map((key) => `${key}#`),
        { goes: 'through' },
      ),
    );
  if (held.confirms) list.push(call('no-key', [], { keys: way.keys ?? [] }));
  return { drafts: list, skipped: [] };
}

/** Somebody who is called through it: another one for each. */
function someone(context: PlanContext, way: Pick<Draft, 'dial'> | null): Phone | null {
  const { model, inside } = context;
  // a number that somebody else has, or whose calls are forwarded, tells nothing of the DISA
  const isOwn = ({ extension }: Phone): boolean =>
    inside.numbers.get(extension)?.to === 'extension' && model.extension[extension]?.state.forwardAlways === null;
  // nor does what takes the call in the end where nobody does
  const isPlain = ({ extension }: Phone): boolean =>
    model.extension[extension]?.voicemail === null && model['follow-me'][extension]?.enabled !== true;
  const own = context.phones.filter(isOwn);
  const phones = [own.filter(isPlain), own, context.phones].find((list) => list.length > 0) ?? [];
  return way === null ? null : (phones[spread(way.dial, phones.length)] ?? null);
}
