import { ref } from '../../model/ref.ts';
import { stranger } from './callers.ts';
import { type Draft, defineScenarios, type PlanContext, sample } from './define.ts';
import { scenarios } from './draft.ts';
import { OUTSIDE_NAME } from './ways.ts';

/** Every analog line behind a gateway that took the place of a telephone card: a call to the line is one to its number. */
export const analogLineScenarios = defineScenarios({
  kind: 'line',
  plan: (context) => {
    const drafts = context.carriers.flatMap((carrier) => draftsOf(context, carrier));
    const { taken, skipped } = sample(drafts, context.limit, (d) => d.id);
    const planned = scenarios(context, 'line', taken);
    return { scenarios: planned.scenarios, skipped: [...planned.skipped, ...skipped] };
  },
});

function draftsOf({ model }: PlanContext, carrier: string): Draft[] {
  const trunk = model.trunk[carrier];
  const lines = trunk?.technology === 'sip' ? trunk.lines : [];
  return lines.map(({ line }) => ({
    id: `line/${carrier}/${line}/answered`,
    about: [ref('trunk', carrier)],
    dial: line,
    from: { carrier, number: stranger(model), name: OUTSIDE_NAME },
    does: () => 'answer',
    impatient: true,
  }));
}
