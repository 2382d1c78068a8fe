import { finding } from '../finding.ts';
import type { NameLookup } from '../model/name-lookup.ts';
import { ref } from '../model/ref.ts';
import { droppedWithModule } from './module-off.ts';
import { defineReader, type Notes, type Row } from './reader.ts';

const SOURCES: Readonly<Record<string, NameLookup['source']>> = { internal: 'phonebook', http: 'http', https: 'http', enum: 'enum' };

/** Where callers' names are looked up (ELASTIX.md, section 11). Which inbound route asks which is the route's. */
export default defineReader({
  kind: 'name-lookup',
  tables: ['cidlookup', 'cidlookup_incoming'],
  astdb: [],
  files: [],
  dead: {
    cidlookup: [
      'deptname',
      'mysql_dbname',
      'mysql_host',
      'mysql_query',
      'mysql_username',
      'mysql_password',
      'mysql_charset',
      'opencnam_account_sid',
      'opencnam_auth_token',
    ],
  },
  read: (source, notes) => {
    const lookups: Record<string, NameLookup> = {};
    if (droppedWithModule(source, notes, 'cidlookup', { tables: ['cidlookup', 'cidlookup_incoming'] })) return lookups;
    for (const row of source.rows('cidlookup')) {
      const id = row.text('cidlookup_id').trim();
      if (id === '' || id === '0') notes.dropped(row, 'it stands for no source at all');
      else lookups[id] = readLookup(notes, row, id);
    }
    return lookups;
  },
});

function readLookup(notes: Notes, row: Row, id: string): NameLookup {
  const about = ref('name-lookup', id);
  const type = row.text('sourcetype').trim().toLowerCase();
  const source = SOURCES[type] ?? 'none';
  if (source === 'none') {
    notes.approximated(row, about, 'nobody is asked');
    const means = `Callers' names were looked up by ${type || 'nothing'} ('${row.text('description')}'), which the new box does not know: they are shown as the carrier sends them.`;
    notes.finding(finding('NAME_LOOKUP_NOT_CARRIED', { about, where: `${row.table} ${row.key}`, means }));
  } else notes.carried(row, about);
  return {
    description: row.text('description'),
    source,
    remembers: source !== 'phonebook' && row.flag('cache'),
    // IssabelPBX alone asks what to do with the name
    into: row.has('setvariable') && row.text('setvariable').trim() !== 'cidname' ? 'record' : 'name',
    ...(source === 'http' ? page(notes, row, id, type) : { url: '', user: '' }),
  };
}

/** As cidlookup_get_config puts it together: port 80 where none is given. */
function page(notes: Notes, row: Row, id: string, scheme: string): Pick<NameLookup, 'url' | 'user'> {
  const text = (name: string) => row.text(`http_${name}`).trim();
  const [user, password] = [text('username'), text('password')];
  if (password !== '') notes.secret(`name-lookup/${id}/password`, password);
  const query = text('query');
  const path = `${text('host')}:${text('port') || '80'}/${text('path').replace(/^\//, '')}`;
  return { url: `${scheme}://${path}${query === '' ? '' : `?${query}`}`, user };
}
