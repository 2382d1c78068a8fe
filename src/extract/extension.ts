import { finding } from '../finding.ts';
import type { Extension } from '../model/extension.ts';
import { ref } from '../model/ref.ts';
import { greetingKeysOf } from './greeting-keys.ts';
import { intercomOf } from './intercom.ts';
import { LiveKeys } from './live-keys.ts';
import { defineReader, type Notes, type Row, type Source } from './reader.ts';
import { readRecording } from './recording-policy.ts';
import { wholeNumber } from './source.ts';
import { speedDialsOf } from './speed-dial.ts';
import { existingMailbox, voicemailConf, voicemailContext } from './voicemail-conf.ts';

/**
 * Elastix's users: the table is what the web pages show, AstDB (AMPUSER/<x>/...) is what calls follow. Where both speak, AstDB wins.
 * Which mailbox takes calls is the table's: the dialplan is built from it (ELASTIX.md, section 1).
 */
export default defineReader({
  kind: 'extension',
  tables: ['users'],
  astdb: ['AMPUSER', 'CF', 'CFB', 'CFU', 'CW', 'DND'],
  files: [],
  // noanswer was given up before 2.8; the password is the log-in code of *11; the *_cid columns prefix the caller's name on the optional destinations
  dead: { users: ['noanswer'] },
  read: (source, notes) => {
    const extensions: Record<string, Extension> = {};
    for (const row of source.rows('users')) {
      const id = row.text('extension');
      if (id === '') notes.dropped(row, 'a user without a number');
      else if (!/^[\d*#+]+$/.test(id)) tellUndialable(notes, row, id);
      else if (extensions[id] !== undefined) notes.twice(row, ref('extension', id));
      else extensions[id] = readExtension(source, notes, row, id);
    }
    return extensions;
  },
});

function tellUndialable(notes: Notes, row: Row, id: string): void {
  notes.dropped(row, 'nobody can dial its number');
  const means = `Extension '${id}' has no number that a telephone can key: the old web pages take none but digits.`;
  notes.finding(finding('EXTENSION_UNDIALABLE', { where: `${row.table} ${row.key}`, means }));
}

function readExtension(source: Source, notes: Notes, row: Row, id: string): Extension {
  const about = ref('extension', id);
  const live = new LiveKeys(source, notes, about, 'AMPUSER', id);
  const tableName = unescaped(row.text('name'));
  const name = live.text('cidname') || tableName;
  const [outboundCid, ringTimer] = [row.text('outboundcid'), row.text('ringtimer')];
  const seconds = wholeNumber(live.held('ringtimer') ?? ringTimer) ?? 0;
  const callerIdNumber = live.text('cidnum');
  notes.carried(row, about);
  const extension: Extension = {
    name,
    callerIdNumber: callerIdNumber === '' || callerIdNumber === id ? null : callerIdNumber,
    outboundCallerId: (live.held('outboundcid') ?? outboundCid).trim() || null,
    devices: devicesOf(source, notes, id, live.text('device'), row),
    ringSeconds: seconds > 0 ? seconds : null,
    voicemail: voicemail(source, notes, row, id),
    noAnswer: optional(source, row, 'noanswer_dest', id),
    busy: optional(source, row, 'busy_dest', id),
    unreachable: optional(source, row, 'chanunavail_dest', id),
    state: state(source, notes, id),
    forwardRingSeconds: wholeNumber(live.text('cfringtimer')) ?? 0,
    speedDials: speedDialsOf(source, notes, id),
    greetingKeys: greetingKeysOf(source, notes, id),
    intercom: intercomOf(source, notes, live, id),
    needsNoPin: live.text('pinless') === 'NOPASSWD',
    language: live.text('language'),
    musicClass: musicClass(row.text('mohclass')),
    sipAlias: row.text('sipname'),
    recording: readRecording(live, row.text('recording')),
  };
  tellDifferences(notes, live, row, id);
  live.dropDefaults();
  return extension;
}

/** FreePBX 2.8 to 2.11 stored names with their quotes escaped once too often. */
function unescaped(name: string): string {
  return name.replace(/\\(['"\\])/g, '$1');
}

function musicClass(text: string): string {
  return text === 'default' ? '' : text;
}

function optional(source: Source, row: Row, column: string, id: string): Extension['noAnswer'] {
  const text = row.text(column).trim();
  return text === '' ? null : source.destination(text, row, ref('extension', id));
}

/** AMPUSER/<x>/device is '200&2001', in order of ringing; without AstDB, the devices whose user it is. */
function devicesOf(source: Source, notes: Notes, id: string, live: string, row: Row): string[] {
  const known = new Map(source.rows('devices').map((d) => [d.text('id').toLowerCase(), d]));
  const about = ref('extension', id);
  const named = live
    .split('&')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const wanted =
    named.length > 0 || source.astdbEntry('AMPUSER', `${id}/device`) !== null
      ? named
      : [...known.values()].filter((d) => d.text('user') === id).map((d) => d.text('id'));
  const devices: string[] = [];
  for (const one of wanted) {
    const device = known.get(one.toLowerCase());
    if (device !== undefined) devices.push(device.text('id'));
    else
      notes.finding(
        finding('EXTENSION_DEVICE_MISSING', {
          about,
          where: `AMPUSER ${id}/device`,
          means: `The extension is meant to ring device ${one}, which does not exist.`,
        }),
      );
  }
  if (devices.length === 0) {
    notes.finding(
      finding('EXTENSION_WITHOUT_DEVICE', { about, where: `${row.table} ${row.key}`, means: 'No telephone rings for this extension.' }),
    );
  }
  return devices;
}

function voicemail(source: Source, notes: Notes, row: Row, id: string): string | null {
  const context = voicemailContext(row.text('voicemail'));
  const exists = existingMailbox(source, id, context);
  const about = ref('extension', id);
  const where = `${row.table} ${row.key}`;
  if (context === null) {
    if (exists !== null) {
      notes.finding(
        finding('VOICEMAIL_OFF_BUT_MAILBOX', {
          about,
          where,
          means: `Unanswered calls do not go to mailbox ${exists}, though it exists: voicemail is switched off for this extension, here as on the old box.`,
        }),
      );
    }
    return null;
  }
  const wanted = `${id}@${context}`;
  if (source.file('voicemail.conf') !== null && !voicemailConf(source).boxes.has(wanted)) {
    notes.finding(
      finding('VOICEMAIL_WITHOUT_MAILBOX', {
        about,
        where,
        means: `Unanswered calls are sent to mailbox ${wanted}, which voicemail.conf does not have: they end there, as on the old box.`,
      }),
    );
  }
  return wanted;
}

/** Forwards, call waiting and do not disturb live in AstDB alone: absent is off. */
function state(source: Source, notes: Notes, id: string): NonNullable<Extension['state']> {
  const held = (family: string) => {
    const entry = source.astdbEntry(family, id);
    if (entry !== null) notes.carried(entry, ref('extension', id));
    return entry?.value.trim() ?? '';
  };
  return {
    callWaiting: held('CW').toUpperCase() === 'ENABLED',
    doNotDisturb: held('DND') !== '',
    forwardAlways: held('CF') || null,
    forwardBusy: held('CFB') || null,
    forwardUnavailable: held('CFU') || null,
  };
}

/** Where table and AstDB disagree, the box did what AstDB says, and a person may believe the web page. */
function tellDifferences(notes: Notes, live: LiveKeys, row: Row, id: string): void {
  const differ = (['outboundcid', 'ringtimer', 'voicemail'] as const).filter((name) => {
    const held = live.held(name);
    const [a, b] = [held ?? '', row.text(name)].map((text) => (text.trim() === '0' || text.trim() === 'novm' ? '' : text.trim()));
    return held !== null && a !== b;
  });
  if (differ.length === 0) return;
  notes.finding(
    finding('EXTENSION_STATE_DIFFERS', {
      about: ref('extension', id),
      where: `users ${row.key}`,
      means: `The table and the live state of the old box disagree about ${differ.join(', ')}.${differ.includes('voicemail') ? ' For voicemail the table was carried, since the dialplan is built from it.' : ''}`,
    }),
  );
}
