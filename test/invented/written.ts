import type { Invented } from './invented-box.ts';

/** A dump of tables, every column a text. */
export function sqlText(tables: Invented['tables']): string {
  return Object.entries(tables)
    .map(([name, rows]) => {
      const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
      const made = columns.map((c) => `  \`${c}\` varchar(255) default NULL`).join(',\n');
      const lines = rows.map((row) => `(${columns.map((c) => quoted(row[c] ?? null)).join(',')})`);
      const table = `CREATE TABLE \`${name}\` (\n${columns.length === 0 ? '  `id` int' : made}\n) ENGINE=MyISAM DEFAULT CHARSET=utf8;\n`;
      return lines.length === 0 ? table : `${table}INSERT INTO \`${name}\` VALUES\n${lines.join(',\n')};\n`;
    })
    .join('\n');
}

function quoted(value: string | null): string {
  return value === null ? 'NULL' : `'${value.replace(/\\/g, '\\\\').replace(/'/g, "\\'").replace(/\n/g, '\\n')}'`;
}

/** As `database show` prints it. */
export function astdbText(astdb: Invented['astdb']): string {
  return Object.entries(astdb)
    .map(([key, value]) => `${`/${key}`.padEnd(50)}: ${value}\n`)
    .join('');
}
