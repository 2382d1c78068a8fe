import { entriesOf, readConfTree } from './conf-tree.ts';
import type { Row, Source } from './reader.ts';

/** dahdichandids since 2.11, zapchandids before. A box that was upgraded may hold both: the newer counts. */
export const LINE_TABLES: readonly string[] = ['dahdichandids', 'zapchandids'];

/** A telephone card as a trunk. */
export function isCard(technology: string): boolean {
  return /^(?:dahdi|zap)$/i.test(technology.trim());
}

/** The rows that count, one a channel. */
export function lineRows(source: Source): Row[] {
  const channels = new Set<string>();
  return LINE_TABLES.flatMap((table) => source.rows(table)).filter((row) => {
    const channel = row.text('channel').trim();
    const isFirst = !channels.has(channel);
    channels.add(channel);
    return isFirst;
  });
}

/**
 * The analog lines of each trunk, by its id: all where only one trunk is a telephone card, else those of its channel or of its group in chan_dahdi.conf. A line that no
 * trunk uses is of none.
 */
export function linesByTrunk(source: Source): ReadonlyMap<string, readonly Row[]> {
  const trunks = source.rows('trunks').filter((row) => isCard(row.text('tech')));
  const groups = trunks.length > 1 ? groupsOfChannels(source) : new Map<string, readonly string[]>();
  const found = new Map<string, Row[]>();
  for (const row of lineRows(source)) {
    const channel = row.text('channel').trim();
    const [first] = trunks.length === 1 ? trunks : trunks.filter((t) => uses(t.text('channelid').trim(), channel, groups));
    if (first === undefined) continue;
    const id = first.text('trunkid');
    found.set(id, [...(found.get(id) ?? []), row]);
  }
  return found;
}

/** 'g0' to 'R0' is a group, from its first channel or its last or in turn; '3' a channel. */
function uses(channelId: string, channel: string, groups: ReadonlyMap<string, readonly string[]>): boolean {
  const group = /^[gr](\d+)$/i.exec(channelId)?.[1];
  return group === undefined ? channelId === channel : (groups.get(channel) ?? []).includes(group);
}

/** Groups of each channel: what stands above `channel =>` is said of it (chan_dahdi.conf, zapata.conf). */
function groupsOfChannels(source: Source): Map<string, readonly string[]> {
  const groups = new Map<string, readonly string[]>();
  for (const path of ['zapata.conf', 'chan_dahdi.conf']) {
    let held: readonly string[] = [];
    for (const { name, value } of entriesOf(readConfTree(source, path), 'channels')) {
      if (name === 'group') held = numbersIn(value);
      if (name === 'channel') for (const channel of numbersIn(value)) groups.set(channel, held);
    }
  }
  return groups;
}

/** A card has some thirty channels, a machine some cards. */
const MOST_CHANNELS = 1000;

/** '1-4,7' */
function numbersIn(text: string): string[] {
  return text.split(',').flatMap((part) => {
    const [, from, to] = /^\s*(\d{1,4})(?:\s*-\s*(\d{1,4}))?\s*$/.exec(part) ?? [];
    if (from === undefined) return [];
    const count = Math.min(Number(to ?? from) - Number(from) + 1, MOST_CHANNELS);
    return Array.from({ length: Math.max(0, count) }, (_, i) => String(Number(from) + i));
  });
}
