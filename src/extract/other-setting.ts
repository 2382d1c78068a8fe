import { finding } from '../finding.ts';
import { ref } from '../model/ref.ts';
import { SETTING_TABLES, settingRow } from './box-setting.ts';
import { defineReader, type Notes, type Row, type Source } from './reader.ts';
import { CALL_SETTINGS, INERT_SETTINGS, READ_SETTINGS } from './setting-meaning.ts';

const PBX = ref('settings', 'pbx');

/** Says of the settings that the model does not hold what becomes of them. */
export default defineReader({
  kind: null,
  tables: [...SETTING_TABLES.map(([table]) => table), 'managersettings', 'iaxsettings', 'pjsipsettings'],
  astdb: [],
  files: [],
  dead: { iaxsettings: ['seq'] },
  read: (source, notes) => {
    const unknown: string[] = [];
    for (const [table, column] of SETTING_TABLES) {
      for (const row of source.rows(table)) if (!account(source, notes, row, row.text(column))) unknown.push(`${table} ${row.key}`);
    }
    if (unknown.length > 0) {
      const shown = unknown.length > 8 ? `${unknown.slice(0, 8).join(', ')} and ${unknown.length - 8} more` : unknown.join(', ');
      const means = `Settings that nobody knows hold something other than their default: ${shown}.`;
      notes.finding(finding('SETTING_NOT_CARRIED', { about: PBX, where: 'settings', means }));
    }
    tellTransfers(source, notes);
    for (const row of source.rows('managersettings')) accountAmi(notes, row);
    for (const row of source.rows('iaxsettings')) accountIax(notes, row);
    accountPjsip(source, notes);
    return {};
  },
});

/** False for a setting that nobody knows and that says something. */
function account(source: Source, notes: Notes, row: Row, name: string): boolean {
  const newest = settingRow(source, name);
  if (newest !== null && newest !== row) {
    notes.dropped(row, `${newest.table} holds it too, and is newer`);
    return true;
  }
  if (READ_SETTINGS.has(name)) return true;
  const inert = INERT_SETTINGS.find(([pattern]) => pattern.test(name))?.[1];
  const rule = CALL_SETTINGS.find(([setting]) => setting === name);
  const value = row.text('value').trim();
  if (inert !== undefined) notes.dropped(row, inert);
  else if (rule?.[1].includes(value.toLowerCase()) === true) notes.dropped(row, 'the new box does the same');
  else if (rule !== undefined) {
    notes.dropped(row, `the model has no place for it: ${rule[2]}`);
    notes.finding(finding('SETTING_NOT_CARRIED', { about: PBX, where: `${row.table} ${row.key}`, means: `On the new box ${rule[2]}.` }));
  } else return LEFT_UNKNOWN.has(name) || value === '' || (row.has('defaultval') && value === row.text('defaultval').trim());
  return true;
}

/** Of kinds that are told by themselves: paging and the directory; VM_PREFIX is a feature code. */
const LEFT_UNKNOWN = new Set(['VM_PREFIX']);

/** INBOUND_NOTRANS takes the T off DIAL_OPTIONS for calls from outside (core_do_get_config of 2.11). */
function tellTransfers(source: Source, notes: Notes): void {
  const row = settingRow(source, 'INBOUND_NOTRANS');
  if (row === null) return;
  const isOn = row.flag('value');
  notes.dropped(row, isOn ? 'the model has no place for it' : 'the new box does the same');
  if (!isOn || !(settingRow(source, 'DIAL_OPTIONS')?.text('value') ?? '').includes('T')) return;
  const means =
    'Callers from outside can transfer their call by keys, which the old box forbade: take the T out of settings.pbx.dialOptions.';
  notes.finding(finding('SETTING_NOT_CARRIED', { about: PBX, where: `${row.table} ${row.key}`, means }));
}

/** IssabelPBX's general options of AMI. */
function accountAmi(notes: Notes, row: Row): void {
  const [name, data] = [row.text('keyword'), row.text('data').trim()];
  if (data === '' || data.toLowerCase() === 'no' || name === 'displayconnects') {
    notes.dropped(row, 'the new box does the same');
    return;
  }
  notes.dropped(row, 'the model has no place for it');
  const means = `General option ${name} of AMI is not set on the new box.`;
  notes.finding(finding('OPTION_NOT_CARRIED', { about: PBX, where: `managersettings ${row.key}`, means }));
}

/** Codecs are rows of type 1, data their order; IAX has those of SIP on the new box, where a telephone names none of its own. */
function accountIax(notes: Notes, row: Row): void {
  const [name, data, type] = [row.text('keyword'), row.text('data').trim(), row.int('type')];
  if (data === '' || (type === 1 && data === '0')) notes.dropped(row, 'it is not set');
  else if (type === 1 || type === 2) notes.approximated(row, PBX, 'IAX has the codecs of SIP where a telephone or trunk names none');
  else {
    notes.dropped(row, 'the model has no place for it');
    const means = `The general option ${name} of IAX is not carried.`;
    if (name !== 'bindport' || data !== '4569')
      notes.finding(finding('OPTION_NOT_CARRIED', { about: PBX, where: `iaxsettings ${row.key}`, means }));
  }
}

/** IssabelPBX's second SIP driver, on a port of its own. */
function accountPjsip(source: Source, notes: Notes): void {
  const users = source
    .rows('devices')
    .filter((row) => row.text('tech').toLowerCase() === 'pjsip')
    .map((row) => row.text('id'));
  const rows = source.rows('pjsipsettings');
  for (const row of rows) {
    row.text('data');
    notes.dropped(
      row,
      users.length === 0 ? 'no telephone uses it' : 'all telephones are served on the port and with the codecs of sip.conf',
    );
  }
  const port =
    rows
      .find((row) => row.text('keyword') === 'bindport')
      ?.text('data')
      .trim() ?? '';
  if (users.length === 0 || port === '') return;
  const means = `Telephones ${users.join(', ')} register on port ${port}, where the new box does not listen: set them to its SIP port.`;
  notes.finding(finding('SETTING_NOT_CARRIED', { about: PBX, where: 'pjsipsettings bindport', means }));
}
