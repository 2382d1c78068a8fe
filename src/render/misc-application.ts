import { finding } from '../finding.ts';
import { destinationText } from '../model/destination.ts';
import type { Model } from '../model/kinds.ts';
import { numbering } from '../model/numbering.ts';
import { ref, refText } from '../model/ref.ts';
import { circles } from './circle.ts';
import { placeOf } from './place.ts';
import { defineView } from './view.ts';

/** extensions.d/misc-application.conf: numbers that lead to a destination. */
export const miscApplicationView = defineView({
  file: 'etc/asterisk/extensions.d/misc-application.conf',
  data: (model, notes) => {
    const inCircle = circles(model);
    for (const [id, { number, enabled }] of Object.entries(model['misc-application'])) {
      if (!enabled || isDialled(number)) continue;
      const means = `nobody can dial application ${id}: '${number}' is no number that a dialplan line can hold`;
      notes.finding(finding('NUMBER_NOT_RENDERED', { about: ref('misc-application', id), where: number, means }));
    }
    const ids = applications(model);
    if (ids.length === 0) return null;
    notes.from(...ids.map((id) => ref('misc-application', id)));
    return {
      objects: ids.flatMap((id) => {
        const held = model['misc-application'][id];
        if (held === undefined) return [];
        const { number, description, next } = held;
        const guarded = inCircle(ref('misc-application', id));
        return [{ number, description, guarded, next: placeOf(model, next), nextText: destinationText(next) }];
      }),
    };
  },
});

/** The context in which they are dialled; none where there are none. */
export function applicationContexts(model: Model): string[] {
  return applications(model).length > 0 ? ['app-miscapps'] : [];
}

/** Those that are on; of two with one number the first has it. */
function applications(model: Model): string[] {
  const { claims } = numbering(model);
  return Object.keys(model['misc-application']).filter((id) => {
    const { number = '', enabled = false } = model['misc-application'][id] ?? {};
    if (!enabled || !isDialled(number)) return false;
    const holder = claims.numbers.get(number)?.by;
    return holder?.kind !== 'misc-application' || refText(holder) === refText(ref('misc-application', id));
  });
}

function isDialled(number: string): boolean {
  return /^[0-9*#+]+$/.test(number);
}
