import { finding } from '../finding.ts';
import { ref } from '../model/ref.ts';
import type { Trunk } from '../model/trunk.ts';
import { readConfTree } from './conf-tree.ts';
import { customPeers, withContext } from './custom-peer.ts';
import { KeywordRows } from './keyword-rows.ts';
import type { Notes, Source } from './reader.ts';
import { parseRegistration } from './registration-line.ts';
import { FILE_SPACE } from './source.ts';
import { readIaxTrunk, readSipTrunk } from './trunk-peer.ts';

/** Carriers that the site wrote into sip_custom.conf or iax_custom.conf: peers at a fixed address that are no telephones of the tables. */
export function addByHand(source: Source, notes: Notes, technology: 'sip' | 'iax', trunks: Record<string, Trunk>): void {
  const taken = new Set([
    ...source.rows('devices').map((row) => row.text('id')),
    ...source.rows('trunks').map((row) => row.text('channelid').trim()),
  ]);
  for (const peer of customPeers(source, technology)) {
    if (peer.host === null || taken.has(peer.name)) continue;
    const id = `custom-${peer.name.replace(/[^\w-]/g, '_')}`;
    const about = ref('trunk', id);
    const common = {
      name: peer.name,
      disabled: false,
      continueOnFailure: false,
      callerId: '',
      callerIdPolicy: 'any' as const,
      maxChannels: null,
      dialPrefix: '',
      dialRules: [],
    };
    const rows = {
      id,
      peer: new KeywordRows(withContext(peer)),
      user: new KeywordRows([]),
      registrations: [],
      channel: peer.name,
      userContext: '',
    };
    trunks[id] =
      technology === 'sip'
        ? { technology: 'sip', ...common, ...readSipTrunk(source, notes, rows, about) }
        : { technology: 'iax2', ...common, ...readIaxTrunk(source, notes, rows, about) };
    notes.carried(peer.file, about);
    const means = `'${peer.name}' at a fixed address was written by hand; it is a trunk on the new box, which no outbound route uses.`;
    notes.finding(finding('PEER_BY_HAND', { about, where: peer.where, means }));
  }
}

/** `register =>` lines of sip_registrations_custom.conf and iax_registrations_custom.conf: each belongs to the trunk that leads to the same host. */
export function addRegistrations(source: Source, notes: Notes, trunks: Record<string, Trunk>): void {
  for (const [path, technology] of [
    ['sip_registrations_custom.conf', 'sip'],
    ['iax_registrations_custom.conf', 'iax2'],
  ] as const) {
    const entries = readConfTree(source, path).sections.flatMap((s) => s.entries);
    for (const { name, value, where, path: file } of entries) {
      const line = name.toLowerCase() === 'register' ? parseRegistration(value) : null;
      const found = Object.entries(trunks).find(
        ([, t]) => t.technology === technology && 'host' in t && t.host === line?.registration.host,
      );
      const about = found === undefined ? null : ref('trunk', found[0]);
      const accountable = { space: 'file', name: FILE_SPACE, key: file } as const;
      if (line === null || found === undefined || about === null || !('registrations' in found[1])) {
        const means =
          'The new box does not register by this line: no trunk of the model leads to that host, and the carrier sends no calls.';
        notes.finding(finding('TRUNK_REGISTRATION_UNREADABLE', { where, means }));
        notes.dropped(accountable, 'a registration that belongs to no trunk');
        continue;
      }
      if (line.secret !== '') notes.secret(`trunk/${about.id}/registration/${found[1].registrations.length}`, line.secret);
      trunks[about.id] = { ...found[1], registrations: [...found[1].registrations, line.registration] } as Trunk;
      notes.carried(accountable, about);
    }
  }
}
