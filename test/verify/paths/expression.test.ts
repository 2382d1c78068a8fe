import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../src/verify/paths/expression.ts';
import { NotJudged } from '../../../src/verify/paths/not-judged.ts';

describe('an expression of the dialplan', () => {
  test.each([
    ['"101" = "101"', '1'],
    ['"" = ""', '1'],
    ['"101" != ""', '1'],
    ['02 + 1', '3'],
    ['5 < 10', '1'],
    ['"5" < "10"', '0'],
    ['1 & 0 | 1', '1'],
    ['("a" = "b" | "c" = "c") & "d" != ""', '1'],
    ['!0', '1'],
    ['"x0012" = "x12"', '0'],
    ['10 >= 10', '1'],
    ['1 ? yes :: no', 'yes'],
    ['"q-400" =~ "^q-(.*)"', '400'],
    ['', '0'],
  ])('%s is %s', (text, value) => {
    expect(evaluate(text)).toBe(value);
  });

  test.each(['1 +', '1 2', '(1', '"a', '1 ? 2'])('%s is none, and is not guessed at', (text) => {
    expect(() => evaluate(text)).toThrow(NotJudged);
  });

  test('calculates as numbers do', () => {
    const number = fc.integer({ min: 0, max: 1e6 });
    fc.assert(
      fc.property(number, number, (a, b) => {
        expect(evaluate(`${a} + ${b}`)).toBe(String(a + b));
        expect(evaluate(`${a} < ${b}`)).toBe(a < b ? '1' : '0');
      }),
    );
  });

  test('takes a text in quotes for itself, whatever it holds but quotes', () => {
    const text = fc.string().map((t) => t.replaceAll('"', ''));
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(evaluate(`"${a}" = "${b}"`)).toBe(a === b ? '1' : '0');
      }),
    );
  });
});
