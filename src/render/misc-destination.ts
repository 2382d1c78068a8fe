import { finding } from '../finding.ts';
import { isDialled } from '../model/misc-destination.ts';
import { ref } from '../model/ref.ts';
import { passingView } from './passing.ts';
import { place, SILENCE } from './place.ts';

/** extensions.d/misc-destination.conf: numbers as destinations. */
export const miscDestinationView = passingView({
  kind: 'misc-destination',
  file: 'misc-destination.conf',
  one: (_model, id, { description, number }, notes) => {
    if (!isDialled(number)) {
      const means = `who is sent to misc destination ${id} is hung up on in silence: '${number}' is no number that can be dialled`;
      notes.finding(finding('NUMBER_NOT_RENDERED', { about: ref('misc-destination', id), where: number, means }));
    }
    return { description, number, to: isDialled(number) ? place('from-internal', number) : SILENCE };
  },
});
