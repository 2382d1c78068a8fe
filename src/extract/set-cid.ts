import { ref } from '../model/ref.ts';
import type { SetCid } from '../model/set-cid.ts';
import { onwards } from './onwards.ts';
import { passingReader } from './passing.ts';

/** Caller ids that are set on the way (setcid). IssabelPBX also sets variables: 'NAME=value', parted by commas. */
export default passingReader({
  kind: 'set-cid',
  module: 'setcid',
  table: 'setcid',
  id: 'cid_id',
  one: (source, row, id, notes): SetCid => ({
    description: row.text('description'),
    callerName: row.text('cid_name'),
    callerNumber: row.text('cid_num'),
    variables: variablesOf(row.text('variables')),
    next: onwards(source, notes, row, 'dest', ref('set-cid', id)),
  }),
});

/** As setcid_get_config of IssabelPBX takes them apart: a value ends at a second '='. */
function variablesOf(text: string): Record<string, string> {
  const pairs = text.split(',').map((pair) => pair.split('='));
  return Object.fromEntries(pairs.map(([name = '', value = '']) => [name.trim(), value] as const).filter(([name]) => name !== ''));
}
