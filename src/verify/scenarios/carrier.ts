import { ref } from '../../model/ref.ts';
import { triedRegistration } from '../lab/registrar.ts';
import { type Draft, defineScenarios, type FromCarrier, type PlanContext } from './define.ts';
import { scenarios } from './draft.ts';
import { wayFromOutside } from './ways.ts';

/**
 * Every carrier that is called at an address of its own: it calls from another port, from its second address, and from a strange one to where the PBX has registered: the mark
 * in that address says who it is. All its other calls come without the mark.
 */
export const carrierScenarios = defineScenarios({
  kind: 'carrier',
  plan: (context) => {
    const way = wayFromOutside(context);
    const ids = context.carriers.slice(0, context.limit);
    return scenarios(context, 'carrier', way === null ? [] : ids.flatMap((id) => drafts(context, id, way)));
  },
});

/** A carrier that registers with the PBX calls by its registration, and one on IAX2 says who it is. */
function drafts({ model }: PlanContext, id: string, way: NonNullable<ReturnType<typeof wayFromOutside>>): Draft[] {
  const trunk = model.trunk[id];
  if (trunk?.technology !== 'sip' || trunk.host === null) return [];
  const { number, name } = way.from;
  const call = (how: NonNullable<FromCarrier['way']>): Draft => ({
    ...way,
    id: `carrier/${id}/${how}`,
    about: [ref('trunk', id)],
    from: { carrier: id, number, name, way: how },
    does: () => 'ignore',
    goes: 'noticed',
  });
  return [
    call('other-port'),
    ...(trunk.addresses.length > 0 ? [call('second-address')] : []),
    ...(triedRegistration(trunk) === null ? [] : [call('by-registration')]),
  ];
}
