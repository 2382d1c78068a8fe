import type { AstDbKey } from '../../src/box/astdb.ts';
import type { Box } from '../../src/box/box.ts';
import type { EtcFile } from '../../src/box/etc-folder.ts';
import type { Table } from '../../src/box/tables.ts';

type Content = Record<string, string | null>;

/** A box in memory: tables as rows, AstDB as paths, files as text. Columns are those of the first row. */
export function boxOf(o: {
  tables?: Record<string, Content[]>;
  astdb?: Record<string, string>;
  etc?: Record<string, string>;
  sounds?: string[];
  scripts?: Record<string, string>;
  music?: string[];
  musicLinks?: string[];
  facts?: Record<string, string>;
}): Box {
  return {
    tables: new Map(Object.entries(o.tables ?? {}).map(([name, rows]) => [name, tableOf(name, rows)])),
    astdb: Object.entries(o.astdb ?? {}).map(
      ([path, value]): AstDbKey => ({ family: path.split('/')[0] ?? '', key: path.split('/').slice(1).join('/'), value }),
    ),
    etc: new Map(
      Object.entries(o.etc ?? {}).map(([path, text]): [string, EtcFile] => [path, { path, text, bytes: text.length, remark: null }]),
    ),
    sounds: new Map((o.sounds ?? []).map((path) => [path, `/sounds/${path}`])),
    scripts: new Map(Object.entries(o.scripts ?? {}).map(([name, text]) => [name, { path: `/agi-bin/${name}`, text }])),
    music: { files: new Map((o.music ?? []).map((path) => [path, `/music/${path}`])), links: o.musicLinks ?? [] },
    facts: new Map(Object.entries(o.facts ?? {})),
    timeZone: 'Europe/Moscow',
    findings: [],
  };
}

function tableOf(name: string, rows: Content[]): Table {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].map((column) => ({ name: column, defaultValue: null }));
  return {
    name,
    columns,
    primaryKey: [],
    rows: rows.map((row) => columns.map((c) => row[c.name] ?? null)),
    count: rows.length,
    moved: false,
    guesses: [],
  };
}
