import { finding } from '../finding.ts';
import { ref } from '../model/ref.ts';
import type { Trunk } from '../model/trunk.ts';
import { LINE_TABLES, linesByTrunk } from './analog-line.ts';
import { type CustomPeer, customPeers } from './custom-peer.ts';
import { addByHand, addRegistrations } from './custom-trunk.ts';
import { inSequence } from './in-sequence.ts';
import { KeywordRows, rowsById } from './keyword-rows.ts';
import { readPjsipTrunk } from './pjsip-trunk.ts';
import { isUsable } from './readable-pattern.ts';
import { defineReader, type Notes, type Row, type Source } from './reader.ts';
import { positive } from './source.ts';
import { readIaxTrunk, readSipTrunk } from './trunk-peer.ts';

/** What a trunk is made of in `sip` or `iax`. */
export interface TrunkRows {
  readonly id: string;
  readonly peer: KeywordRows;
  readonly user: KeywordRows;
  readonly registrations: readonly Row[];
  /** channelid of the trunk: the section name of its PEER details. */
  readonly channel: string;
  readonly userContext: string;
}

/** Ways to the outside (ELASTIX.md, section 3). */
export default defineReader({
  kind: 'trunk',
  tables: ['trunks', 'trunk_dialpatterns', 'sip', 'iax', ...LINE_TABLES],
  astdb: ['TRUNK'],
  files: [],
  // a name of the carrier for FreePBX's own list of presets
  dead: { trunks: ['provider'] },
  read: (source, notes) => {
    const bySip = rowsById(source.rows('sip'));
    const byIax = rowsById(source.rows('iax'));
    const trunks: Record<string, Trunk> = {};
    for (const row of source.rows('trunks')) {
      const id = row.text('trunkid');
      const isSip = /^(?:pj)?sip$/i.test(row.text('tech'));
      const rows = withAdded(notes, trunkRows(row, isSip ? bySip : byIax), customPeers(source, isSip ? 'sip' : 'iax'));
      const trunk = readTrunk(source, notes, row, rows);
      if (trunk === null) continue;
      trunks[id] = trunk;
      notes.carried(row, ref('trunk', id));
      tellDialOptions(source, notes, id);
    }
    for (const row of source.rows('trunk_dialpatterns')) {
      const id = row.text('trunkid');
      if (!source.rows('trunks').some((trunk) => trunk.text('trunkid') === id)) notes.ownerless(row, ref('trunk', id));
    }
    tellTaken(source, notes, trunks);
    for (const technology of ['sip', 'iax'] as const) addByHand(source, notes, technology, trunks);
    addRegistrations(source, notes, trunks);
    return trunks;
  },
});

/** 2.6 and later write tr-peer-N, IssabelPBX pjsip-N, too; before, ids were 9999N, 99999N and 9999999N, which only a known N tells from extensions. */
function trunkRows(row: Row, byId: ReadonlyMap<string, readonly Row[]>): TrunkRows {
  const id = row.text('trunkid');
  const held = (...ids: string[]) => ids.map((one) => byId.get(one) ?? []).find((rows) => rows.length > 0) ?? [];
  const isPjsip = row.text('tech').toLowerCase() === 'pjsip';
  return {
    id,
    peer: new KeywordRows(isPjsip ? held(`pjsip-${id}`) : held(`tr-peer-${id}`, `9999${id}`)),
    user: new KeywordRows(held(`tr-user-${id}`, `99999${id}`)),
    registrations: held(`tr-reg-${id}`, `9999999${id}`).filter((r) => r.text('data').trim() !== ''),
    channel: row.text('channelid').trim(),
    userContext: row.text('usercontext').trim(),
  };
}

/** `[carrier](+)` of sip_custom.conf adds to a trunk's PEER details. */
function withAdded(notes: Notes, rows: TrunkRows, peers: readonly CustomPeer[]): TrunkRows {
  const added = peers.filter((p) => p.name === rows.channel && rows.channel !== '');
  for (const { file } of added) notes.carried(file, ref('trunk', rows.id));
  return added.length === 0 ? rows : { ...rows, peer: new KeywordRows([...rows.peer.rows, ...added.flatMap((p) => p.rows)]) };
}

/** A trunk with the name of a telephone, or of another trunk: the old driver took one for the other. It gets a name of its own. */
function tellTaken(source: Source, notes: Notes, trunks: Record<string, Trunk>): void {
  const taken = new Set(source.rows('devices').map((row) => row.text('id')));
  for (const [id, trunk] of Object.entries(trunks)) {
    if (!('peer' in trunk) || trunk.peer === '') continue;
    const name = taken.has(trunk.peer) ? `${trunk.peer}-trunk-${id}` : trunk.peer;
    taken.add(name);
    if (name === trunk.peer) continue;
    const means = `Another telephone or trunk is called '${trunk.peer}', too, and the old box took one for the other: here the trunk is '${name}'.`;
    notes.finding(finding('NAME_TAKEN', { about: ref('trunk', id), where: trunk.peer, means }));
    trunks[id] = { ...trunk, peer: name };
  }
}

function readTrunk(source: Source, notes: Notes, row: Row, rows: TrunkRows): Trunk | null {
  const about = ref('trunk', rows.id);
  const common = commonFields(source, notes, row, rows);
  switch (row.text('tech').toLowerCase()) {
    case 'sip':
      return { technology: 'sip', ...common, ...readSipTrunk(source, notes, rows, about) };
    case 'pjsip':
      return { technology: 'sip', ...common, ...readPjsipTrunk(source, notes, rows, about) };
    case 'iax':
    case 'iax2':
      return { technology: 'iax2', ...common, ...readIaxTrunk(source, notes, rows, about) };
    case 'zap':
    case 'dahdi':
      return { technology: 'dahdi', ...common, group: rows.channel, lines: analogLines(source, notes, rows.id) };
    case 'custom':
      return { technology: 'custom', ...common, dial: dialString(notes, rows) };
    case 'enum':
      return { technology: 'enum', ...common };
    case 'dundi':
      return { technology: 'dundi', ...common, mapping: rows.channel };
    default:
      notes.finding(
        finding('DEVICE_TECHNOLOGY_UNKNOWN', {
          about,
          where: `trunks ${row.key}`,
          means: `The trunk is of technology '${row.text('tech')}', which is not carried: no call goes out through it.`,
        }),
      );
      return null;
  }
}

const POLICIES = { off: 'any', on: 'no-foreign', cnum: 'number-only', all: 'always' } as const;

function commonFields(source: Source, notes: Notes, row: Row, rows: TrunkRows) {
  const keep = row.text('keepcid').trim();
  // switching a trunk off sets flags=1 on each of its rows, and later also trunks.disabled
  const flagged = rows.peer.rows.length > 0 && rows.peer.rows.every((r) => r.int('flags') === 1);
  return {
    name: row.text('name').trim() || rows.channel || `trunk ${rows.id}`,
    disabled: row.flag('disabled') || flagged,
    continueOnFailure: row.flag('continue'),
    callerId: row.text('outcid').trim(),
    callerIdPolicy: keep in POLICIES ? POLICIES[keep as keyof typeof POLICIES] : 'any',
    maxChannels: positive(row.int('maxchans')),
    dialPrefix: row.text('dialoutprefix').trim(),
    dialRules: dialRules(source, notes, rows.id),
  } as const;
}

function dialRules(source: Source, notes: Notes, id: string): { prepend: string; prefix: string; match: string }[] {
  const rows = source.rows('trunk_dialpatterns').filter((row) => row.text('trunkid') === id);
  return inSequence(rows, 'seq').flatMap((row) => {
    const prefix = row.text('match_pattern_prefix').trim();
    const match = row.text('match_pattern_pass').trim().replace(/^_/, '');
    const prepend = row.text('prepend_digits').trim();
    if (!isUsable(notes, row, ref('trunk', id), { 'The dial rule': prefix + match })) return [];
    notes.carried(row, ref('trunk', id));
    return [{ prepend, prefix, match }];
  });
}

/** What the old box called a line's number, whatever it was called by (zapchandids: macro-from-zaptel-N). */
function analogLines(source: Source, notes: Notes, id: string): { line: string; number: string; name: string }[] {
  return (linesByTrunk(source).get(id) ?? []).map((row) => {
    notes.approximated(row, ref('trunk', id), 'kept for the SIP gateway that takes the place of the telephone card');
    return { line: row.text('channel').trim(), number: row.text('did').trim(), name: row.text('description').trim() };
  });
}

/** A password in a dial string ('SIP/user:secret@host/$OUTNUM$') is taken out of it. */
function dialString(notes: Notes, rows: TrunkRows): string {
  const match = /^([A-Za-z0-9]+\/[^:/@]+:)(.+)(@[^@]+)$/.exec(rows.channel);
  if (match?.[2] === undefined) return rows.channel;
  notes.secret(`trunk/${rows.id}/outbound`, match[2]);
  notes.finding(
    finding('TRUNK_APPROXIMATED', {
      about: ref('trunk', rows.id),
      where: `trunks ${rows.id}`,
      means: 'The dial string held a password; it stands among the secrets now, and $SECRET$ in its place.',
    }),
  );
  return `${match[1]}$SECRET$${match[3]}`;
}

/** TRUNK/<id>/dialopts of 2.11 overrides TRUNK_OPTIONS for one trunk. */
function tellDialOptions(source: Source, notes: Notes, id: string): void {
  const entry = source.astdbEntry('TRUNK', `${id}/dialopts`);
  if (entry === null) return;
  if (entry.value.trim() === '') notes.dropped(entry, 'empty');
  else
    notes.finding(
      finding('TRUNK_APPROXIMATED', {
        about: ref('trunk', id),
        where: `TRUNK ${entry.key}`,
        means: 'The trunk had Dial options of its own; it gets those of all trunks.',
      }),
    );
}
