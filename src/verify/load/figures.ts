import type { Customer, Told } from './dialler/job.ts';
import type { Fate } from './fate.ts';

/** Milliseconds in which half, 95 and 99 of a hundred were done; null: there were none. */
export interface Spread {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** What one storm was like, by the far side's word. */
export interface StormFigures {
  readonly asked: number;
  /** Originates a second that were sent in truth. */
  readonly rate: number;
  readonly originates: number;
  readonly rang: number;
  readonly answered: number;
  readonly joined: number;
  /** Customers who answered and were cut, since another was first: the price of a race, not a fault. */
  readonly cutOff: number;
  /** Calls that went otherwise than the far side was to do: never rang, or an answer that the dialler was never told of. */
  readonly failures: number;
  /** Customers who answered, stayed, and heard nobody for two seconds. */
  readonly orphans: number;
  readonly doubleJoins: number;
  /** Originates that were not sent, since no agent was free. */
  readonly withoutAgent: number;
  readonly originateToRing: Spread | null;
  /** From the customer's answer to the agent's telephone ringing. */
  readonly answerToAgent: Spread | null;
  /** From what happens to the dialler being told of it. */
  readonly eventLag: Spread | null;
  /** Of a hundred packets of speech to customers, so many were lost; null: none was sent. */
  readonly speechLostPercent: number | null;
  readonly dialler: { readonly cpuSeconds: number; readonly loopLagMs: number };
  readonly trouble: string | null;
}

const ORPHAN_MS = 2000;

/** @param fates by slot; @param placingSeconds for how long originates were sent */
export function figuresOf(
  told: Told,
  o: { readonly fates: readonly Fate[]; readonly asked: number; readonly placingSeconds: number },
): StormFigures {
  const { customers } = told;
  const count = (holds: (c: Customer) => boolean): number => customers.filter(holds).length;
  return {
    asked: o.asked,
    rate: customers.length / o.placingSeconds,
    originates: customers.length,
    rang: count((c) => c.rangMs !== null),
    answered: count((c) => c.answeredMs !== null),
    joined: count((c) => c.joinedMs !== null),
    cutOff: count((c) => c.answeredMs !== null && c.cutMs !== null && c.joinedMs === null),
    failures: count((c) => isFailure(c, o.fates[c.slot])),
    orphans: count(isOrphan),
    doubleJoins: told.doubleJoins,
    withoutAgent: told.withoutAgent,
    originateToRing: spread(customers.map((c) => since(c.sentMs, c.rangMs))),
    answerToAgent: spread(customers.map((c) => since(c.answeredMs, c.agentRangMs))),
    eventLag: spread(customers.filter((c) => c.told === 'answered').map((c) => since(c.answeredMs, c.toldMs))),
    speechLostPercent: speechLost(customers),
    dialler: { cpuSeconds: told.cpuSeconds, loopLagMs: told.loopLagMs },
    trouble: told.trouble,
  };
}

/** What is cut before it could happen is no failure. */
function isFailure(c: Customer, fate: Fate | undefined): boolean {
  if (c.told === 'refused') return true;
  if (c.cutMs !== null) return false;
  if (c.rangMs === null) return true;
  const answers = fate !== undefined && fate.is !== 'busy' && fate.is !== 'silent';
  return answers ? c.told !== 'answered' : c.told === 'answered';
}

/** Up for two seconds, and alone. */
function isOrphan(c: Customer): boolean {
  if (c.answeredMs === null) return false;
  const alone = (c.joinedMs ?? Number.POSITIVE_INFINITY) - c.answeredMs;
  const up = (c.goneMs ?? Number.POSITIVE_INFINITY) - c.answeredMs;
  return Math.min(alone, up) > ORPHAN_MS;
}

function speechLost(customers: readonly Customer[]): number | null {
  const heard = customers.flatMap((c) => c.speech ?? []);
  if (heard.length === 0) return null;
  const sum = (of: (s: (typeof heard)[number]) => number): number => heard.reduce((all, s) => all + of(s), 0);
  return (100 * sum((s) => s.lost)) / sum((s) => s.got + s.lost);
}

function since(from: number | null, to: number | null): number | null {
  return from === null || to === null ? null : to - from;
}

export function spread(values: readonly (number | null)[]): Spread | null {
  const sorted = values.filter((v) => v !== null).sort((a, b) => a - b);
  if (sorted.length === 0) return null;
  const at = (share: number): number => sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
