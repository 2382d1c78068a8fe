import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvLine } from '../../../src/history/serve/csv.ts';

describe('exported calls', () => {
  test('show a sum as text: a caller whose name is a formula runs nothing', () => {
    expect(csvLine(['=cmd|calc', '@SUM(A1)', '+74951234567', '-1+cmd'])).toBe("'=cmd|calc,'@SUM(A1),+74951234567,'-1+cmd\r\n");
  });

  test('come back as they were, quotes, commas and line ends with them', () => {
    const cells = fc.array(
      fc.string().filter((text) => !/^[=@\t\r+-]/.test(text)),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(cells, (row) => {
        expect(readLine(csvLine(row))).toEqual(row);
      }),
    );
  });
});

/** One line of RFC 4180. */
function readLine(line: string): string[] {
  const cells: string[] = [];
  let at = 0;
  do {
    if (line[at] === '"') {
      const found = /"((?:[^"]|"")*)"/y;
      found.lastIndex = at;
      const cell = found.exec(line)?.[1] ?? '';
      cells.push(cell.replaceAll('""', '"'));
      at = found.lastIndex;
    } else {
      const end = /[^,\r\n]*/y;
      end.lastIndex = at;
      cells.push(end.exec(line)?.[0] ?? '');
      at = end.lastIndex;
    }
  } while (line[at++] === ',');
  return cells;
}
