import type { MiscApplication } from '../model/misc-application.ts';
import { ref } from '../model/ref.ts';
import { numberOf } from './feature-code.ts';
import { onwards } from './onwards.ts';
import { passingReader } from './passing.ts';

/**
 * Numbers that lead to a destination (miscapps). Its feature code says which number it is and whether it is on (miscapps_list of FreePBX); where there is none, the
 * row's own number counts.
 */
export default passingReader({
  kind: 'misc-application',
  module: 'miscapps',
  table: 'miscapps',
  id: 'miscapps_id',
  one: (source, row, id, notes): MiscApplication => {
    const code = source
      .rows('featurecodes')
      .find((c) => c.text('modulename').trim() === 'miscapps' && c.text('featurename').trim() === `miscapp_${id}`);
    const own = row.text('ext').trim();
    return {
      description: row.text('description'),
      number: code === undefined ? own : numberOf(code) || own,
      enabled: code === undefined || code.flag('enabled'),
      next: onwards(source, notes, row, 'dest', ref('misc-application', id)),
    };
  },
});
