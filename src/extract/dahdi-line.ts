import { finding } from '../finding.ts';
import { isCard, LINE_TABLES, lineRows, linesByTrunk } from './analog-line.ts';
import { defineReader, type Source } from './reader.ts';

/** Configuration of telephone cards that people or their tools write. */
const FILES = /^(?!.*_additional\.conf$)(?:chan_dahdi|zapata|dahdi-channels|dahdi_guihook|zapata-auto|unicall|chan_ss7).*\.conf$/;
const NOTHING = 'no extension, trunk or line hangs on a telephone card';
const WHY = 'the new box drives no telephone cards: reported, with the lines and telephones that hang on them';

/** Analog and ISDN hardware is reported: which extensions, trunks and called numbers hang on it. Lines of a trunk are carried with it (trunk.ts). */
export default defineReader({
  kind: null,
  tables: LINE_TABLES,
  astdb: [],
  files: [FILES],
  read: (source, notes) => {
    const counting = lineRows(source);
    const kept = [...linesByTrunk(source).values()].flat();
    for (const row of LINE_TABLES.flatMap((table) => source.rows(table))) {
      if (!counting.includes(row)) notes.dropped(row, 'another row is for the same channel, and counts');
      else if (!kept.includes(row)) notes.dropped(row, WHY);
    }
    const lines = counting.map((row) => `channel ${row.text('channel')} (${row.text('description') || 'no name'}) for ${row.text('did')}`);
    const affected = [...list('extensions', extensions(source)), ...list('trunks', trunks(source)), ...list('lines', lines)];
    for (const path of source.filePaths ?? []) {
      const file = FILES.test(path) ? source.file(path) : null;
      if (file !== null) notes.dropped(file, affected.length > 0 ? WHY : NOTHING);
    }
    if (affected.length > 0) {
      const means = `The old box has telephone cards (DAHDI), and the new one drives none. Without a replacement these are dead: ${affected.join('; ')}.`;
      notes.finding(finding('DAHDI_HARDWARE', { where: 'dahdi', means }));
    }
    return {};
  },
});

function list(what: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`${what} ${items.join(', ')}`];
}

function extensions(source: Source): string[] {
  return source
    .rows('devices')
    .filter((row) => isCard(row.text('tech')))
    .map((row) => row.text('id'));
}

function trunks(source: Source): string[] {
  return source
    .rows('trunks')
    .filter((row) => isCard(row.text('tech')))
    .map((row) => `${row.text('trunkid')} (${row.text('name') || row.text('channelid')})`);
}
