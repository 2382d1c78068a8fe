import { type Model, settingsOf } from '../../model/kinds.ts';
import type { AutoAnswer } from '../../model/page-group.ts';
import { ref } from '../../model/ref.ts';
import type { HeldDialplan } from './held-dialplan.ts';
import { defineCheck, differing } from './mismatch.ts';
import { meant, onOneLine } from './step-data.ts';

const CONTEXT = 'auto-answer';
/** `GotoIf(${REGEX("^Grandstream" ${phone})}?headers-3,1)` */
const MAKE = /REGEX\("\^([^"]*)" \$\{phone\}\)\}\?(headers-\d+),1/;

/** By which headers telephones take a call by themselves, and which makes need others: the lab's telephones are all of one make. */
export const autoAnswerCheck = defineCheck(async ({ dialplan }, model) => {
  if (!dialplan.has(CONTEXT)) return [];
  const usual = settingsOf(model).autoAnswer;
  const makes = dialplan.stepsOf(CONTEXT, 's').flatMap((s) => {
    const [, begins = '', number = ''] = MAKE.exec(s.data) ?? [];
    return number === '' ? [] : [`${begins}: ${headersOf(dialplan, number)}`];
  });
  return differing(ref('settings', 'pbx'), {
    'headers by which telephones take a call': [headersText(usual), headersOf(dialplan, 'headers-0')],
    'makes with others': [makesOf(model).join('; '), makes.join('; ')],
  });
});

/** As far as a line of the dialplan can hold how they call themselves; what a make does not say is as usual. */
function makesOf(model: Model): string[] {
  const { models, ...usual } = settingsOf(model).autoAnswer;
  return models
    .filter(({ begins }) => /^[\w-]+$/.test(begins))
    .map((m) => `${m.begins}: ${headersText({ alertInfo: m.alertInfo || usual.alertInfo, callInfo: m.callInfo || usual.callInfo })}`);
}

function headersText({ alertInfo, callInfo }: Pick<AutoAnswer, 'alertInfo' | 'callInfo'>): string {
  return `${onOneLine(alertInfo)} | ${onOneLine(callInfo)}`;
}

function headersOf(dialplan: HeldDialplan, extension: string): string {
  const held = (name: string): string => {
    const start = `PJSIP_HEADER(add,${name})=`;
    const step = dialplan.stepsOf(CONTEXT, extension).find((s) => s.data.startsWith(start));
    return meant(step?.data.slice(start.length) ?? '').replaceAll('\\;', ';');
  };
  return `${held('Alert-Info')} | ${held('Call-Info')}`;
}
