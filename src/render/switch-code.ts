import type { CallFlow } from '../model/call-flow.ts';
import type { Model } from '../model/kinds.ts';
import { type Code, codeOf, codesFor, prompts } from './code.ts';
import { idsOf } from './place.ts';
import { soundFile } from './sound.ts';
import { conditionHours } from './time-condition.ts';
import { defineView } from './view.ts';

/** extensions.d/switch-code.conf: the codes by which somebody switches call flows and overrides time conditions. */
export const switchCodeView = defineView({
  file: 'etc/asterisk/extensions.d/switch-code.conf',
  data: (model) => {
    if (switchContexts(model).length === 0) return null;
    const flows = idsOf(model, 'call-flow');
    const conditions = idsOf(model, 'time-condition');
    return {
      hasFlows: callFlowContexts(model).length > 0,
      hasConditions: timeConditionContexts(model).length > 0,
      flows: codesOf(model, 'daynight', flows).map(({ id, code }) => flow(model, id, code)),
      allFlows: all(model, 'daynight', flows),
      allDay: prompts(model, 'beep', 'silence/1', 'featurecode', 'de-activated'),
      allNight: prompts(model, 'beep', 'silence/1', 'featurecode', 'activated'),
      conditions: codesOf(model, 'timeconditions', conditions).map(({ id, code }) => ({
        id,
        code,
        name: model['time-condition'][id]?.name ?? '',
      })),
      allConditions: all(model, 'timeconditions', conditions),
      now: conditions.map((id) => conditionHours(model, id)),
      overridden: prompts(model, 'beep', 'silence/1', 'time', 'activated'),
      byTheClock: prompts(model, 'beep', 'silence/1', 'time', 'de-activated'),
    };
  },
});

function codesOf(model: Model, module: 'daynight' | 'timeconditions', ids: readonly string[]): { id: string; code: string }[] {
  return codesFor(model, `${module}/toggle-mode-`).filter(({ id }) => ids.includes(id));
}

/** The contexts of that file, in the order in which the old box asks them: call flows here, time conditions after the forwards. */
export function callFlowContexts(model: Model): string[] {
  const flows = idsOf(model, 'call-flow');
  return codesOf(model, 'daynight', flows).length > 0 || all(model, 'daynight', flows) !== null ? ['app-daynight-toggle'] : [];
}

export function timeConditionContexts(model: Model): string[] {
  const ids = idsOf(model, 'time-condition');
  return codesOf(model, 'timeconditions', ids).length > 0 || all(model, 'timeconditions', ids) !== null ? ['timeconditions-toggles'] : [];
}

export function switchContexts(model: Model): string[] {
  return [...callFlowContexts(model), ...timeConditionContexts(model)];
}

/** The code for all of them; `more` is that code with '*' and an extension behind it. */
function all(model: Model, module: string, ids: readonly string[]): (Code & { ids: object[]; hint: string }) | null {
  const code = codeOf(model, `${module}/toggle-mode-all`);
  if (code === null || ids.length === 0) return null;
  const more = `_${code.code}*X.`;
  const lamp = module === 'daynight' ? 'DAYNIGHT' : 'TC';
  return {
    ...code,
    more,
    ids: ids.map((id, i) => ({ id, code: code.code, more, first: i === 0, last: i === ids.length - 1 })),
    hint: ids.map((id) => `Custom:${lamp}${id}`).join('&'),
  };
}

function flow(model: Model, id: string, code: string): object {
  const held = model['call-flow'][id] as CallFlow;
  // Elastix plays the file digits/N, of which there are those up to 20
  const number = /^(1?\d|20)$/.test(id) ? [`digits/${id}`] : [];
  const own = (recording: string | null): string[] | null => soundFile(model, recording)?.split('&') ?? null;
  return {
    id,
    code,
    name: held.name,
    asksPassword: held.asksPassword,
    day: own(held.dayRecording) ?? prompts(model, 'beep', 'silence/1', 'featurecode', ...number, 'de-activated'),
    night: own(held.nightRecording) ?? prompts(model, 'beep', 'silence/1', 'featurecode', ...number, 'activated'),
  };
}
