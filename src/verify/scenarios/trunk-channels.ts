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
  const taken = new Map(scenarios.map((s) => [s.id, new Map(s.claims.flatMap(({ ref: r }) => channelOf(s, r)))]));
  for (const s of scenarios) for (const { ref: r } of s.claims) if (CHANNEL.test(r.id) && !taken.get(s.id)?.has(r.id)) add(r.id, s);
  for (const s of [...scenarios].sort((a, b) => b.longestMs - a.longestMs || (a.id < b.id ? -1 : 1))) {
    for (const [channel, trunk] of taken.get(s.id) ?? []) {
      const all = Array.from({ length: model.trunk[trunk]?.maxChannels ?? 1 }, (_, i) => `${trunk}#${i + 1}`);
      const free = all.reduce((least, one) => ((load.get(one) ?? 0) < (load.get(least) ?? 0) ? one : least), all[0] ?? channel);
      taken.get(s.id)?.set(channel, free);
      add(free, s);
    }
  }
  return scenarios.map((s) => ({
    ...s,
    claims: s.claims.map((c) => ({ ...c, ref: c.ref.kind === 'trunk' ? ref('trunk', taken.get(s.id)?.get(c.ref.id) ?? c.ref.id) : c.ref })),
  }));
}

/** A channel that a call may change for another one, and its trunk. */
function channelOf(s: Scenario, { kind, id }: Ref): [string, string][] {
  const [, trunk] = kind === 'trunk' ? (CHANNEL.exec(id) ?? []) : [];
  if (trunk === undefined) return [];
  const others = s.claims.filter((c) => c.ref.kind === 'trunk' && CHANNEL.exec(c.ref.id)?.[1] === trunk);
  return others.length === 1 ? [[id, trunk]] : [];
}
