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

  it('come in the order of all columns where there is no key', () => {
    const read = decodeRows([column('a'), column('b')], [], [raw('x', '2'), raw('x', null), raw('a', '1')]);
    expect(read.rows).toEqual([
      ['a', '1'],
      ['x', null],
      ['x', '2'],
    ]);
  });

  it('tell which cell was no plain UTF-8', () => {
    const read = decodeRows([column('id'), column('name')], ['id'], [[Buffer.from('2'), Buffer.from('é', 'latin1')], raw('1', 'plain')]);
    expect(read.guesses).toMatchObject([{ row: 1, column: 'name', charset: 'windows-1252', certain: false }]);
  });
});
