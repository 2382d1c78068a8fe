import { readConfTree, type TreeEntry } from './conf-tree.ts';
import { optionRow } from './option-row.ts';
import type { Accountable, Row, Source } from './reader.ts';
import { FILE_SPACE } from './source.ts';

/** A telephone or carrier that the site wrote into a file of the channel driver by hand. */
export interface CustomPeer {
  readonly name: string;
  /** Its options as the tables have those of FreePBX's own: keyword, data, flags. */
  readonly rows: readonly Row[];
  /** 'sip_custom.conf:3' */
  readonly where: string;
  /** The file, for the ledger. */
  readonly file: Accountable;
  /** It has a fixed address, and does not register here. */
  readonly host: string | null;
}

const FILES = { sip: ['sip_custom.conf', 'sip_custom_post.conf'], iax: ['iax_custom.conf', 'iax_custom_post.conf'] } as const;
const read = new WeakMap<Source, Map<string, CustomPeer[]>>();

/** Peers of sip_custom.conf or iax_custom.conf, with what adds to a peer of FreePBX's own (`[101](+)`). */
export function customPeers(source: Source, technology: 'sip' | 'iax'): readonly CustomPeer[] {
  const known = read.get(source) ?? new Map<string, CustomPeer[]>();
  read.set(source, known);
  const held = known.get(technology);
  if (held !== undefined) return held;
  const found = new Map<string, TreeEntry[]>();
  for (const path of FILES[technology]) {
    for (const section of readConfTree(source, path).sections) {
      if (section.template || section.entries.length === 0 || /^(?:general|authentication)?$/.test(section.name)) continue;
      found.set(section.name, [...(found.get(section.name) ?? []), ...section.entries]);
    }
  }
  const peers = [...found].map(([name, entries]) => peerOf(name, entries));
  known.set(technology, peers);
  return peers;
}

/** Options that the driver takes several times, joined as the tables have them. */
const LISTS = new Set(['allow', 'disallow', 'deny', 'permit', 'setvar']);

function peerOf(name: string, entries: readonly TreeEntry[]): CustomPeer {
  const options = new Map<string, { value: string; path: string }>();
  for (const { name: written, value, path } of entries) {
    const option = written.toLowerCase();
    const before = LISTS.has(option) ? options.get(option) : undefined;
    options.set(option, { value: before === undefined ? value.trim() : `${before.value}&${value.trim()}`, path });
  }
  const host = options.get('host')?.value ?? '';
  const rows = [...options].map(([keyword, { value, path }], i) =>
    optionRow(name, path, { id: name, keyword, data: value, flags: String(1000 + i) }),
  );
  const file = { space: 'file', name: FILE_SPACE, key: entries[0]?.path ?? '' } as const;
  return { name, rows, file, where: entries[0]?.where ?? name, host: host === '' || host.toLowerCase() === 'dynamic' ? null : host };
}

/** An option that a peer has where it does not say otherwise: calls come into chan_sip's own context for strangers. */
export function withContext(peer: CustomPeer): readonly Row[] {
  if (peer.rows.some((row) => row.text('keyword') === 'context')) return peer.rows;
  const path = peer.where.replace(/:\d+$/, '');
  return [...peer.rows, optionRow(peer.name, path, { id: peer.name, keyword: 'context', data: 'from-sip-external', flags: '1999' })];
}
