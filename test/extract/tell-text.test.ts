import { describe, expect, it } from 'vitest';
import { parseAstDbText } from '../../src/box/astdb.ts';
import { textDecoder } from '../../src/box/charset.ts';
import { decodeRows } from '../../src/box/tables.ts';
import { tellText } from '../../src/extract/tell-text.ts';
import type { Finding } from '../../src/finding.ts';
import { boxOf } from './box-of.ts';

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
/** UTF-8 that a latin1 connection encoded once more. */
const twice = (text: string): Buffer => Buffer.from(new TextDecoder('windows-1252').decode(Buffer.from(text)));

/** What is said of one table of the columns extension, name and data. */
function told(rows: (readonly [string, Buffer, Buffer?])[], o: { table?: string; charset?: string; astdb?: string } = {}): Finding[] {
  const name = o.table ?? 'users';
  const columns = ['extension', 'name', 'data'].map((column) => ({ name: column, defaultValue: null }));
  const raw = rows.map(([key, text, data]) => [Buffer.from(key), text, data ?? Buffer.from('')]);
  const table = {
    name,
    columns,
    primaryKey: ['extension'],
    count: rows.length,
    moved: false,
    ...decodeRows(columns, ['extension'], raw, textDecoder(o.charset)),
  };
  const astdb = o.astdb === undefined ? null : parseAstDbText(Buffer.from(o.astdb, 'latin1'));
  return tellText({ ...boxOf({}), astdb, tables: new Map([[name, table]]) }, () => table.rows.map((cells) => cells[0] ?? ''));
}

describe('text of an old box', () => {
  it('that was surely repaired, likely is something else, or is lost, is each told with its rows', () => {
    const findings = told([
      ['101', twice('Анна')],
      ['102', Buffer.from([0xc8, 0xe2, 0xe0, 0xed])],
      ['103', Buffer.from('Èâàí')],
      ['104', latin1('???? ????')],
      ['105', Buffer.from('Пётр')],
    ]);
    expect(findings.map((f) => [f.code, f.where])).toEqual([
      ['ENCODING_GUESSED', 'users 102/name'],
      ['ENCODING_REPAIRED', 'users 101/name'],
      ['ENCODING_PROPOSED', 'users 103/name'],
      ['TEXT_LOST', 'users 104/name'],
    ]);
    expect(findings[0]?.means).toContain('"Èâàí" is "Иван"');
    expect(findings[1]?.means).toContain('is "Анна"');
    expect(findings[2]?.means).toContain('"Èâàí" is "Иван"');
  });

  it('is shown where it names something, and never where it may be a secret', () => {
    const [secret, name] = [twice('пароль'), twice('Анна')];
    const findings = [
      ...told([['101', name, secret]]),
      ...told([['101', secret]], { table: 'sip' }),
      ...told([['101', secret]], { table: 'freepbx_settings' }),
    ];
    const text = JSON.stringify(findings);
    expect(text).toContain('Анна');
    expect(text).not.toContain('пароль');
    expect(text).not.toContain(secret.toString());
    expect(findings.map((f) => f.where)).toContain('sip 101/name');
  });

  it('of a charset that a person named is no guess', () => {
    expect(told([['101', Buffer.from([0xc1, 0xe8, 0xde, 0xed, 0xe1])]], { charset: 'windows-1253' })).toMatchObject([
      { code: 'ENCODING_REPAIRED', means: expect.stringContaining('Αθήνα') as string },
    ]);
  });

  it('in the AstDB is told by its key', () => {
    const findings = told([], {
      astdb: '/AMPUSER/101/cidname                              : \xc8\xe2\xe0\xed\n/AMPUSER/101/password : \xef\xe0\xf0\xee\xeb\xfc',
    });
    expect(findings).toMatchObject([{ code: 'ENCODING_GUESSED', where: 'astdb AMPUSER 101/cidname, 101/password' }]);
    expect(findings[0]?.means).toContain('"Èâàí" is "Иван"');
    expect(findings[0]?.means).not.toContain('пароль');
  });
});
