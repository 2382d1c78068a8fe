import { type ModelKind, naturalOrder } from '../../model/kinds.ts';
import { type Draft, defineScenarios, type PlanContext, type ScenarioKind, type Skipped, sample } from './define.ts';
import { scenarios } from './draft.ts';

/** The calls of one object, and those of them that nobody can place. */
export interface Drafted {
  readonly drafts: readonly Draft[];
  readonly skipped: readonly Skipped[];
}

/** Declares the calls of a kind whose objects are called one by one, a sample of them where there are many. Their ids begin with the kind's name. */
export function callsOfEach(kind: ModelKind, draftsOf: (context: PlanContext) => (id: string) => Drafted): ScenarioKind {
  return defineScenarios({
    kind,
    plan: (context) => {
      const ids = Object.keys(context.model[kind]).sort(naturalOrder);
      const { taken, skipped } = sample(ids, context.limit, (id) => `${kind}/${id}`);
      const found = taken.map(draftsOf(context));
      const planned = scenarios(
        context,
        kind,
        found.flatMap((f) => f.drafts),
      );
      return { scenarios: planned.scenarios, skipped: [...planned.skipped, ...found.flatMap((f) => f.skipped), ...skipped] };
    },
  });
}
