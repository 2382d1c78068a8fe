import { finding } from '../finding.ts';
import type { MiscDestination } from '../model/misc-destination.ts';
import { type Ref, ref } from '../model/ref.ts';
import { numberOf } from './feature-code.ts';
import { passingReader } from './passing.ts';
import type { Notes, Row, Source } from './reader.ts';

/** Numbers as destinations (miscdests). '{core:simu_pstn}' stands for the number that this feature code has at the time. */
export default passingReader({
  kind: 'misc-destination',
  module: 'miscdests',
  table: 'miscdests',
  id: 'id',
  one: (source, row, id, notes): MiscDestination => ({
    description: row.text('description'),
    number: dialled(source, notes, row, ref('misc-destination', id)),
  }),
});

/** As miscdests_lookupfc: a code that is off or gone leaves nothing in its place. */
function dialled(source: Source, notes: Notes, row: Row, about: Ref): string {
  const codes = source.rows('featurecodes');
  const text = row.text('destdial').trim();
  const number = text.replace(/\{([^:{}]+):([^{}]+)\}/g, (_, module: string, name: string) => {
    const code = codes.find((c) => c.text('modulename').trim() === module && c.text('featurename').trim() === name);
    return code === undefined || !code.flag('enabled') || source.moduleOff(module) ? '' : numberOf(code);
  });
  if (number !== '') return number;
  const why = text === '' ? 'it has no number' : `the feature code ${text} is off or gone`;
  const means = `Calls that come here dial nothing, since ${why}: the old box hangs up on them in silence.`;
  notes.finding(finding('DESTINATION_MISSING', { about, where: `miscdests ${row.key}`, means }));
  return '';
}
