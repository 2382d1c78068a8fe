import type { Model } from '../../src/model/kinds.ts';
import type { Ref } from '../../src/model/ref.ts';
import type { Random } from './random.ts';

/** Files of a tree by path. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** A step of the dialplan as its file has it: context, extension with its '_', priority. */
export interface Place {
  readonly context: string;
  readonly extension: string;
  readonly priority: number;
}

/** A defect put in on purpose. */
export interface Mutant {
  /** 'ring-group/600 ringSeconds 20 -> 43', or file, line and change. */
  readonly what: string;
  /** Rule that made it: one of each is taken before a second of any. */
  readonly rule: string;
  /** Object of the model that it is in. */
  readonly about: Ref | null;
  readonly made: /** `field`: 'members.penalty'; '': the object itself is gone. */
    | { readonly in: 'model'; readonly model: Model; readonly kind: string; readonly field: string }
    /** `place`: the step that was changed; null: none was. */
    | { readonly in: 'build'; readonly files: Files; readonly place: Place | null };
}

/** So many mutants, rules in turn and chance within each: one rule with many candidates is not heard more often than another. */
export function spread(candidates: readonly Mutant[], count: number, random: Random): Mutant[] {
  const byRule = new Map<string, Mutant[]>();
  for (const m of random.shuffled(candidates)) byRule.set(m.rule, [...(byRule.get(m.rule) ?? []), m]);
  const taken: Mutant[] = [];
  while (taken.length < count && byRule.size > 0) {
    for (const [rule, left] of random.shuffled([...byRule])) {
      const [first, ...others] = left;
      if (first !== undefined && taken.length < count) taken.push(first);
      if (others.length === 0) byRule.delete(rule);
      else byRule.set(rule, others);
    }
  }
  return taken;
}
