import { finding } from '../finding.ts';
import { emptyModel, settingsOf } from '../model/kinds.ts';
import { ref } from '../model/ref.ts';
import type { Settings } from '../model/settings.ts';
import { autoAnswerOf } from './auto-answer.ts';
import { SETTING_TABLES, settingRow } from './box-setting.ts';
import { entriesOf, readConfTree } from './conf-tree.ts';
import { defineReader, type Notes, type Source } from './reader.ts';
import { routeMessagesOf } from './route-message.ts';
import { portRange, type Sip, sipSettings } from './settings-sip.ts';
import { type Voicemail, voicemailSettings } from './settings-voicemail.ts';
import { isOn, wholeNumber } from './source.ts';

const PBX = ref('settings', 'pbx');
/** How the old web page showed a setting. */
const PAGE_COLUMNS = [
  'name',
  'level',
  'description',
  'type',
  'options',
  'defaultval',
  'readonly',
  'hidden',
  'category',
  'module',
  'emptyok',
  'sortorder',
];

/** What holds for the whole PBX: from the four places of settings, sipsettings, rtp.conf, voicemail.conf, indications.conf. */
export default defineReader({
  kind: 'settings',
  tables: [...SETTING_TABLES.map(([table]) => table), 'sipsettings', 'outroutemsg', 'paging_autoanswer'],
  astdb: [],
  files: [
    'sip.conf',
    'sip_general_custom.conf',
    'sip_nat.conf',
    'rtp.conf',
    'indications.conf',
    'vm_general.inc',
    'vm_email.inc',
    'voicemail.conf',
  ],
  dead: {
    issabelpbx_settings: PAGE_COLUMNS,
    freepbx_settings: PAGE_COLUMNS,
    featurecodes: ['description', 'providedest'],
    sipsettings: ['seq'],
  },
  read: (source, notes) => {
    const base = settingsOf(emptyModel());
    if (source.timeZone === null) {
      notes.finding(
        finding('TIME_ZONE_UNKNOWN', {
          about: PBX,
          means: "Day and night begin by the new machine's own time zone, which may not be the old one's.",
        }),
      );
    }
    const sip = sipSettings(source, notes, base.sip as Sip);
    return {
      pbx: {
        ...base,
        ...general(source, notes, base),
        timeZone: source.timeZone,
        autoAnswer: autoAnswerOf(source, notes),
        routeMessages: routeMessagesOf(source, notes),
        language: sip.language ?? base.language,
        toneZone: toneZone(source, notes, base.toneZone),
        sip: sip.sip,
        rtp: sip.rtp ?? rtpFile(source, notes) ?? base.rtp,
        voicemail: voicemailSettings(source, notes, base.voicemail as Voicemail),
      },
    };
  },
});

const GREETINGS = { u: 'unavailable', b: 'busy', s: 'none', '': 'none' } as const;

function general(source: Source, notes: Notes, base: Settings): Partial<Settings> {
  const text = (name: string, without: string) => {
    const row = settingRow(source, name);
    if (row === null) return without;
    notes.carried(row, PBX);
    return row.text('value').trim();
  };
  const number = (name: string, without: number) => wholeNumber(text(name, '')) ?? without;
  const gain = text('VM_GAIN', '');
  const greeting = text('VM_DDTYPE', 'u');
  return {
    ringSeconds: number('RINGTIMER', base.ringSeconds),
    dialOptions: text('DIAL_OPTIONS', base.dialOptions),
    trunkDialOptions: text('TRUNK_OPTIONS', base.trunkDialOptions),
    trunkRingSeconds: number('TRUNK_RING_TIMER', base.trunkRingSeconds),
    namePrefixes: isOn(text('CID_PREPEND_REPLACE', 'yes')) ? (prefixesCancel(source) ? 'cancel' : 'replace') : 'stack',
    voicemailOptions: `${text('VM_OPTS', '')}${gain === '' || gain === '0' ? '' : `g(${gain})`}`,
    voicemailDirectGreeting: greeting in GREETINGS ? GREETINGS[greeting as keyof typeof GREETINGS] : 'unavailable',
    // DISABLED beats every other recording switch; FreePBX 2.9 and later no longer have it
    recordingAllowed: text('RECORDING_STATE', 'ENABLED').toUpperCase() !== 'DISABLED',
    recordingFormat: text('MIXMON_FORMAT', base.recordingFormat) || base.recordingFormat,
  };
}

/**
 * Issabel's sub-prepend-cid (core, 31 August 2023) takes a prefix off and returns before it puts the next one. Its generated dialplan tells; where the source
 * brings none, its core of 2.12 does.
 */
function prefixesCancel(source: Source): boolean {
  const dialplan = source.file('extensions_additional.conf')?.text;
  if (dialplan !== undefined) return /^\[sub-prepend-cid\]/m.test(dialplan);
  const core = source.rows('modules').find((r) => r.text('modulename') === 'core');
  const [major = 0, minor = 0] = (core?.text('version') ?? '').split('.').map(Number);
  return source.hasTable('issabelpbx_settings') && (major > 2 || (major === 2 && minor >= 12));
}

/** Asterisk takes its tones from indications.conf, whatever TONEZONE says there. */
function toneZone(source: Source, notes: Notes, without: string): string {
  const tree = readConfTree(source, 'indications.conf');
  const country = entriesOf(tree, 'general').find((e) => e.name === 'country')?.value;
  for (const file of tree.files) notes.carried(file, PBX);
  const row = settingRow(source, 'TONEZONE');
  const set = row?.text('value').trim() ?? '';
  if (row !== null && (country === undefined || country === set)) notes.carried(row, PBX);
  else if (row !== null) notes.dropped(row, "indications.conf says otherwise, and that is what Asterisk's tones follow");
  return country ?? (set || without);
}

function rtpFile(source: Source, notes: Notes): Settings['rtp'] | null {
  const tree = readConfTree(source, 'rtp.conf');
  const entries = entriesOf(tree, 'general');
  const port = (name: string) => wholeNumber(entries.findLast((e) => e.name === name)?.value ?? '');
  const [first, last] = [port('rtpstart'), port('rtpend')];
  if (first === null || last === null) return null;
  for (const file of tree.files) notes.carried(file, PBX);
  return portRange(notes, first, last);
}
