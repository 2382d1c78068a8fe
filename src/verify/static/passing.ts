import { type Model, settingsOf } from '../../model/kinds.ts';
import { ref } from '../../model/ref.ts';
import type { HeldStep } from './held-dialplan.ts';
import { defineCheck, differing, type Mismatch } from './mismatch.ts';
import { setTo } from './step-data.ts';

/** What a call takes along from objects that it passes: the language, its priority in queues, name and number, the number that is dialled. */
export const passingCheck = defineCheck(async ({ dialplan }, model) => [
  ...each(
    model.language,
    (id) => dialplan.stepsOf('app-languages', id),
    (id, { language }, steps) =>
      // any other text is no name of a language
      differing(ref('language', id), { language: [/^[\w-]+$/.test(language) ? language : '', setTo(steps, 'CHANNEL(language)')] }),
  ),
  ...each(
    model['queue-priority'],
    (id) => dialplan.stepsOf('app-queueprio', id),
    (id, { priority }, steps) => differing(ref('queue-priority', id), { priority: [priority, setTo(steps, 'QUEUE_PRIO')] }),
  ),
  ...each(
    model['recording-rule'],
    (id) => dialplan.stepsOf('ext-callrecording', id),
    (id, { mode }, steps) => (recordsByRule(model) ? differing(ref('recording-rule', id), { rule: [mode, ruleIn(steps)] }) : []),
  ),
  ...each(
    model['set-cid'],
    (id) => dialplan.stepsOf('app-setcid', id),
    (id, held, steps) =>
      // what holds a variable or function of the old language is said otherwise
      Object.entries({ 'CALLERID(name)': held.callerName, 'CALLERID(num)': held.callerNumber, ...held.variables })
        .filter(([name, value]) => SAME.test(value) && SAME.test(name))
        .flatMap(([name, value]) => differing(ref('set-cid', id), { [name]: [value, setTo(steps, name.replace(/^_{1,2}/, ''))] })),
  ),
  ...each(
    model['misc-destination'],
    (id) => dialplan.stepsOf('ext-miscdests', id),
    (id, { number }, steps) => {
      const to = steps.find((s) => s.application === 'Goto' && !s.data.startsWith('in-a-circle'))?.data ?? '';
      return /^[0-9A-Za-z+*#]+$/.test(number)
        ? differing(ref('misc-destination', id), { 'dials in from-internal': [`from-internal,${number},1`, to] })
        : [];
    },
  ),
]);

/** A box that records no call has no rules either. */
function recordsByRule(model: Model): boolean {
  return (
    settingsOf(model).recordingAllowed && Object.values(model['recording-rule']).some((r) => ['at-once', 'when-joined'].includes(r.mode))
  );
}

/** Gosub(recording-rule,never,1(...)). */
function ruleIn(steps: readonly HeldStep[]): string {
  const rule = steps.find((s) => s.application === 'Gosub' && s.data.startsWith('recording-rule,'));
  return rule?.data.split(',')[1] ?? '';
}

/** Text, and what the old language has in common with the new one. */
const SAME = /^(?:[\w *#+.:@-]|\$\{CALLERID\((?:name|num)\)(?::\d+)*\}|(?<=CALLERID)\((?:name|num)\))*$/;

/** Of objects that the dialplan has. */
function each<T>(
  objects: Readonly<Record<string, T>>,
  stepsOf: (id: string) => readonly HeldStep[],
  compare: (id: string, held: T, steps: readonly HeldStep[]) => Mismatch[],
): Mismatch[] {
  return Object.entries(objects).flatMap(([id, held]) => {
    const steps = stepsOf(id);
    return steps.length === 0 ? [] : compare(id, held, steps);
  });
}
