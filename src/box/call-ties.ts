/** One row of call records, as far as it tells which call it belongs to. Times are seconds on one clock, whichever. */
export interface Leg {
  readonly start: number;
  readonly end: number;
  readonly uniqueid: string;
  /** '' where the old table has no such column. */
  readonly linkedid: string;
  readonly channel: string;
  readonly dstchannel: string;
}

interface Tie {
  readonly linkedid: string;
  readonly until: number;
}

/** Records are written at the end of a call, and clocks step a little. */
const SLACK_SECONDS = 60;
/** Names of Local channels come again after 65,536 of them; ties that ended are forgotten before they are that many. */
const PRUNE_AT = 20_000;

/**
 * Gives each row the linkedid of its call, where the old table has none (it came with FreePBX 13).
 *
 * The rule: rows with one uniqueid are one call; so are two rows that name the two halves of one Local channel
 * (`Local/101@from-queue-01a3;1` and `;2`) while the first of them lasts. The call's linkedid is the uniqueid of its earliest row, which is
 * what Asterisk itself takes. A linkedid that the old table holds stays.
 */
export class CallTies {
  readonly #known = new Map<string, Tie>();

  /** @param legs in order of time, later than all that were tied before. @returns their linkedids, in the same order */
  tie(legs: readonly Leg[]): string[] {
    // nothing but plain calls, as most of the time
    if (this.#known.size === 0 && legs.every((leg) => leg.linkedid === '' && !isLocal(leg.channel) && !isLocal(leg.dstchannel))) {
      return legs.map((leg) => leg.uniqueid);
    }
    const groups = grouped(legs);
    const linkedids = new Map<number, string>();
    for (const [i, leg] of legs.entries()) {
      const group = groups[i] as number;
      const carried = linkedids.has(group) ? undefined : this.#carried(leg);
      if (carried !== undefined) linkedids.set(group, carried);
    }
    const first = earliest(legs, groups);
    const given = legs.map((leg, i) => leg.linkedid || (linkedids.get(groups[i] as number) ?? first.get(groups[i] as number) ?? ''));
    this.#remember(legs, given);
    return given;
  }

  #carried(leg: Leg): string | undefined {
    for (const key of keysOf(leg)) {
      const tie = this.#known.get(key);
      if (tie !== undefined && leg.start <= tie.until) return tie.linkedid;
    }
    return undefined;
  }

  #remember(legs: readonly Leg[], linkedids: readonly string[]): void {
    for (const [i, leg] of legs.entries()) {
      const linkedid = linkedids[i] ?? '';
      const until = leg.end + SLACK_SECONDS;
      for (const key of keysOf(leg)) {
        // a call that is known by its own uniqueid needs no memory
        if (key !== `u${linkedid}` && linkedid !== '')
          this.#known.set(key, { linkedid, until: Math.max(until, this.#known.get(key)?.until ?? 0) });
      }
    }
    if (this.#known.size < PRUNE_AT) return;
    const now = legs.at(-1)?.start ?? 0;
    for (const [key, tie] of this.#known) if (tie.until < now) this.#known.delete(key);
  }
}

/** What a row shares with the other rows of its call. */
function keysOf(leg: Leg): string[] {
  const keys = leg.uniqueid === '' ? [] : [`u${leg.uniqueid}`];
  for (const channel of [leg.channel, leg.dstchannel]) if (isLocal(channel)) keys.push(`l${channel.slice(0, -2)}`);
  return keys;
}

function isLocal(channel: string): boolean {
  return channel.startsWith('Local/') && /;[12]$/.test(channel);
}

/** For each leg the index of a leg that stands for its call. */
function grouped(legs: readonly Leg[]): number[] {
  const parent = legs.map((_, i) => i);
  const root = (i: number): number => {
    let at = i;
    while (parent[at] !== at) at = parent[at] = parent[parent[at] as number] as number;
    return at;
  };
  const last = new Map<string, { leg: number; end: number }>();
  for (const [i, leg] of legs.entries()) {
    for (const key of keysOf(leg)) {
      const before = last.get(key);
      const same = before !== undefined && (key.startsWith('u') || leg.start <= before.end + SLACK_SECONDS);
      if (same) parent[root(i)] = root(before.leg);
      last.set(key, { leg: i, end: Math.max(leg.end, same ? before.end : 0) });
    }
  }
  return legs.map((_, i) => root(i));
}

/** The earliest uniqueid of each group; in one second the lower number. */
function earliest(legs: readonly Leg[], groups: readonly number[]): Map<number, string> {
  const first = new Map<number, Leg>();
  for (const [i, leg] of legs.entries()) {
    const group = groups[i] as number;
    const best = first.get(group);
    if (leg.uniqueid !== '' && (best === undefined || isEarlier(leg, best))) first.set(group, leg);
  }
  return new Map([...first].map(([group, leg]) => [group, leg.uniqueid]));
}

function isEarlier(a: Leg, b: Leg): boolean {
  if (a.start !== b.start) return a.start < b.start;
  // 'system-1370246401.7': the number after the dot counts channels
  const [x, y] = [a, b].map((leg) => Number(/\.(\d+)$/.exec(leg.uniqueid)?.[1] ?? Number.NaN)) as [number, number];
  return x < y;
}
