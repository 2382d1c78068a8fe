import type { CallFlow } from '../model/call-flow.ts';
import { destinationText } from '../model/destination.ts';
import type { Model } from '../model/kinds.ts';
import { ref } from '../model/ref.ts';
import { circles } from './circle.ts';
import { idsOf, placeOf } from './place.ts';
import { defineView } from './view.ts';

/** extensions.d/call-flow.conf: day or night mode, switched by hand. */
export const callFlowView = defineView({
  file: 'etc/asterisk/extensions.d/call-flow.conf',
  data: (model, notes) => {
    const ids = idsOf(model, 'call-flow');
    if (ids.length === 0) return null;
    notes.from(...ids.map((id) => ref('call-flow', id)));
    const inCircle = circles(model);
    return {
      flows: ids.map((id) => ({ ...flow(model, id, model['call-flow'][id] as CallFlow), guarded: inCircle(ref('call-flow', id)) })),
    };
  },
});

function flow(model: Model, id: string, f: CallFlow): object {
  return {
    id,
    name: f.name,
    day: placeOf(model, f.day),
    dayText: destinationText(f.day),
    night: placeOf(model, f.night),
    nightText: destinationText(f.night),
  };
}
