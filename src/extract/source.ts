import type { AstDbKey } from '../box/astdb.ts';
import type { Box } from '../box/box.ts';
import type { Table } from '../box/tables.ts';
import { type DestinationReader, destinationReader } from './destination.ts';
import type { AstDbEntry, BoxFile, Notes, Row, Source } from './reader.ts';
import { rowKeys } from './row-key.ts';

/** The box as readers see it, and what they asked for. */
export interface TrackedSource extends Source {
  /** Columns of a table that were asked for. */
  asked(table: string): ReadonlySet<string>;
  /** Where a reader asked for a number, and the box holds something else. */
  readonly noNumbers: readonly NoNumber[];
}

export interface NoNumber {
  readonly row: Row;
  readonly column: string;
  readonly text: string;
}

export function openSource(box: Box, notes: Notes, carried: ReadonlySet<string>): TrackedSource {
  const tables = new Map<string, { rows: Row[]; asked: Set<string> }>();
  const noNumbers: NoNumber[] = [];
  const held = (name: string) => {
    const known = tables.get(name);
    if (known !== undefined) return known;
    const table = box.tables.get(name);
    const asked = new Set<string>();
    const opened = { rows: table === undefined ? [] : trackedRows(table, asked, noNumbers), asked };
    tables.set(name, opened);
    return opened;
  };
  const families = astdbFamilies(box.astdb ?? []);
  const off = disabledModules(box);
  let destinations: DestinationReader | null = null;
  const source: TrackedSource = {
    rows: (name) => held(name).rows,
    hasTable: (name) => box.tables.has(name),
    tableNames: [...box.tables.keys()],
    asked: (name) => held(name).asked,
    noNumbers,
    astdb: (family) => families.get(family)?.entries ?? [],
    astdbEntry: (family, key) => families.get(family)?.byKey.get(key) ?? families.get(family)?.byKey.get(key.toLowerCase()) ?? null,
    hasAstDb: box.astdb !== null,
    file: (path) => boxFile(box, path),
    filePaths: box.etc === null ? null : [...box.etc.keys()],
    music: { files: [...box.music.files.keys()], links: box.music.links },
    soundFormats: (file) => soundFormats(box, file),
    script: (name) => box.scripts.get(name) ?? null,
    moduleOff: (module) => off.has(module),
    facts: box.facts,
    timeZone: box.timeZone,
    destination: (text, row, about) => {
      destinations ??= destinationReader(box, source, notes, carried);
      return destinations(text, row, about);
    },
  };
  return source;
}

function trackedRows(table: Table, asked: Set<string>, noNumbers: NoNumber[]): Row[] {
  const places = new Map(table.columns.map((column, i) => [column.name, i]));
  const keys = rowKeys(table);
  return table.rows.map((cells, i) => {
    const text = (column: string) => {
      asked.add(column);
      const place = places.get(column);
      return place === undefined ? '' : (cells[place] ?? '');
    };
    const row: Row = {
      space: 'table',
      name: table.name,
      table: table.name,
      key: keys[i] ?? '',
      has: (column) => places.has(column),
      text,
      int: (column) => {
        const held = text(column);
        const number = wholeNumber(held);
        if (number === null && held.trim() !== '') noNumbers.push({ row, column, text: held.trim() });
        return number;
      },
      flag: (column) => isOn(text(column)),
    };
    return row;
  });
}

/** null where the text is empty or no whole number. */
export function wholeNumber(text: string): number | null {
  return /^\s*-?\d{1,15}\s*$/.test(text) ? Number(text) : null;
}

/** null where it is none above 0. */
export function positive(n: number | null): number | null {
  return n !== null && n > 0 ? n : null;
}

/** The ways in which Elastix and Asterisk write yes. */
export function isOn(text: string): boolean {
  return /^\s*(?:1|y|yes|on|true|t|checked|enabled)\s*$/i.test(text);
}

function astdbFamilies(keys: readonly AstDbKey[]): Map<string, { entries: AstDbEntry[]; byKey: Map<string, AstDbEntry> }> {
  const families = new Map<string, { entries: AstDbEntry[]; byKey: Map<string, AstDbEntry> }>();
  for (const { family, key, value } of keys) {
    const into = families.get(family) ?? { entries: [] as AstDbEntry[], byKey: new Map<string, AstDbEntry>() };
    const entry: AstDbEntry = { space: 'astdb', name: family, key, value };
    families.set(family, into);
    into.entries.push(entry);
    into.byKey.set(key, entry);
  }
  for (const { entries, byKey } of families.values()) {
    for (const entry of entries) if (!byKey.has(entry.key.toLowerCase())) byKey.set(entry.key.toLowerCase(), entry);
  }
  return families;
}

function boxFile(box: Box, path: string): BoxFile | null {
  const file = box.etc?.get(path);
  return file == null || file.text === null ? null : { space: 'file', name: FILE_SPACE, key: path, path, text: file.text };
}

/** What plays: a recording may have sources and notes beside it. */
const SOUND_FORMATS = ['wav', 'WAV', 'gsm', 'ulaw', 'alaw', 'g722', 'sln', 'sln16', 'g729', 'mp3'];

function soundFormats(box: Box, file: string): string[] {
  return SOUND_FORMATS.filter((format) => box.sounds.has(`${file}.${format}`));
}

/** Name under which files of /etc/asterisk stand in the ledger. */
export const FILE_SPACE = 'etc/asterisk';

function disabledModules(box: Box): Set<string> {
  const table = box.tables.get('modules');
  const at = (name: string) => table?.columns.findIndex((c) => c.name === name) ?? -1;
  const [name, enabled] = [at('modulename'), at('enabled')];
  const rows = name < 0 || enabled < 0 ? [] : (table?.rows ?? []);
  return new Set(rows.filter((cells) => cells[enabled] === '0').map((cells) => cells[name] ?? ''));
}
