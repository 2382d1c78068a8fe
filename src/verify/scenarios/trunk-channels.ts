import type { Model } from '../../model/kinds.ts';
import { type Ref, ref } from '../../model/ref.ts';
import type { Scenario } from '../scenario.ts';

/** One channel of a trunk: 'trunk/1#2' is the second of trunk 1. */
const CHANNEL = /^(.+)#(\d+)$/;

/**
 * Spreads calls over the channels of the trunks that they go out by, so that no channel has much more to do than the others: the longest calls first, each to the
 * channel that has the least so far. A call that takes several channels of a trunk keeps them.
 */
export function spreadOverChannels(model: Model, scenarios: readonly Scenario[]): Scenario[] {
  const load = new Map<string, number>();
  const add = (channel: string, s: Scenario): void => void load.set(channel, (load.get(channel) ?? 0) + s.longestMs);
  for (const s of scenarios) for (const { ref: r } of s.claims) if (trunkOf(r) !== null && !mayChange(s, r)) add(r.id, s);
  const leastBusy = (trunk: string): string => {
    const all = Array.from({ length: model.trunk[trunk]?.maxChannels ?? 1 }, (_, i) => `${trunk}#${i + 1}`);
    return all.reduce((least, one) => ((load.get(one) ?? 0) < (load.get(least) ?? 0) ? one : least));
  };
  const spread = new Map<string, Scenario>();
  for (const s of [...scenarios].sort((a, b) => b.longestMs - a.longestMs || (a.id < b.id ? -1 : 1))) {
    const claims = s.claims.map((c) => {
      const trunk = mayChange(s, c.ref) ? trunkOf(c.ref) : null;
      if (trunk === null) return c;
      const channel = leastBusy(trunk);
      add(channel, s);
      return { ...c, ref: ref('trunk', channel) };
    });
    spread.set(s.id, { ...s, claims });
  }
  return scenarios.map((s) => spread.get(s.id) ?? s);
}

/** The trunk that a channel belongs to; null: it is no channel. */
function trunkOf({ kind, id }: Ref): string | null {
  return kind === 'trunk' ? (CHANNEL.exec(id)?.[1] ?? null) : null;
}

/** A call that takes one channel of a trunk may take any of them. */
function mayChange(s: Scenario, channel: Ref): boolean {
  const trunk = trunkOf(channel);
  return trunk !== null && s.claims.filter((c) => trunkOf(c.ref) === trunk).length === 1;
}
