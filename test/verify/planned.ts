import { refText } from '../../src/model/ref.ts';
import type { Act, Scenario } from '../../src/verify/scenario.ts';

/** The planned call of this id. @throws Error, with all ids, where there is none. */
export function byId(scenarios: readonly Scenario[], id: string): Scenario {
  const found = scenarios.find((s) => s.id === id);
  if (found === undefined) throw new Error(`no ${id} among ${scenarios.map((s) => s.id).join(', ')}`);
  return found;
}

/** Legs that a call must have: '1 device/101 101 answered'. */
export function legs(s: Scenario): string[] {
  return s.expect.legs.map(
    (l) => `${l.order} ${typeof l.to === 'string' ? l.to : refText(l.to)} ${l.dialled}${l.answered ? ' answered' : ''}`,
  );
}

/** What the caller does: 'hears custom/menu +400: keys 1'; 'hears out': once it is over. */
export function does(s: { readonly acts: readonly Act[] }): string[] {
  return s.acts
    .filter((a) => a.who === 'caller')
    .map((a) => {
      const when =
        typeof a.when === 'string'
          ? a.when
          : `hears ${a.when.out === true ? 'out ' : ''}${a.when.heard}${a.when.nth === undefined ? '' : ` (${a.when.nth})`}`;
      return `${when} +${a.afterMs}: ${typeof a.do === 'string' ? a.do : `keys ${a.do.keys}`}`;
    });
}
