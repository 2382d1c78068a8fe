import type { Backlog } from './backlog.ts';
import type { StormFigures } from './figures.ts';

/** Where a PBX no longer does its work. */
export interface Thresholds {
  /** Failed calls in a hundred. */
  readonly failuresPercent: number;
  readonly originateToRingP95Ms: number;
  readonly answerToAgentP95Ms: number;
  readonly orphansPercent: number;
  readonly eventLagP95Ms: number;
  readonly speechLostPercent: number;
}

/**
 * - failures 1 %: a carrier loses more than that by itself; what is above is the PBX's own.
 * - a second until it rings: the customer does not notice, but with a longer one the dialler's picture of its calls is wrong.
 * - half a second until the agent's telephone rings: with his picking up a customer says hello once, and is answered.
 * - orphans 1 %: a customer who hears nobody for two seconds hangs up, and in many countries that is counted against the call centre (3 % is a usual limit).
 * - half a second of event lag: what comes later makes a race cut the wrong calls.
 * - speech lost 1 %: from there on people hear gaps (G.711 without concealment, ITU-T G.113 appendix I).
 */
export const USUAL_THRESHOLDS: Thresholds = {
  failuresPercent: 1,
  originateToRingP95Ms: 1000,
  answerToAgentP95Ms: 500,
  orphansPercent: 1,
  eventLagP95Ms: 500,
  speechLostPercent: 1,
};

/** What each is a limit of, and its unit, as the report says it. */
export const THRESHOLD_WORDS: Readonly<Record<keyof Thresholds, readonly [what: string, unit: string]>> = {
  failuresPercent: ['failed calls', ' %'],
  originateToRingP95Ms: ['p95 from originate to ring', ' ms'],
  answerToAgentP95Ms: ['p95 from answer to agent', ' ms'],
  orphansPercent: ['customers who heard nobody', ' %'],
  eventLagP95Ms: ['p95 of the event lag', ' ms'],
  speechLostPercent: ['speech lost', ' %'],
};

/** Beside the storm: what the PBX says of itself. */
export interface Aftermath {
  /** Customers who answered and of whom no call record tells; null: not looked at. */
  readonly recordsMissing: number | null;
  /** The longest queue inside Asterisk; null: it does not say. */
  readonly backlog: Backlog | null;
}

/** Of a hundred originates that were due so many must have been sent: else it was the agents or the harness that were short, and the step says nothing. */
const LEAST_SENT_PERCENT = 90;
/** The dialler itself was so late: what it measured is its own. */
const MOST_LOOP_LAG_MS = 250;

export const THRESHOLDS = Object.keys(THRESHOLD_WORDS) as readonly (keyof Thresholds)[];

/** What breaks a threshold, a line each; none: the PBX bears this storm. */
export function broken(f: StormFigures, after: Aftermath, t: Thresholds): string[] {
  const percent = (n: number, of: number): number => (of === 0 ? 0 : (100 * n) / of);
  const over = (what: string, value: number | undefined, limit: number, unit: string): string[] =>
    value !== undefined && value > limit ? [`${what} ${round(value)}${unit}, over ${limit}${unit}`] : [];
  const measured: Readonly<Record<keyof Thresholds, number | undefined>> = {
    failuresPercent: percent(f.failures, f.originates),
    originateToRingP95Ms: f.originateToRing?.p95,
    answerToAgentP95Ms: f.answerToAgent?.p95,
    orphansPercent: percent(f.orphans, f.answered),
    eventLagP95Ms: f.eventLag?.p95,
    speechLostPercent: f.speechLostPercent ?? undefined,
  };
  return [
    ...(f.trouble === null ? [] : [f.trouble]),
    ...THRESHOLDS.flatMap((key) => over(THRESHOLD_WORDS[key][0], measured[key], t[key], THRESHOLD_WORDS[key][1])),
    ...over('double joins', f.doubleJoins, 0, ''),
    ...over('call records missing', after.recordsMissing ?? 0, 0, ''),
    ...(after.backlog === null ? [] : over(`tasks waiting in ${after.backlog.processor}`, after.backlog.depth, after.backlog.limit, '')),
    ...(f.originates > 0 && f.rang === 0 ? ['no customer rang at all'] : []),
  ];
}

/** Why a storm says nothing of the PBX, whatever it was like: something else was short. null: it does. */
export function inconclusive(f: StormFigures): string | null {
  const due = f.originates + f.withoutAgent;
  if (due > 0 && (100 * f.originates) / due < LEAST_SENT_PERCENT) return 'too few agents for this rate';
  if (f.dialler.loopLagMs > MOST_LOOP_LAG_MS) return 'the dialler itself was late';
  return null;
}

function round(n: number): string {
  return n >= 100 ? n.toFixed(0) : n.toFixed(1).replace(/\.0$/, '');
}
