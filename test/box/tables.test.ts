import { describe, expect, it } from 'vitest';
import { decodeRows } from '../../src/box/tables.ts';

const column = (name: string) => ({ name, defaultValue: null });
const raw = (...cells: (string | null)[]) => cells.map((cell) => (cell === null ? null : Buffer.from(cell)));

describe('rows of a table', () => {
  it('come in the order of their key, numbers as numbers, however the server sent them', () => {
    const rows = [raw('10', 'b'), raw('9', 'a'), raw('100', 'c')];
    const read = decodeRows([column('id'), column('name')], ['id'], rows);
    expect(read.rows.map((r) => r[0])).toEqual(['9', '10', '100']);
    expect(decodeRows([column('id'), column('name')], ['id'], [...rows].reverse())).toEqual(read);
  });

  it('come as they lie in the table where there is no key: of two extensions with one number the old PBX took the first', () => {
    const read = decodeRows([column('extension'), column('name')], [], [raw('x', '2'), raw('x', null), raw('a', '1')]);
    expect(read.rows).toEqual([
      ['x', '2'],
      ['x', null],
      ['a', '1'],
    ]);
  });

  it('tell which cell was no plain UTF-8', () => {
    const read = decodeRows([column('id'), column('name')], ['id'], [[Buffer.from('2'), Buffer.from('é', 'latin1')], raw('1', 'plain')]);
    expect(read.guesses).toMatchObject([{ row: 1, column: 'name', charset: 'windows-1252', certain: false }]);
  });
});
