import { split } from '../../asterisk/arguments.ts';
import { settingsOf } from '../../model/kinds.ts';
import { ref } from '../../model/ref.ts';
import { defineCheck, differing, yes } from './mismatch.ts';

/** Page groups: whether the called may speak as well, for how long they are tried, and what a caller hears whom nobody hears. */
export const pageGroupCheck = defineCheck(async ({ dialplan }, model) =>
  Object.entries(model['page-group']).flatMap(([id, held]) => {
    const steps = dialplan.stepsOf('app-pagegroups', id);
    const paged = steps.find((s) => s.application.toLowerCase() === 'page');
    if (paged === undefined) return [];
    const [, options = '', seconds = ''] = split(paged.data, ',');
    const alone = steps.filter((s) => s.application.toLowerCase() === 'playback').map((s) => s.data);
    return differing(ref('page-group', id), {
      'all may speak': [held.talksBack, yes(options.replaceAll(/\(.*?\)/g, '').includes('d'))],
      'seconds that it calls': [settingsOf(model).autoAnswer.seconds, seconds],
      'what is heard where nobody can be called': ['beep', alone.join('&')],
    });
  }),
);
