import { split } from '../../asterisk/arguments.ts';
import type { Model } from '../../model/kinds.ts';
import { ref } from '../../model/ref.ts';
import { whereOf } from './dialplan.ts';
import { type HeldStep, isHandMade } from './held-dialplan.ts';
import { defineCheck, type Mismatch } from './mismatch.ts';

const CONTEXT = 'not-carried';
const WORDS = 'ss-noservice';
const PBX = ref('settings', 'pbx');

/** What is not carried speaks, and a code of that kind is come to by whoever dials it alone. */
export const notCarriedCheck = defineCheck(async ({ dialplan }, model) => {
  const led = codesLedTo(model);
  return [
    ...dialplan.stepsIn(CONTEXT).flatMap((s) => (s.application.toLowerCase() === 'playback' ? silent(s) : [])),
    ...dialplan.steps().flatMap((s) => (s.context === CONTEXT || isHandMade(model, s) ? [] : strayed(s, led))),
  ];
});

function silent(step: HeldStep): Mismatch[] {
  const heard = split(step.data, ',')[0] ?? '';
  return heard === WORDS ? [] : [{ about: PBX, what: `what is heard at ${whereOf(step)}`, expected: WORDS, held: heard }];
}

/** Codes that some object leads to. */
function codesLedTo(model: Model): ReadonlySet<string> {
  const named = JSON.stringify(model).matchAll(/"to":"feature-code","code":"([^"]+)"/g);
  return new Set([...named].map(([, code = '']) => code));
}

function strayed(step: HeldStep, led: ReadonlySet<string>): Mismatch[] {
  const [, code] = /not-carried,feature-code-([^,]+),1/.exec(step.data) ?? [];
  const isOwn = code === undefined || led.has(code) || step.extension.startsWith('_') || step.extension === code;
  return isOwn ? [] : [{ about: PBX, what: `the way at ${whereOf(step)}`, expected: 'not to a code', held: `the code ${code}` }];
}
