import type { Model } from '../../src/model/kinds.ts';
import { aModel, houseOf } from '../model/a-model.ts';

const menu = { timeoutSeconds: '7', timeout: { retries: '0' }, invalid: { retries: '0' } };
const to = (kind: string, id: string): object => ({ to: kind, id });

/** A house with a menu whose key 2 leads to another menu and back, and hours that close it. `o`: what is otherwise. */
export function aHouse(o: Parameters<typeof aModel>[0] = {}): Model {
  return aModel({
    ...houseOf({ '101': {}, '102': {} }),
    recording: { '1': { prompts: [{ file: 'custom/welcome', formats: ['wav'] }] } },
    'time-group': { '1': { times: [{ hours: '09:00-18:00' }] } },
    'time-condition': { '1': { name: 'Open', timeGroup: '1', whenMatched: to('ivr', '1'), otherwise: to('ring-group', '600') } },
    'ring-group': {
      '600': { description: 'Night', strategy: 'ringall', ringSeconds: '20', members: [{ number: '101' }, { number: '102' }] },
    },
    ivr: {
      '1': {
        name: 'Main',
        announcement: '1',
        ...menu,
        entries: [
          { keys: '1', destination: to('ring-group', '600') },
          { keys: '2', destination: to('ivr', '2') },
        ],
      },
      '2': { name: 'More', ...menu, entries: [{ keys: '9', destination: to('ivr', '1') }] },
    },
    'inbound-route': { '7495/any': { did: '7495', destination: to('time-condition', '1') } },
    ...o,
  });
}
