import { ref } from '../../src/model/ref.ts';
import type { Act, Caller, Scenario } from '../../src/verify/scenario.ts';
import { EMPTY_TRACE } from './empty-trace.ts';

/** A telephone that calls. */
export const phone = (id: string): Caller => ({ as: 'extension', ref: ref('device', id), number: id, name: '' });

/** Who calls in by the carrier. */
export const carrier: Caller = { as: 'carrier', ref: ref('trunk', '1'), number: '79035551122', name: 'Пётр Иванов, ООО' };

/** A call that is placed for what it shows: nothing is expected of it. */
export function call(id: string, caller: Caller, dial: string, acts: readonly Act[], more: Partial<Scenario> = {}): Scenario {
  return {
    id,
    kind: 'lab',
    about: [],
    at: null,
    caller,
    dial,
    acts,
    before: { astdb: {} },
    claims: [],
    longestMs: 8000,
    expect: EMPTY_TRACE,
    ...more,
  };
}
