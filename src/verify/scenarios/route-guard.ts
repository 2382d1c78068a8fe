import type { Model } from '../../model/kinds.ts';
import { asksCallers, type OutboundRoute } from '../../model/outbound-route.ts';
import { isKeyed, pinsUnder } from '../../model/pin-set.ts';
import { ref } from '../../model/ref.ts';
import type { Phone } from './callers.ts';
import type { Draft } from './define.ts';

/** What callers must key before a route takes their number. */
interface Guard {
  /** Whether it asks this telephone. */
  readonly asks: (phone: Phone) => boolean;
  /** What passes, an entry each time that it asks; none: it asks nobody, or nobody passes. */
  readonly keys: readonly string[];
  /** Three times what does not pass; none: it asks nobody. */
  readonly wrong: readonly string[];
  /** The set of PINs, where there is one. */
  readonly pinSet: string | null;
}

/** The guard on whichever route takes a number. */
export function guardOn(model: Model, taken: readonly [id: string, route: OutboundRoute] | null): Guard {
  if (taken === null || !asksCallers(taken[1])) return { asks: () => true, keys: [], wrong: [], pinSet: null };
  const [id, { pinSet, asksPassword }] = taken;
  const asked = [...(pinSet === null ? [] : [`pin-set/${pinSet}/pin`]), ...(asksPassword ? [`outbound-route/${id}/password`] : [])];
  // the last of several, so that it is no luck that it passes
  const pins = asked.map((name) => pinsUnder(model, name).filter(isKeyed).at(-1));
  const digits = wrongPin(model);
  return {
    asks: ({ extension }) => model.extension[extension]?.needsNoPin !== true,
    keys: pins.some((pin) => pin === undefined) ? [] : pins.map((pin) => `${pin}#`),
    wrong: [digits, digits, digits],
    pinSet,
  };
}

/** Calls that a guard turns away, and those of whoever it does not ask. */
export function guardDrafts(guard: Guard, passing: Draft, callers: readonly Phone[]): Draft[] {
  if (guard.wrong.length === 0) return [];
  const exempt = callers.filter((p) => !guard.asks(p));
  const call = (what: string, o: Partial<Draft>): Draft => ({
    ...passing,
    id: passing.id.replace(/[^/]+$/, what),
    about: [...passing.about, ...(guard.pinSet === null ? [] : [ref('pin-set', guard.pinSet)])],
    ...o,
  });
  return [
    call('wrong-pin', { keys: guard.wrong }),
    call('nothing-keyed', { keys: [] }),
    ...(exempt.length === 0 ? [] : [call('no-pin-needed', { keys: [], from: { inside: exempt } })]),
  ];
}

/** Digits that are no secret of this PBX. */
function wrongPin({ secrets }: Model): string {
  const taken = new Set(Object.values(secrets));
  return `${['0000', '1357', '2468', '97531'].find((pin) => !taken.has(pin)) ?? '000111'}#`;
}
