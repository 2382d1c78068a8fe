import { split } from '../../asterisk/arguments.ts';
import { settingsOf } from '../../model/kinds.ts';
import { ref } from '../../model/ref.ts';
import { defineCheck, differing, yes } from './mismatch.ts';

/** `A(beep)` in the options of Dial() and Page(). */
const TONE = /A\(([^)]*)\)/;

/** Page groups: whether the called may speak as well, for how long they are tried, and what a caller hears whom nobody hears. */
export const pageGroupCheck = defineCheck(async ({ dialplan }, model) => {
  const { tone } = settingsOf(model).autoAnswer;
  const calling = ['app-pagegroups', 'ext-intercom'].flatMap((context) =>
    dialplan.stepsIn(context).filter((s) => /^(dial|page)$/i.test(s.application)),
  );
  const heard = [...new Set(calling.map((s) => TONE.exec(s.data)?.[1] ?? ''))].join(', ');
  return [
    ...(calling.length === 0
      ? []
      : differing(ref('settings', 'pbx'), { 'tone before a telephone is spoken to': [/^[\w/-]+$/.test(tone) ? tone : '', heard] })),
    ...Object.entries(model['page-group']).flatMap(([id, held]) => {
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
  ];
});
