import { Random as Numbers } from '../../src/verify/paths/random.ts';

/** Chance, with lists in an order of its own. */
export class Random extends Numbers {
  shuffled<T>(list: readonly T[]): T[] {
    const all = [...list];
    for (let i = all.length - 1; i > 0; i--) {
      const j = Math.floor(this.next() * (i + 1));
      [all[i], all[j]] = [all[j] as T, all[i] as T];
    }
    return all;
  }
}
