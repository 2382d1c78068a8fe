import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { covers } from '../../src/extract/pattern-cover.ts';
import { example, matches } from '../../src/model/dial-pattern.ts';

const pattern = fc
  .tuple(
    fc.array(fc.constantFrom('X', 'N', 'Z', '9', '1', '[2-7]', '[135]'), { minLength: 1, maxLength: 5 }),
    fc.constantFrom('', '.', '!'),
  )
  .map(([places, rest]) => places.join('') + rest);

describe('one pattern over another', () => {
  it.each([
    ['9.', '9112', true],
    ['9.', '9', false],
    ['9!', '9', true],
    ['9.', '9X.', true],
    ['9X.', '9.', false],
    ['NXXXXXX', '[2-7]XXXXXX', true],
    ['[2-7]XXXXXX', 'NXXXXXX', false],
    ['X.', '+7', false],
    ['8XXX', '8XX', false],
    ['_', '_', true],
  ])('%s takes all of %s: %s', (outer, inner, all) => {
    expect(covers(outer, inner)).toBe(all);
  });

  it('takes every number that the other one takes, wherever it says so', () => {
    fc.assert(
      fc.property(pattern, pattern, (outer, inner) => {
        if (!covers(outer, inner)) return;
        const number = example(inner);
        if (number !== null) expect(matches(outer, number)).toBe(true);
        expect(example(inner, (n) => matches(outer, n)) ?? 'none').toBe('none');
      }),
      { numRuns: 60 },
    );
  });
});
