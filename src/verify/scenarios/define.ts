import type { Model } from '../../model/kinds.ts';
import type { Numbering } from '../../model/numbering.ts';
import { type Ref, refText } from '../../model/ref.ts';
import type { Behaviour, ExtensionState } from '../../model/walk/situation.ts';
import type { Act, Caller, Scenario } from '../scenario.ts';
import type { Astdb, State } from './astdb.ts';
import type { Phone } from './callers.ts';
import type { Way } from './ways.ts';

/** A call that is not placed, and why. */
export interface Skipped {
  readonly id: string;
  readonly why: string;
}

/** What a kind plans. */
export interface Planned {
  readonly scenarios: readonly Scenario[];
  readonly skipped: readonly Skipped[];
}

/** What all kinds plan with. */
export interface PlanContext {
  readonly model: Model;
  readonly inside: Numbering;
  /** Telephones that the lab plays and that place the calls to others. */
  readonly phones: readonly Phone[];
  /** Telephones that try what can be switched. Where there are enough, they place no other calls: each would wait for those. */
  readonly trying: readonly Phone[];
  /** All, and the ones that are better left free to be called. */
  readonly everyPhone: readonly Phone[];
  /** Trunks by which calls come in, played by the lab. */
  readonly carriers: readonly string[];
  /** Calls that take longer than a minute are placed, too. */
  readonly patient: boolean;
  /** Objects of a kind for which calls are planned, at most. */
  readonly limit: number;
  /** Moments that differ in which time groups they are within. */
  readonly moments: () => readonly string[];
  /** A way to every object that calls reach, by 'ivr/1'; found out when it is first asked for. */
  readonly ways: () => ReadonlyMap<string, Way>;
}

/** Who places a call: a telephone inside, the first of these that is free, or a carrier. */
export type From = { readonly inside: readonly Phone[] } | FromCarrier;

/** A call from outside. `way`: as in Caller. */
export interface FromCarrier extends Pick<Caller, 'number' | 'name' | 'way'> {
  readonly carrier: string;
}

/**
 * How far a caller goes. asked: he hangs up where he is asked and has nothing more to key; past: but not where this one asks. noticed: as soon
 * as he notices which way the hours or his keys sent him. changed: as soon as he is told that what he switched is switched. beyond: he hears that
 * one out, and hangs up where it sends him. left: he waits until nobody of this line or group has taken the call, and hangs up where it sends him. rung: as soon as somebody rings. to: he waits in this line until it
 * has rung somebody, or in this lot. hearing: until this prompt begins. through: he waits for whatever comes.
 */
export type Goes =
  | 'asked'
  | 'noticed'
  | 'changed'
  | 'rung'
  | 'through'
  | { readonly past: Ref }
  | { readonly to: Ref }
  | { readonly beyond: Ref }
  | { readonly left: Ref }
  | { readonly hearing: string };

/** How a caller behaves. */
interface Calling {
  readonly dial: string;
  /** A context of the site that the call is sent into at this number, as a dialler would; `dial` is how the lab does that. */
  readonly into?: { readonly context: string; readonly number: string };
  readonly from: From;
  /** Extensions that take part and so cannot call. */
  readonly notCalling?: readonly string[];
  readonly does: (leg: Ref) => Behaviour;
  /** What the caller keys, an entry each time that he is asked for something. */
  readonly keys?: readonly string[];
  /** Left out: asked. */
  readonly goes?: Goes;
  /** Where that takes too long, he hangs up as soon as he notices where he was sent. */
  readonly impatient?: boolean;
  /** Local time; left out: the working hour. */
  readonly time?: string;
}

/** A call that makes the situation for another, or puts it back. */
export interface EarlierDraft extends Calling {
  /** When the next call is placed. there: the caller has heard all that he is told, or was answered; he stays. */
  readonly until: 'over' | 'there' | 'rings' | 'answered';
  readonly afterMs?: number;
  /** What somebody does besides. */
  readonly acts?: readonly Act[];
  /** How long the caller talks before he hangs up. */
  readonly talkMs?: number;
}

/** A call as a kind describes it; draft.ts makes the scenario of it. */
export interface Draft extends Calling {
  readonly id: string;
  readonly about: readonly Ref[];
  /** Those who ring must be in no other call meanwhile: the plain way of a call is measured. */
  readonly alone?: boolean;
  /** State of extensions that is set before the call. */
  readonly state?: Readonly<Record<string, Partial<ExtensionState>>>;
  /** Extensions whose telephones are not registered. */
  readonly away?: readonly string[];
  /** Other state that is set before the call: { 'DAYNIGHT/C0': 'NIGHT' }. */
  readonly astdb?: Astdb;
  /** Placed before it. What they change in AstDB holds for this call. */
  readonly earlier?: readonly EarlierDraft[];
  /** Extensions that they leave in a call. */
  readonly inCall?: readonly string[];
  /** What else they bring about. */
  readonly given?: Partial<State>;
  /** Placed after it. */
  readonly after?: readonly EarlierDraft[];
  /** Prompts that stand for any: how many messages there are depends on the calls before. */
  readonly anyPrompt?: readonly string[];
  /** Things that it needs for itself. */
  readonly owns?: readonly Ref[];
}

export interface ScenarioKind {
  /** Name in ids and in the report: 'ext', 'did'. */
  readonly kind: string;
  readonly plan: (context: PlanContext) => Planned;
}

/** Declares the calls of a kind. They follow from the model alone. */
export function defineScenarios(kind: ScenarioKind): ScenarioKind {
  return kind;
}

/** One does something, and all others ring on. */
export function only(who: Ref, does: Behaviour): Draft['does'] {
  const name = refText(who);
  return (leg) => (refText(leg) === name ? does : 'ignore');
}

/** At most `limit` of them, spread evenly, first and last among them; the rest is skipped with the reason. */
export function sample<T>(all: readonly T[], limit: number, id: (one: T) => string): { taken: T[]; skipped: Skipped[] } {
  if (all.length <= limit) return { taken: [...all], skipped: [] };
  const chosen = new Set(Array.from({ length: limit }, (_, i) => Math.round((i * (all.length - 1)) / Math.max(1, limit - 1))));
  const why = `a sample of ${limit} of ${all.length} is called`;
  return { taken: all.filter((_, i) => chosen.has(i)), skipped: all.filter((_, i) => !chosen.has(i)).map((one) => ({ id: id(one), why })) };
}
