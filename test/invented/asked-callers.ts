import { dynamicRoute, incoming } from '../extract/planted-rows.ts';
import type { Rows } from './invented-box.ts';

type Cells = Readonly<Record<string, string | null>>;

const directory = (id: string, more: Cells = {}) => ({
  id,
  dirname: `People ${id}`,
  description: '',
  announcement: '0',
  callid_prefix: '',
  alert_info: '',
  repeat_loops: '2',
  repeat_recording: '0',
  invalid_recording: '0',
  invalid_destination: 'app-blackhole,busy,1',
  retivr: '0',
  say_extension: '0',
  ...more,
});

const entry = (id: string, foreign_id: string, more: Cells = {}) => ({
  id,
  name: '',
  type: foreign_id === '' ? 'custom' : 'user',
  foreign_id,
  audio: 'tts',
  dial: '',
  ...more,
});

const leads = (dynroute_id: string, selection: string | null, dest: string) => ({
  dynroute_id,
  selection,
  default_dest: selection === null ? 'y' : 'n',
  dest,
});

/** Whom a caller reaches by what he keys or what is known of him: directories and dynamic routes, each behind a number of its own. */
export function askedCallers([first = '', second = '', third = '']: readonly string[]): Record<string, Rows> {
  const rings = (id: string): string => `from-did-direct,${id},1`;
  return {
    directory_details: [directory('1', { say_extension: '1', callid_prefix: 'D:' }), directory('2')],
    directory_entries: [
      entry('1', 'all'),
      entry('1', '', { name: 'Zoe Quick', dial: second }),
      entry('2', first, { name: 'Ann Quick-Lee' }),
      entry('2', '', { name: 'Bo Quickly', dial: third }),
    ],
    dynroute: [
      dynamicRoute('1', 'none', { enable_dtmf_input: 'CHECKED', chan_var_name: 'card' }),
      dynamicRoute('2', 'astvar', { astvar_query: '[card][NUMBER]' }),
      dynamicRoute('3', 'astvar', { astvar_query: '[NUMBER]', chan_var_name_res: 'who' }),
      dynamicRoute('4', 'url', { url_query: 'http://crm.example/?n=[NUMBER]' }),
    ],
    dynroute_dests: [
      leads('1', '12', rings(first)),
      leads('1', '3', 'dynroute-2,s,1'),
      leads('1', null, 'app-blackhole,busy,1'),
      leads('2', '35550100', rings(second)),
      leads('2', null, rings(third)),
      leads('3', '5550177', rings(second)),
      leads('3', null, 'app-blackhole,congestion,1'),
      leads('4', 'desk', rings(second)),
      leads('4', null, rings(first)),
    ],
    incoming: ['directory,1,1', 'directory,2,1', 'dynroute-1,s,1', 'dynroute-3,s,1', 'dynroute-4,s,1'].map((to, i) =>
      incoming(`4420820${i}`, to),
    ),
  };
}
