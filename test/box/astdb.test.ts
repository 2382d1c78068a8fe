import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAstDbText, readAstDbSqlite, withoutOldQuotes } from '../../src/box/astdb.ts';
import { clinic } from '../extract/clinic.ts';

/** printf pads bytes, not letters. */
const padded = (text: string, width: number) => text + ' '.repeat(Math.max(0, width - Buffer.byteLength(text)));
const line = (path: string, value: string) => `${padded(path, 50)}: ${padded(value, 25)}`;

describe('AstDB', () => {
  it('says the same as text and as SQLite on the clinic', async () => {
    const text = parseAstDbText(await readFile(join(clinic(), 'astdb.txt')));
    const sqlite = await readAstDbSqlite(await readFile(join(clinic(), 'astdb.sqlite3')), 'astdb.sqlite3');
    expect(text).toHaveLength(916);
    expect(text).toEqual(sqlite);
  });

  it('reads keys with colons, values with colons and keys longer than the column', () => {
    const long = `/AMPUSER/101/followme/${'x'.repeat(40)}`;
    const text = [
      line('/dundi/cache/00:50:ff', 'a: b'),
      line('/SIP/Registry/101', '10.0.0.1:5060:120:101:sip:101@10.0.0.1:5060'),
      `${long}: value`,
      '3 results found.',
    ].join('\n');
    expect(parseAstDbText(Buffer.from(text))).toEqual([
      { family: 'AMPUSER', key: `101/followme/${'x'.repeat(40)}`, value: 'value' },
      { family: 'SIP', key: 'Registry/101', value: '10.0.0.1:5060:120:101:sip:101@10.0.0.1:5060' },
      { family: 'dundi', key: 'cache/00:50:ff', value: 'a: b' },
    ]);
  });

  it('keeps the quotes of a caller id and takes off those that old put calls wrote', () => {
    expect(withoutOldQuotes('"Главврач" <74951234506>')).toBe('"Главврач" <74951234506>');
    expect(withoutOldQuotes('"Name"')).toBe('Name');
    expect(withoutOldQuotes('"A" "B"')).toBe('"A" "B"');
    expect(withoutOldQuotes('"')).toBe('"');
  });

  it('does not take the last byte of a letter for padding', () => {
    // R is D0 A0 in UTF-8, and A0 is a space in latin1
    expect(parseAstDbText(Buffer.from(line('/AMPUSER/113/cidname', 'ЛОР')))[0]?.value).toBe('ЛОР');
  });

  it('refuses a file that is no AstDB', async () => {
    await expect(readAstDbSqlite(Buffer.from('SQLite format 3\0 and no more'), 'x')).rejects.toMatchObject({ code: 'E_ASTDB' });
  });
});
