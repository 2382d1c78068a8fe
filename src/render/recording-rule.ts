import { destinationText } from '../model/destination.ts';
import type { RecordingMode } from '../model/recording-rule.ts';
import { passingView } from './passing.ts';
import { placeOf } from './place.ts';
import { recordsCalls } from './recording.ts';

/** extensions.d/recording-rule.conf: who is recorded from here on, whatever comes after. */
export const recordingRuleView = passingView({
  kind: 'recording-rule',
  file: 'recording-rule.conf',
  one: (model, _id, { description, mode, next }) => ({
    description,
    mode,
    rule: recordsCalls(model) ? mode : '',
    next: placeOf(model, next),
    nextText: destinationText(next),
  }),
});

/** The rule of a route, an extension of [recording-rule] in routines.conf; '': there is none, and none before it that it could end. */
export function routeRule(mode: RecordingMode): string {
  return mode === 'as-usual' ? '' : mode;
}
