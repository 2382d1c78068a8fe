import type { Model } from '../model/kinds.ts';
import { ref } from '../model/ref.ts';
import { reportCodes } from './code.ts';
import { callForwardContexts, dndContexts, followMeContexts, waitingContexts } from './forward-code.ts';
import { callerContexts, speedDialContexts } from './list-code.ts';
import { callFlowContexts, timeConditionContexts } from './switch-code.ts';
import { defineView } from './view.ts';

/** extensions.d/feature-code.conf: which codes there are, in which order, and what they have in common. */
export const featureCodeView = defineView({
  file: 'etc/asterisk/extensions.d/feature-code.conf',
  data: (model, notes) => {
    const contexts = featureContexts(model);
    if (contexts.length === 0) return null;
    notes.from(...Object.keys(model['feature-code']).map((id) => ref('feature-code', id)));
    reportCodes(model, notes);
    return { contexts, lamps: lamps(model) };
  },
});

/** The contexts of all codes in the order in which from-internal-additional of the old box includes them: of two that take a number, the first wins. */
export function featureContexts(model: Model): string[] {
  return [
    ...speedDialContexts(model),
    ...dndContexts(model),
    ...callFlowContexts(model),
    ...callForwardContexts(model),
    ...timeConditionContexts(model),
    ...waitingContexts(model),
    ...callerContexts(model),
    ...followMeContexts(model),
  ];
}

/** Extensions whose telephones have other names than they. */
function lamps(model: Model): object[] {
  return Object.entries(model.extension)
    .filter(([id, e]) => e.devices.length !== 1 || e.devices[0] !== id)
    .map(
      ([
        extension,
        {
          devices: [first = null, ...others],
        },
      ]) => ({ extension, first, others }),
    );
}
