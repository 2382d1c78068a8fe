import { finding } from '../finding.ts';
import type { Device } from '../model/device.ts';
import { ref } from '../model/ref.ts';
import { customFiles } from './custom-file.ts';
import { customPeers, withContext } from './custom-peer.ts';
import { DeviceOptions } from './device-option.ts';
import { readDahdiDevice, readIaxDevice, readSipDevice } from './device-technology.ts';
import { KeywordRows, rowsById } from './keyword-rows.ts';
import { defineReader, type Notes, type Row, type Source } from './reader.ts';
import { existingMailbox, voicemailContext } from './voicemail-conf.ts';

/** Tables that hold devices' options, by devices.tech. 2.11 moved zap's rows to dahdi, and some boxes kept both. */
const OPTION_TABLES: Readonly<Record<string, readonly string[]>> = {
  sip: ['sip'],
  pjsip: ['pjsip', 'sip'],
  iax2: ['iax'],
  iax: ['iax'],
  dahdi: ['dahdi', 'zap'],
  zap: ['zap', 'dahdi'],
};

/** Telephones, and what stands in for them (ELASTIX.md, section 1). */
export default defineReader({
  kind: 'device',
  tables: ['devices', 'sip', 'pjsip', 'iax', 'dahdi', 'zap'],
  astdb: ['DEVICE'],
  files: [],
  read: (source, notes) => {
    const options = new Map(['sip', 'pjsip', 'iax', 'dahdi', 'zap'].map((table) => [table, rowsById(source.rows(table))]));
    const unread = new DeviceOptions();
    const devices: Record<string, Device> = {};
    for (const row of source.rows('devices')) {
      const id = row.text('id');
      if (devices[id] !== undefined) {
        notes.twice(row, ref('device', id));
        continue;
      }
      if (!NAMED.test(id)) {
        tellUnnameable(notes, row, id);
        continue;
      }
      const tables = OPTION_TABLES[row.text('tech').toLowerCase()] ?? [];
      const rows = tables.map((table) => options.get(table)?.get(id) ?? []).find((held) => held.length > 0) ?? [];
      const added = tables
        .flatMap((table) => (table === 'sip' || table === 'iax' ? customPeers(source, table) : []))
        .filter((p) => p.name === id);
      for (const { file } of added) notes.carried(file, ref('device', id));
      const device = readDevice(source, notes, row, new KeywordRows([...rows, ...added.flatMap((p) => p.rows)]), unread);
      if (device !== null) devices[id] = device;
    }
    for (const technology of ['sip', 'iax'] as const) Object.assign(devices, byHand(source, notes, technology, devices, unread));
    unread.tell(notes);
    for (const [id, device] of Object.entries(devices)) if (!device.fixed) tellAdHoc(notes, id, device.extension ?? '');
    tellContexts(source, notes, devices);
    tellOrphans(source, notes, options);
    return devices;
  },
});

/** What a section of a configuration can be called, and a user can have for a number. */
const NAMED = /^[\w.+*#@-]+$/;

function tellUnnamed(notes: Notes, id: string): void {
  const means = `Telephone ${id} belongs to somebody whose number no telephone can key: nobody can call it, here as on the old box.`;
  notes.finding(finding('DEVICE_OF_NOBODY', { about: ref('device', id), where: `DEVICE ${id}/user`, means }));
}

function tellUnnameable(notes: Notes, row: Row, id: string): void {
  notes.dropped(row, 'no section of a configuration can have its name');
  const means = `Telephone '${id}' has a name that no configuration file can hold: it does not ring, here as on the old box.`;
  notes.finding(finding('DEVICE_OF_NOBODY', { where: `${row.table} ${row.key}`, means }));
}

/** Telephones that the site wrote into sip_custom.conf or iax_custom.conf: they register, and belong to no extension. */
function byHand(
  source: Source,
  notes: Notes,
  technology: 'sip' | 'iax',
  known: Readonly<Record<string, Device>>,
  unread: DeviceOptions,
): Record<string, Device> {
  const found: Record<string, Device> = {};
  for (const peer of customPeers(source, technology)) {
    const { name } = peer;
    if (name in known || peer.host !== null || isTrunkPeer(source, name)) continue;
    const about = ref('device', name);
    const o = new KeywordRows(withContext(peer));
    const told = (what: string) => notes.finding(finding('DEVICE_APPROXIMATED', { about, where: peer.where, means: `${what}.` }));
    const lamp = (text: string) => mailboxOfLamp(source, text);
    const common = { extension: null, fixed: true, description: name, emergencyCallerId: null };
    found[name] =
      technology === 'sip'
        ? { technology: 'sip', ...common, ...readSipDevice(source, o, name, lamp, told) }
        : { technology: 'iax2', ...common, ...readIaxDevice(source, o, name, lamp) };
    const secret = o.text('secret');
    if (secret !== '') notes.secret(`device/${name}/${found[name].technology}`, secret);
    unread.account(notes, name, o);
    notes.carried(peer.file, about);
    const means = `'${name}' was written by hand; it may register and call in context '${o.text('context')}', and no extension rings it.`;
    notes.finding(finding('PEER_BY_HAND', { about, where: peer.where, means }));
  }
  return found;
}

function isTrunkPeer(source: Source, name: string): boolean {
  return source.rows('trunks').some((row) => row.text('channelid').trim() === name);
}

function readDevice(source: Source, notes: Notes, row: Row, o: KeywordRows, unread: DeviceOptions): Device | null {
  const id = row.text('id');
  const about = ref('device', id);
  const common = commonFields(source, notes, row, id);
  const told = (what: string) => {
    notes.approximated(row, about, what);
    notes.finding(finding('DEVICE_APPROXIMATED', { about, where: `${row.table} ${row.key}`, means: `${what}.` }));
  };
  const lamp = (text: string) => mailboxOfLamp(source, text);
  const technology = row.text('tech').toLowerCase();
  let device: Device;
  if (technology === 'sip' || technology === 'pjsip')
    device = { technology: 'sip', ...common, ...readSipDevice(source, o, id, lamp, told, technology === 'pjsip') };
  else if (technology === 'iax2' || technology === 'iax') device = { technology: 'iax2', ...common, ...readIaxDevice(source, o, id, lamp) };
  else if (technology === 'dahdi' || technology === 'zap')
    device = { technology: 'dahdi', ...common, ...readDahdiDevice(o, row.text('dial'), lamp) };
  else if (technology === 'custom') device = { technology: 'custom', ...common, dial: row.text('dial') };
  else {
    notes.finding(
      finding('DEVICE_TECHNOLOGY_UNKNOWN', {
        about,
        where: `${row.table} ${row.key}`,
        means: `The telephone is of technology '${technology}', which is not carried: it does not ring.`,
      }),
    );
    return null;
  }
  row.text('dial');
  notes.carried(row, about);
  const secret = o.text('secret');
  if (secret !== '' && device.technology !== 'dahdi') notes.secret(`device/${id}/${device.technology}`, secret);
  unread.account(notes, id, o);
  return device;
}

/** DEVICE/<id>/... is the live half: who logged in at an ad-hoc telephone stands there alone. */
function commonFields(
  source: Source,
  notes: Notes,
  row: Row,
  id: string,
): Pick<Device, 'extension' | 'fixed' | 'description' | 'emergencyCallerId'> {
  const live = (name: string) => {
    const entry = source.astdbEntry('DEVICE', `${id}/${name}`);
    if (entry !== null) notes.carried(entry, ref('device', id));
    return entry?.value.trim() ?? null;
  };
  for (const name of ['dial', 'default_user']) live(name);
  const [tableUser, tableType, tableEmergency] = [row.text('user').trim(), row.text('devicetype'), row.text('emergency_cid')];
  const user = live('user') ?? tableUser;
  const isNobody = user === '' || user === 'none';
  if (!isNobody && !NAMED.test(user)) tellUnnamed(notes, id);
  return {
    extension: isNobody || !NAMED.test(user) ? null : user,
    fixed: (live('type') ?? tableType) !== 'adhoc',
    description: row.text('description').replace(/\\(['"\\])/g, '$1'),
    emergencyCallerId: (live('emergency_cid') ?? tableEmergency).trim() || null,
  };
}

/** '101@device': FreePBX links voicemail/device/101 to the mailbox of the device's user, whatever context that is in. */
function mailboxOfLamp(source: Source, text: string): string | null {
  const boxes = text
    .split(/[,&]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [number = '', context = 'default'] = part.split('@');
      if (context !== 'device') return `${number}@${context}`;
      const device = source.rows('devices').find((d) => d.text('id') === number);
      const user = source.astdbEntry('DEVICE', `${number}/user`)?.value.trim() || device?.text('user') || number;
      const column =
        source
          .rows('users')
          .find((u) => u.text('extension') === user)
          ?.text('voicemail') ?? '';
      return existingMailbox(source, user, voicemailContext(column));
    });
  return boxes.filter((box) => box !== null).join(',') || null;
}

/** Whoever sat down at an ad-hoc telephone logged in to it by a code (*11), and out again: nobody does here. */
function tellAdHoc(notes: Notes, id: string, user: string): void {
  const whose = user === '' ? "it is nobody's, and can neither call nor be called" : `it stays with ${user}, who had it last`;
  const means = `Telephone ${id} is for whoever logs in to it by a code. Here nobody logs in or out: ${whose}.`;
  notes.finding(finding('DEVICE_AD_HOC', { about: ref('device', id), where: `devices ${id}`, means }));
}

/** A context other than from-internal says what a telephone may dial, and stands in a module's tables or in hand-made dialplan. */
function tellContexts(source: Source, notes: Notes, devices: Readonly<Record<string, Device>>): void {
  const classes = new Set(
    source.moduleOff('customcontexts') ? [] : source.rows('customcontexts_contexts').map((row) => row.text('context').trim()),
  );
  const own = new Set(customFiles(source).sections.map((s) => s.name));
  for (const [id, device] of Object.entries(devices)) {
    if (device.technology === 'custom' || device.context === 'from-internal') continue;
    if (own.has(device.context) || classes.has(device.context)) continue;
    const why = 'neither a class of service nor a context that is carried';
    notes.finding(
      finding('DEVICE_CONTEXT_UNKNOWN', {
        about: ref('device', id),
        where: `devices ${id}`,
        means: `Its calls start in context '${device.context}', which is ${why}: what it may dial is not carried, and it can call nobody until it is.`,
      }),
    );
  }
}

/** Rows of no device and no trunk: FreePBX still writes them into sip_additional.conf, so that something may register with them. */
function tellOrphans(source: Source, notes: Notes, options: ReadonlyMap<string, ReadonlyMap<string, readonly Row[]>>): void {
  const devices = new Set(source.rows('devices').map((row) => row.text('id')));
  const trunks = new Set(source.rows('trunks').map((row) => row.text('trunkid')));
  for (const [table, byId] of options) {
    for (const [id, rows] of byId) {
      const trunk = /^(?:tr-(?:peer|user|reg)|pjsip)-(\d+)$/.exec(id)?.[1];
      if (trunk !== undefined && !trunks.has(trunk)) for (const row of rows) notes.ownerless(row, ref('trunk', trunk));
      if (devices.has(id) || trunk !== undefined || /^9999/.test(id)) continue;
      notes.finding(
        finding('PEER_WITHOUT_OBJECT', {
          where: `${table} ${id}`,
          means: `${rows.length} options of '${id}' belong to no device and no trunk, and are not carried.`,
        }),
      );
    }
  }
}
