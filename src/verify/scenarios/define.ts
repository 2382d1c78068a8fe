import type { Model } from '../../model/kinds.ts';
import type { Numbering } from '../../model/numbering.ts';
import type { Ref } from '../../model/ref.ts';
import type { Behaviour, ExtensionState } from '../../model/walk/situation.ts';
import type { Scenario } from '../scenario.ts';
import type { Phone } from './callers.ts';

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
  /** Telephones that the lab plays. */
  readonly phones: readonly Phone[];
  /** Trunks by which calls come in, played by the lab. */
  readonly carriers: readonly string[];
  /** Calls that take longer than a minute are placed, too. */
  readonly patient: boolean;
  /** Objects of a kind for which calls are planned, at most. */
  readonly limit: number;
}

/** A call as a kind describes it; draft.ts makes the scenario of it. */
export interface Draft {
  readonly id: string;
  readonly about: readonly Ref[];
  readonly dial: string;
  readonly from: { readonly inside: readonly Phone[] } | { readonly carrier: string; readonly number: string; readonly name: string };
  /** Extensions that take part and so cannot call. */
  readonly notCalling?: readonly string[];
  readonly does: (leg: Ref) => Behaviour;
  /** Those who ring must be in no other call meanwhile: the plain way of a call is measured. */
  readonly alone?: boolean;
  /** State of extensions that is set before the call. */
  readonly state?: Readonly<Record<string, Partial<ExtensionState>>>;
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

/** At most `limit` of them, spread evenly, first and last among them; the rest is skipped with the reason. */
export function sample<T>(all: readonly T[], limit: number, id: (one: T) => string): { taken: T[]; skipped: Skipped[] } {
  if (all.length <= limit) return { taken: [...all], skipped: [] };
  const chosen = new Set(Array.from({ length: limit }, (_, i) => Math.round((i * (all.length - 1)) / Math.max(1, limit - 1))));
  const why = `a sample of ${limit} of ${all.length} is called`;
  return { taken: all.filter((_, i) => chosen.has(i)), skipped: all.filter((_, i) => !chosen.has(i)).map((one) => ({ id: id(one), why })) };
}
