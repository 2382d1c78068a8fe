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
    rule: recordsCalls(model) ? ruleOf(mode) : '',
    next: placeOf(model, next),
    nextText: destinationText(next),
  }),
});

/** The extension of [recording-rule] that a mode is, in routines.conf; '': nothing is to be done. A route begins with no rule before it. */
export function ruleOf(mode: RecordingMode): string {
  return mode;
}

export function routeRule(mode: RecordingMode): string {
  return mode === 'as-usual' ? '' : ruleOf(mode);
}
