import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cursorText, readSearch, type Search, searchQuery, searchStatement } from '../../../src/history/serve/search.ts';

function search(query: Record<string, unknown> = {}): Search {
  const read = readSearch(query);
  if (read === null) throw new Error('the query makes no sense');
  return read;
}

describe('a search of calls', () => {
  test('without a word asks for the newest calls of all', () => {
    expect(searchStatement(search(), 51)).toEqual({
      sql: 'SELECT id, calldate FROM cdr ORDER BY calldate DESC, id DESC LIMIT 51',
      values: [],
    });
  });

  test('by number looks for whoever called or was called, each along its own key', () => {
    const { sql, values } = searchStatement(search({ number: '74951234567' }), 10);
    expect(sql.match(/\w+ = \?/g)).toEqual(['src = ?', 'dst = ?']);
    expect(values).toEqual(['74951234567', '74951234567']);
  });

  test('by extension looks at the telephones on both sides as well', () => {
    expect(searchStatement(search({ extension: '101' }), 10).sql.match(/\w+ = \?/g)).toEqual([
      'src = ?',
      'dst = ?',
      'caller_device = ?',
      'called_device = ?',
    ]);
  });

  test('by a part of a number takes signs of LIKE as they stand: *97 and 50% are numbers', () => {
    const { values } = searchStatement(search({ number: '1%2_3|4', match: 'begins' }), 10);
    expect(values).toEqual(['1|%2|_3||4%', '1|%2|_3||4%']);
  });

  test('whatever is typed stands in no statement, but among its values', () => {
    const word = fc.string({ minLength: 1, maxLength: 40 }).filter((text) => readSearch({ number: text })?.number === text && text !== '');
    const matches = fc.constantFrom('is', 'begins', 'ends', 'holds');
    fc.assert(
      fc.property(word, word, matches, (number, extension, match) => {
        const plain = searchStatement(search({ number: '1', extension: '2', match }), 10);
        const asked = readSearch({ number, extension, match });
        if (asked === null || asked.extension === '') return;
        expect(searchStatement(asked, 10).sql).toBe(plain.sql);
      }),
    );
  });

  test.each([
    { number: ['1', '2'] },
    { number: '1\0' },
    { number: '1'.repeat(81) },
    { from: '2013-02-30' },
    { from: "2013-01-01' OR 1" },
    { disposition: 'ANSWERED OR 1' },
    { older: '20130603100310' },
    { older: '20130603100310.1 OR 1' },
    { match: 'LIKE' },
  ])('that makes no sense is refused: %j', (query) => {
    expect(readSearch(query)).toBeNull();
  });

  test('goes on where its link says, and its links hold what was asked', () => {
    const asked = { number: '101', match: 'ends', from: '2013-06-01', to: '2013-06-30', disposition: 'BUSY', recorded: '1' };
    expect(searchQuery(search(asked))).toEqual(asked);
    const cursor = cursorText({ calldate: '2013-06-03 10:03:10', id: '42' });
    expect(search({ older: cursor }).at).toEqual({ way: 'older', calldate: '2013-06-03 10:03:10', id: '42' });
    expect(search({ newer: cursor }).at?.way).toBe('newer');
  });
});
