import { split } from '../../asterisk/arguments.ts';
import { ref } from '../../model/ref.ts';
import { defineCheck, differing } from './mismatch.ts';
import { argumentOf } from './step-data.ts';

/** Callbacks: whom the PBX calls, and how long after. */
export const callbackCheck = defineCheck(async ({ dialplan }, model) =>
  Object.entries(model.callback).flatMap(([id, { number, waitSeconds }]) => {
    const steps = dialplan.stepsOf('callback', id);
    if (steps.length === 0 || !/^[0-9+*#]*$/.test(number)) return [];
    const channel = argumentOf(steps, 'originate') ?? '';
    const called = /\*(.*)@/.exec(channel)?.[1] ?? '';
    const [later = []] = dialplan.extensionsFor('callback-call', `${id}*5550100`);
    return differing(ref('callback', id), {
      'calls back': [number === '' ? '${NUMBER}' : number, called],
      'seconds before that': [waitSeconds, split(later.find((s) => s.application === 'Wait')?.data ?? '', ',')[0]],
    });
  }),
);
