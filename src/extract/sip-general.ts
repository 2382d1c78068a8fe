import { type ConfTree, entriesOf, readConfTree, type TreeEntry } from './conf-tree.ts';
import { inSequence } from './in-sequence.ts';
import type { Row, Source } from './reader.ts';
import { wholeNumber } from './source.ts';

/** Options of sip.conf's [general], as the box's chan_sip had them in the end. */
export interface SipGeneral {
  /** Last value of each, by name in small letters; lists keep all. */
  readonly options: ReadonlyMap<string, readonly string[]>;
  readonly codecs: readonly string[];
  readonly rows: readonly Row[];
  readonly tree: ConfTree;
  readonly entries: readonly TreeEntry[];
}

const read = new WeakMap<Source, SipGeneral>();

/** What FreePBX writes from tables; and peers, which are no general options. */
const GENERATED = /_additional\.conf$|_registrations(?:_custom)?\.conf$|^sip_custom(?:_post)?\.conf$/;

/**
 * sipsettings (module since 2.8, often absent there), then what sip.conf includes by hand: sip_general_custom.conf and sip_nat.conf
 * come later in the file, and chan_sip takes the last value of an option.
 */
export function sipGeneral(source: Source): SipGeneral {
  const known = read.get(source);
  if (known !== undefined) return known;
  const rows = source.moduleOff('sipsettings') ? [] : source.rows('sipsettings');
  const options = new Map<string, string[]>();
  for (const [name, value] of tableOptions(rows)) options.set(name, [...(LISTS.has(name) ? (options.get(name) ?? []) : []), value]);
  const tree = generalTree(source);
  const entries = entriesOf(tree, 'general').concat(entriesOf(tree, ''));
  let codecs = tableCodecs(rows);
  const handMade = new Set<string>();
  for (const { name: written, value } of entries) {
    const name = written.toLowerCase();
    if (name === 'allow' || name === 'disallow') codecs = afterCodecLine(codecs, name, value);
    else if (LISTS.has(name)) options.set(name, [...(handMade.has(name) ? (options.get(name) ?? []) : []), value]);
    else options.set(name, [value]);
    handMade.add(name);
  }
  const general = { options, codecs, rows, tree, entries };
  read.set(source, general);
  return general;
}

/** Options that may come several times. */
const LISTS = new Set(['localnet']);

/** Without sip.conf (a bare folder of custom files) the two files stand for it. */
function generalTree(source: Source): ConfTree {
  const skips = (path: string) => GENERATED.test(path);
  if (source.file('sip.conf') !== null) return readConfTree(source, 'sip.conf', skips);
  const trees = ['sip_general_custom.conf', 'sip_nat.conf'].map((path) => readConfTree(source, path, skips));
  return { sections: trees.flatMap((t) => t.sections), files: trees.flatMap((t) => t.files), problems: trees.flatMap((t) => t.problems) };
}

/**
 * Rows of sipsettings as options: type 0 and 9 are names and values; localnet_N with netmask_N; externip_val counts only with
 * nat_mode=externip, externhost_val with externhost; sip_custom_key_N with sip_custom_val_N.
 */
function tableOptions(rows: readonly Row[]): [string, string][] {
  const held = new Map(
    rows.filter((r) => r.int('type') !== 1 && r.int('type') !== 2).map((r) => [r.text('keyword').toLowerCase(), r.text('data').trim()]),
  );
  const found: [string, string][] = [];
  for (const [name, value] of held) {
    const numbered = /^(localnet|sip_custom_key)_(\d+)$/.exec(name);
    if (value === '' || /^(?:netmask|sip_custom_val)_\d+$/.test(name)) continue;
    if (numbered?.[1] === 'localnet') found.push(['localnet', `${value}/${held.get(`netmask_${numbered[2]}`) || '255.255.255.255'}`]);
    else if (numbered !== null) found.push([value.toLowerCase(), held.get(`sip_custom_val_${numbered[2]}`) ?? '']);
    else if (name === 'externip_val' || name === 'externhost_val') {
      if (held.get('nat_mode') === name.slice(0, -4)) found.push([name.slice(0, -4), value]);
    } else found.push([name, value]);
  }
  return found;
}

/** Codecs of sipsettings: rows of type 1, data is their order, '' is off. */
function tableCodecs(rows: readonly Row[]): string[] {
  const codecs = rows.filter((r) => r.int('type') === 1 && (wholeNumber(r.text('data')) ?? 0) > 0);
  return inSequence(codecs, 'data').map((r) => r.text('keyword'));
}

/** One allow or disallow line. `allow=!all,alaw` is Asterisk 1.8's way of saying both. */
export function afterCodecLine(codecs: readonly string[], name: 'allow' | 'disallow', value: string): string[] {
  let now = [...codecs];
  for (const part of value
    .split(/[&,]/)
    .map((p) => p.trim().toLowerCase())
    .filter((p) => p !== '')) {
    const codec = part.replace(/^!/, '').split(':')[0] ?? '';
    const off = name === 'disallow' || part.startsWith('!');
    if (codec === 'all') now = off ? [] : now;
    else if (off) now = now.filter((c) => c !== codec);
    else if (!now.includes(codec)) now.push(codec);
  }
  return now;
}
