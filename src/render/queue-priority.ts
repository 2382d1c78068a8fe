import { destinationText } from '../model/destination.ts';
import { passingView } from './passing.ts';
import { placeOf } from './place.ts';

/** extensions.d/queue-priority.conf: who waits before whom in the next queue. */
export const queuePriorityView = passingView({
  kind: 'queue-priority',
  file: 'queue-priority.conf',
  one: (model, _id, { description, priority, next }) => ({
    description,
    priority,
    next: placeOf(model, next),
    nextText: destinationText(next),
  }),
});
