import { finding } from '../finding.ts';
import type { DynamicRoute } from '../model/dynamic-route.ts';
import { type Ref, ref } from '../model/ref.ts';
import { droppedWithModule } from './module-off.ts';
import { defineReader, type Notes, type Row, type Source } from './reader.ts';
import { recordingOf } from './recording-of.ts';

const TABLES = ['dynroute', 'dynroute_dests'];
/** The columns of each source. Databases and scripts are asked by nobody on the new box: their words and passwords are not even read. */
const OF_SOURCES = [
  'mysql_host',
  'mysql_dbname',
  'mysql_query',
  'mysql_username',
  'mysql_password',
  'odbc_func',
  'odbc_query',
  'agi_query',
  'agi_var_name_res',
];

/** Dynamic routes (dynroute of IssabelPBX, an add-on before). */
export default defineReader({
  kind: 'dynamic-route',
  tables: TABLES,
  astdb: [],
  files: [],
  dead: { dynroute: OF_SOURCES },
  read: (source, notes) => {
    const found: Record<string, DynamicRoute> = {};
    if (droppedWithModule(source, notes, 'dynroute', { tables: TABLES })) return found;
    for (const row of source.rows('dynroute')) {
      const id = row.text('dynroute_id').trim();
      if (row.text('displayname').trim() === '__install_done') notes.dropped(row, 'a mark of the module itself');
      else if (id === '' || found[id] !== undefined) notes.dropped(row, 'a second row for the same number');
      else found[id] = readRoute(source, notes, row, id);
    }
    for (const row of source.rows('dynroute_dests'))
      if (found[row.text('dynroute_id').trim()] === undefined) notes.ownerless(row, ref('dynamic-route', row.text('dynroute_id').trim()));
    return found;
  },
});

function readRoute(source: Source, notes: Notes, row: Row, id: string): DynamicRoute {
  const about = ref('dynamic-route', id);
  notes.carried(row, about);
  const own = source.rows('dynroute_dests').filter((d) => d.text('dynroute_id').trim() === id);
  for (const dest of own) notes.carried(dest, about);
  const to = (dest: Row) => source.destination(dest.text('dest'), dest, about);
  const others = own.find((d) => d.text('default_dest').trim().toLowerCase() === 'y');
  const from = sourceOf(notes, row, about);
  return {
    name: row.text('displayname'),
    source: from,
    query: from === 'variable' ? filled(row.text('astvar_query')) : from === 'url' ? filled(row.text('url_query')) : '',
    asksKeys: row.flag('enable_dtmf_input'),
    announcement: recordingOf(source, notes, row, 'announcement_id', about),
    seconds: Math.max(1, row.int('timeout') ?? 10),
    keysVariable: word(row.text('chan_var_name')),
    resultVariable: word(row.text('chan_var_name_res')),
    entries: own.filter((d) => d !== others).map((d) => ({ value: d.text('selection').trim(), destination: to(d) })),
    next: others === undefined ? { to: 'end', how: 'hangup' } : to(others),
  };
}

function sourceOf(notes: Notes, row: Row, about: Ref): DynamicRoute['source'] {
  const type = row.text('sourcetype').trim().toLowerCase();
  if (type === 'none' || type === '') return 'keys';
  if (type === 'astvar') return 'variable';
  if (type === 'url') return 'url';
  const asked = { mysql: 'a MySQL database', odbc: 'a database', agi: 'a script' }[type] ?? 'something that nobody knows';
  const means = `It asks ${asked} where calls go, which the new box does not: all calls go where those go for whom nothing is found.`;
  notes.finding(finding('DYNAMIC_ROUTE_NOT_CARRIED', { about, where: `dynroute ${row.key}`, means }));
  return 'unknown';
}

/** [NUMBER], [INPUT] and [DID] stand for the caller, what he keyed and what he dialled; any other word for a variable of an earlier dynamic route (dynroute_get_config). */
function filled(query: string): string {
  return query
    .replaceAll('[NUMBER]', '${CALLERID(num)}')
    .replaceAll('[INPUT]', '${dtmfinput}')
    .replaceAll('[DID]', '${FROM_DID}')
    .replace(/\[([^\]]*)\]/g, '$${DYNROUTE_$1}');
}

function word(name: string): string {
  return /^\w*$/.test(name.trim()) ? name.trim() : '';
}
