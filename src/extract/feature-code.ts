import { finding } from '../finding.ts';
import type { FeatureCode } from '../model/feature-code.ts';
import { ref } from '../model/ref.ts';
import { settingRow } from './box-setting.ts';
import { ownFeatureKeys } from './feature-key.ts';
import { defineReader, type Notes, type Row, type Source } from './reader.ts';

/**
 * Feature codes (ELASTIX.md, section 12): customcode before defaultcode. Those of a module that is switched off are left out, as are the codes of
 * single objects that are gone.
 */
export default defineReader({
  kind: 'feature-code',
  tables: ['featurecodes'],
  astdb: [],
  files: [],
  // whether the web page offers the code as a destination
  dead: { featurecodes: ['providedest'] },
  read: (source, notes) => {
    const codes: Record<string, FeatureCode> = {};
    for (const row of source.rows('featurecodes')) {
      const [module, name] = [row.text('modulename').trim(), row.text('featurename').trim()];
      const why = whyNot(source, row, module, name);
      const application = module === 'miscapps' ? /^miscapp_(\d+)$/.exec(name)?.[1] : undefined;
      if (why === null && application !== undefined) notes.carried(row, ref('misc-application', application));
      else if (why === null) codes[`${module}/${name}`] = readCode(notes, row, `${module}/${name}`);
      else notes.dropped(row, why);
    }
    addMailboxPrefix(source, notes, codes);
    ownFeatureKeys(source, notes, codes);
    tellTwice(notes, codes);
    return codes;
  },
});

/** Codes that belong to one object: the module, the beginning of the code's name, and the table and column that hold the object. */
const OF_OBJECTS: readonly (readonly [module: string, name: RegExp, table: string, column: string])[] = [
  ['timeconditions', /^toggle-mode-(\d+)$/, 'timeconditions', 'timeconditions_id'],
  ['daynight', /^toggle-mode-(\d+)$/, 'daynight', 'ext'],
  ['recordings', /^edit-recording-(\d+)$/, 'recordings', 'id'],
  ['miscapps', /^miscapp_(\d+)$/, 'miscapps', 'miscapps_id'],
];

function whyNot(source: Source, row: Row, module: string, name: string): string | null {
  if (source.moduleOff(module)) return 'the module is switched off, so that nothing answers to the code';
  if (numberOf(row) === '') return 'it has no number';
  const object = OF_OBJECTS.find(([of, pattern]) => of === module && pattern.test(name));
  if (object === undefined) return null;
  const [, pattern, table, column] = object;
  const id = pattern.exec(name)?.[1] ?? '';
  const held = source.rows(table).find((r) => r.text(column) === id);
  if (held === undefined) return 'the object that it belongs to does not exist';
  // only a recording of one file has it, and only where that is ticked (recordings_get_config of FreePBX)
  return table === 'recordings' && (!held.flag('fcode') || held.text('filename').includes('&')) ? 'the recording has no code' : null;
}

/** The number that a row answers to; '' where it has none. */
export function numberOf(row: Row): string {
  return row.text('customcode').trim() || row.text('defaultcode').trim();
}

function readCode(notes: Notes, row: Row, id: string): FeatureCode {
  notes.carried(row, ref('feature-code', id));
  return {
    description: row.text('description'),
    code: numberOf(row),
    enabled: row.flag('enabled'),
  };
}

/** Until 2.10 the number before a mailbox's own was a setting, VM_PREFIX; then it became a code of the module voicemail. */
function addMailboxPrefix(source: Source, notes: Notes, codes: Record<string, FeatureCode>): void {
  const id = 'voicemail/directdialvoicemail';
  const row = settingRow(source, 'VM_PREFIX');
  const code = row?.text('value').trim() ?? '';
  if (row === null) return;
  if (codes[id] !== undefined || code === '') {
    notes.dropped(row, code === '' ? 'it is not set' : 'the feature code of that name takes its place');
    return;
  }
  notes.carried(row, ref('feature-code', id));
  codes[id] = { description: 'Direct Dial Prefix', code, enabled: true };
}

/** Keyed during a call, so that they may be the same as a number that is dialled. */
const IN_CALL: ReadonlySet<string> = new Set(['core/atxfer', 'core/automon', 'core/blindxfer', 'core/disconnect']);

function tellTwice(notes: Notes, codes: Readonly<Record<string, FeatureCode>>): void {
  const byNumber = new Map<string, string[]>();
  for (const [id, { code, enabled }] of Object.entries(codes))
    if (enabled && !IN_CALL.has(id)) byNumber.set(code, [...(byNumber.get(code) ?? []), id]);
  for (const [code, ids] of byNumber) {
    const [first, ...others] = ids;
    if (first === undefined || others.length === 0) continue;
    const means = `${code} is the code of ${ids.join(' and of ')}: only one of them answers.`;
    notes.finding(finding('FEATURE_CODE_TWICE', { about: ref('feature-code', first), where: `featurecodes ${others.join(', ')}`, means }));
  }
}
