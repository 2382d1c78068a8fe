import type { Verdict } from './judge.ts';
import type { Mutant } from './mutant.ts';

export interface Judged {
  readonly mutant: Mutant;
  readonly verdict: Verdict;
  readonly seconds: number;
}

/** A mutant that there is nothing to catch of, and why. */
export interface Equal {
  readonly mutant: Mutant;
  readonly why: string;
}

/** Of mutants that were caught this share must have been. */
export const GOAL = 0.95;

/** The whole run as text: each mutant in a line, then the figures, then the survivors with why. */
export function table(judged: readonly Judged[], equal: readonly Equal[]): string {
  const lines = judged.map(
    ({ mutant, verdict, seconds }) =>
      `${verdict.by.padEnd(7)} ${seconds.toFixed(1).padStart(5)} s  ${mutant.what.slice(0, 110)}  |  ${verdict.why.slice(0, 160)}`,
  );
  const survivors = judged.filter((j) => j.verdict.by === 'nobody');
  const count = (by: Verdict['by']): number => judged.filter((j) => j.verdict.by === by).length;
  return [
    ...lines,
    '',
    `${judged.length} mutants: ${count('static')} caught by static, ${count('calls')} by calls, ${count('render')} refused by render, ${survivors.length} survived` +
      `; caught ${(share(judged) * 100).toFixed(1)} %`,
    `${equal.length} more make no difference to anybody on this box, and do not count:`,
    ...equal.map(({ mutant, why }) => `no difference: ${mutant.what.slice(0, 110)}  |  ${why}`),
    ...survivors.map(({ mutant, verdict }) => `survived: ${mutant.what}\n          ${verdict.why}`),
  ].join('\n');
}

export function share(judged: readonly Judged[]): number {
  return judged.length === 0 ? 0 : judged.filter((j) => j.verdict.by !== 'nobody').length / judged.length;
}
