import { destinationText } from '../model/destination.ts';
import type { DynamicRoute } from '../model/dynamic-route.ts';
import type { Model } from '../model/kinds.ts';
import { ref } from '../model/ref.ts';
import { passingView } from './passing.ts';
import { placeOf } from './place.ts';
import { soundFile } from './sound.ts';
import { translatedSteps } from './translated-steps.ts';
import type { Notes } from './view.ts';

/** extensions.d/dynamic-route.conf: where a value sends a call. */
export const dynamicRouteView = passingView({
  kind: 'dynamic-route',
  file: 'dynamic-route.conf',
  one: (model, id, held, notes) => ({
    name: held.name,
    asks: held.asksKeys,
    announcement: soundFile(model, held.announcement) ?? '',
    seconds: held.seconds,
    steps: stepsOf(model, id, held, notes),
    entries: held.entries
      .filter((e) => /^[^"$\\;]*$/.test(e.value))
      .map((e) => ({ value: e.value, to: placeOf(model, e.destination), toText: destinationText(e.destination) })),
    next: placeOf(model, held.next),
    nextText: destinationText(held.next),
  }),
});

/** How the value is found: `dynroute` holds it, `dtmfinput` what was keyed, as on the old box. */
function stepsOf(model: Model, id: string, held: DynamicRoute, notes: Notes): string[] {
  const keep = (variable: string, from: string): string[] => (variable === '' ? [] : [`Set(__DYNROUTE_${variable}=\${${from}})`]);
  const value = { keys: '${dtmfinput}', variable: held.query, url: `\${CURL(${held.query})}`, unknown: '' }[held.source];
  const steps = [
    ...(held.asksKeys ? keep(held.keysVariable, 'dtmfinput') : ['Set(dtmfinput=)']),
    ...(held.source === 'url' ? ['Set(CURLOPT(httptimeout)=5)', 'Set(CURLOPT(conntimeout)=5)'] : []),
    `Set(dynroute=${value})`,
    ...(held.source === 'keys' ? [] : keep(held.resultVariable, 'dynroute')),
  ];
  return translatedSteps(model, steps, ref('dynamic-route', id), notes);
}
