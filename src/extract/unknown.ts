import { parseConf } from '../asterisk/conf.ts';
import type { Box } from '../box/box.ts';
import { finding } from '../finding.ts';
import { handMadeFiles } from './custom-file.ts';
import { type Account, handMadeContexts } from './ledger.ts';
import type { Reader } from './reader.ts';
import { FILE_SPACE, type TrackedSource } from './source.ts';
import { LIVE_MEANS, TABLE_MEANS } from './unknown-means.ts';

/** What nobody read, each with what callers lose by it. */
export function tellUnknown(box: Box, source: TrackedSource, account: Account, readers: readonly Reader[]): void {
  const isRead = (table: string) => readers.some((r) => r.tables.some((t) => (typeof t === 'string' ? t === table : t.test(table))));
  for (const name of box.tables.keys()) {
    const left = source.rows(name).filter((row) => account.fateOf(row) === 'unknown').length;
    if (left === 0 || isRead(name)) continue;
    const means = TABLE_MEANS.find(([pattern]) => pattern.test(name))?.[1] ?? 'Nobody knows what it holds.';
    account.finding(finding('TABLE_UNKNOWN', { where: name, means: `${left} ${left === 1 ? 'row' : 'rows'} not carried. ${means}` }));
  }
  tellFamilies(source, account, box);
  for (const { file, contexts } of handMadeContexts(source)) {
    for (const context of contexts) {
      if (account.fateOf({ space: 'context', name: file, key: context }) !== 'unknown') continue;
      account.finding(
        finding('CONTEXT_NOT_CARRIED', {
          where: `${file} [${context}]`,
          means: `Calls that enter context '${context}' find nothing on the new box.`,
        }),
      );
    }
  }
  tellFiles(box, source, account);
}

function tellFamilies(source: TrackedSource, account: Account, box: Box): void {
  for (const family of new Set((box.astdb ?? []).map((k) => k.family))) {
    const left = source.astdb(family).filter((entry) => account.fateOf(entry) === 'unknown');
    if (left.length === 0) continue;
    const parts = new Set(
      left.map((entry) => (family === 'AMPUSER' || family === 'DEVICE' ? `${family}/*/${entry.key.split('/')[1] ?? ''}` : family)),
    );
    for (const part of [...parts].sort()) {
      const means = LIVE_MEANS.find(([pattern]) => pattern.test(part))?.[1] ?? 'Hand-made dialplan or a script may read it.';
      const count = left.filter((entry) => part === family || entry.key.split('/')[1] === part.split('/')[2]).length;
      account.finding(
        finding('ASTDB_NOT_CARRIED', { where: part, means: `${count} ${count === 1 ? 'key' : 'keys'} not carried. ${means}` }),
      );
    }
  }
}

/** A file that is written by hand and holds more than comments. */
function tellFiles(box: Box, source: TrackedSource, account: Account): void {
  const custom = new Set(handMadeFiles(source));
  for (const [path, file] of box.etc ?? []) {
    const what = { space: 'file' as const, name: FILE_SPACE, key: path };
    if (file.text !== null && file.remark !== null)
      account.finding(finding('ENCODING_GUESSED', { where: path, means: `The file is no UTF-8 and was ${file.remark}.` }));
    if (account.fateOf(what) !== 'unknown' || custom.has(path)) continue;
    account.finding(
      finding('FILE_NOT_READ', {
        where: path,
        means:
          file.text === null
            ? `The file was not read: ${file.remark}.`
            : `The file holds settings that are not carried: ${settingsIn(path, file.text)}.`,
      }),
    );
  }
}

/** What a file sets, by names and lines and never by values: 'line 3 parkext; [door] line 7 type, line 8 host'. */
function settingsIn(path: string, text: string): string {
  const told = parseConf(text, path).sections.flatMap(({ name, entries }) => {
    const lines = entries.slice(0, MOST_TOLD).map((e) => `line ${e.line} ${e.name.slice(0, 40)}`);
    if (entries.length > MOST_TOLD) lines.push(`${entries.length - MOST_TOLD} more`);
    return lines.length === 0 ? [] : [`${name === '' ? '' : `[${name}] `}${lines.join(', ')}`];
  });
  return told.length === 0 ? 'no section that Asterisk reads' : told.slice(0, MOST_TOLD).join('; ');
}
const MOST_TOLD = 12;

function named(keys: readonly string[]): string {
  return keys.length > 5 ? `${keys.slice(0, 5).join(', ')} and ${keys.length - 5} more` : keys.join(', ');
}

/** Columns of rows that were carried which hold more than their default, and which no reader asked for. */
export function tellUnreadColumns(box: Box, source: TrackedSource, account: Account, readers: readonly Reader[]): void {
  for (const [name, table] of box.tables) {
    const dead = new Set(readers.flatMap((r) => r.dead?.[name] ?? []));
    const rows = source.rows(name);
    table.columns.forEach((column, place) => {
      if (source.asked(name).has(column.name) || dead.has(column.name)) return;
      const telling = rows.filter((row, i) => {
        const held = table.rows[i]?.[place] ?? null;
        return account.isKept(row) && held !== null && held !== '' && held !== column.defaultValue;
      });
      if (telling.length === 0) return;
      account.finding(
        finding('COLUMN_UNREAD', {
          where: `${name}.${column.name}`,
          means: `The column holds something in ${telling.length} of ${rows.length} rows (${named(telling.map((row) => row.key))}) and no reader asks for it: what it does is not carried.`,
        }),
      );
    });
  }
}
