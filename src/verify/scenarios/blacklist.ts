import { naturalOrder } from '../../model/kinds.ts';
import { ref } from '../../model/ref.ts';
import { defineScenarios, sample } from './define.ts';
import { scenarios } from './draft.ts';
import { OUTSIDE_NAME, wayFromOutside } from './ways.ts';

/** Everybody on the blacklist calls a number that others reach. */
export const blacklistScenarios = defineScenarios({
  kind: 'blacklist',
  plan: (context) => {
    const numbers = Object.keys(context.model.blacklist).sort(naturalOrder);
    const { taken, skipped } = sample(numbers, Math.min(context.limit, MOST), (number) => `blacklist/${number}`);
    const way = wayFromOutside(context);
    if (way === null)
      return { scenarios: [], skipped: taken.map((n) => ({ id: `blacklist/${n}`, why: 'no carrier that the lab plays brings calls' })) };
    const { carrier } = way.from;
    const planned = scenarios(
      context,
      'blacklist',
      taken.map((number) => ({
        ...way,
        id: `blacklist/${number}/turned-away`,
        about: [ref('blacklist', number)],
        from: { carrier, number: number === 'blocked' ? '' : number, name: number === 'blocked' ? '' : OUTSIDE_NAME },
        does: () => 'answer',
      })),
    );
    return { scenarios: planned.scenarios, skipped: [...planned.skipped, ...skipped] };
  },
});

/** They are all turned away by the same few lines. */
const MOST = 5;
