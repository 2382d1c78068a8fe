import { type Ref, refText } from '../../model/ref.ts';
import type { Draft } from './define.ts';

/** So long a caller waits to see who rings after one that is busy. */
const WAITS_SECONDS = 30;

/**
 * The first of those who ring in this order is busy, and the others do not answer: so it shows whether it goes on to each of them, and what comes then. Where they ring one
 * after the other for longer than anybody need wait, the later ones answer.
 */
export function firstBusy(
  order: readonly Ref[],
  held: { readonly strategy: string; readonly ringSeconds: number } | undefined,
): Draft['does'] {
  const places = new Map(order.map((leg, i) => [refText(leg), i]));
  const hunts = held?.strategy === 'hunt' || held?.strategy === 'memoryhunt';
  return (leg) => {
    const place = places.get(refText(leg)) ?? 1;
    if (place === 0) return 'busy';
    return hunts && place * held.ringSeconds > WAITS_SECONDS ? 'answer' : 'ignore';
  };
}
