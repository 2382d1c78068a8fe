import { finding } from '../finding.ts';
import { type AutoAnswer, USUAL_AUTO_ANSWER } from '../model/page-group.ts';
import { ref } from '../model/ref.ts';
import { droppedWithModule } from './module-off.ts';
import type { Notes, Row, Source } from './reader.ts';
import { wholeNumber } from './source.ts';

const PBX = ref('settings', 'pbx');

/** Table paging_autoanswer: which headers make a telephone take a call, for all ('default') and by what its User-Agent begins with. */
export function autoAnswerOf(source: Source, notes: Notes): AutoAnswer {
  if (droppedWithModule(source, notes, 'paging', { tables: ['paging_autoanswer'] })) return USUAL_AUTO_ANSWER;
  const answer = { ...USUAL_AUTO_ANSWER };
  const models = new Map<string, { begins: string; alertInfo: string; callInfo: string }>();
  for (const row of source.rows('paging_autoanswer')) {
    const [agent, variable] = [row.text('useragent').trim(), row.text('var').trim().replace(/^_+/, '')];
    const setting = row.text('setting').trim();
    const own = models.get(agent) ?? { begins: agent, alertInfo: '', callInfo: '' };
    if (variable === 'ALERTINFO' || variable === 'CALLINFO') {
      const [field, value] =
        variable === 'ALERTINFO' ? (['alertInfo', header(setting)] as const) : (['callInfo', header(setting)] as const);
      if (agent === 'default') answer[field] = value;
      else models.set(agent, { ...own, [field]: value });
      notes.carried(row, PBX);
    } else if (agent === 'default' && variable === 'DTIME') {
      answer.seconds = wholeNumber(setting) ?? answer.seconds;
      notes.carried(row, PBX);
    } else if (agent === 'default' && variable === 'DOPTIONS') {
      answer.tone = /A\(([^)]*)\)/.exec(setting)?.[1] ?? '';
      notes.approximated(row, PBX, 'of the options of Dial the tone alone');
    } else tellOther(notes, row, agent, variable, setting);
  }
  return { ...answer, models: [...models.values()] };
}

/** 'Alert-Info: Ring Answer' as the old dialplan gave it to SIPAddHeader, its ';' escaped: what stands behind the name. */
function header(text: string): string {
  return text.replace(/\\;/g, ';').replace(/^[\w-]+:\s*/, '');
}

function tellOther(notes: Notes, row: Row, agent: string, variable: string, setting: string): void {
  if (setting === '' || variable === 'SIPURI' || variable === 'VXML_URL') {
    notes.dropped(row, 'the headers make telephones of today take the call, not what stands in the address that is called');
    return;
  }
  notes.dropped(row, 'the model has no place for it');
  const means = `Telephones '${agent}' were made to take calls by ${variable}, which is not carried: they may ring instead.`;
  notes.finding(finding('OPTION_NOT_CARRIED', { about: PBX, where: `paging_autoanswer ${row.key}`, means }));
}
