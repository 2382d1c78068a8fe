import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { example, isPattern, isReadable, matches, moreSpecific, patternLength } from '../../src/model/dial-pattern.ts';

const element = fc.constantFrom(
  'X',
  'Z',
  'N',
  'x',
  'z',
  'n',
  '0',
  '9',
  '+',
  '*',
  '#',
  '-',
  ' ',
  '[13-5]',
  '[2-9*]',
  '[a-c]',
  '[+]',
  '[]',
  '[-9]',
  '[5-]',
);
const pattern = fc
  .tuple(fc.array(element, { minLength: 1, maxLength: 12 }), fc.constantFrom('', '.', '!'))
  .map(([e, end]) => e.join('') + end);

describe('dial patterns', () => {
  it('X, Z and N are 0-9, 1-9 and 2-9, in either case', () => {
    expect(['0', '1', '2', '9', 'X'].map((d) => matches('X', d))).toEqual([true, true, true, true, false]);
    expect(['0', '1', '2'].map((d) => matches('Z', d))).toEqual([false, true, true]);
    expect(['1', '2'].map((d) => matches('n', d))).toEqual([false, true]);
  });

  it('dashes are looks in number and pattern, blanks in the pattern, so that a dash in a set never matches', () => {
    expect(matches('NXX-XXXX', '234-5678')).toBe(true);
    expect(matches('8 495 XXX', '8495123')).toBe(true);
    expect([matches('[-9]1', '91'), matches('[-9]1', '-1'), example('[-]')]).toEqual([true, false, null]);
    expect(matches('[1-3]', '2')).toBe(true);
    expect(matches('[13]', '2')).toBe(false);
  });

  it('a point needs one character more, an exclamation mark none, and what follows them is not looked at', () => {
    expect([matches('9.', '9'), matches('9.', '91'), matches('9!', '9'), matches('9!', '912')]).toEqual([false, true, true, true]);
    expect(matches('*22.#', '*2255')).toBe(true);
  });

  it('a number without wildcards matches itself alone', () => {
    expect([matches('101', '101'), matches('101', '1011'), matches('101', '10')]).toEqual([true, false, false]);
    expect([isPattern('101'), isPattern('*72'), isPattern('10X'), isPattern('9.')]).toEqual([false, false, true, true]);
  });

  it('a broken or upside-down set matches nothing, an empty one is not there', () => {
    expect([matches('[12', '1'), matches('[9-0]', '5'), matches('1[]2', '12')]).toEqual([false, false, true]);
    expect([example('[12'), example('[9-0]')]).toEqual([null, null]);
  });

  it('Asterisk tries numbers first, then by place the smaller set, then the lower one, then . and !', () => {
    const order = ['911', '9[12]1', '9[13]1', '9N1', '9Z1', '9X1', '9XX', '9X.', '9.', '9!', 'N11', 'XXX', '.', '!'];
    expect([...order].reverse().sort(moreSpecific)).toEqual(order);
  });

  it('of two patterns that begin alike the one that ends is tried last', () => {
    expect(moreSpecific('9X', '9XX')).toBeGreaterThan(0);
    expect(moreSpecific('9X', '9X.')).toBeGreaterThan(0);
    expect(moreSpecific('9-X X', '9XX')).toBe(0);
  });

  it('the order is an order: antisymmetric and transitive', () => {
    fc.assert(
      fc.property(pattern, pattern, pattern, (a, b, c) => {
        expect(Math.sign(moreSpecific(a, b))).toBe(-Math.sign(moreSpecific(b, a)) + 0);
        if (moreSpecific(a, b) < 0 && moreSpecific(b, c) < 0) expect(moreSpecific(a, c)).toBeLessThan(0);
      }),
    );
  });

  it('an example matches its pattern and is the same on every run', () => {
    fc.assert(
      fc.property(pattern, (p) => {
        const number = example(p);
        expect(number === null).toBe(elementless(p));
        if (number === null) return;
        expect(matches(p, number)).toBe(true);
        expect(example(p)).toBe(number);
        expect(number.length).toBeGreaterThanOrEqual(patternLength(p));
      }),
      { numRuns: 1000 },
    );
  });

  it('an example keeps clear of what a more specific pattern takes', () => {
    expect(example('NXXXX')).toBe('22345');
    expect(example('9XXX', (n) => matches('923.', n))).toBe('9244');
    expect(example('1[01]', (n) => n === '10')).toBe('11');
    expect(example('101', (n) => n === '101')).toBe(null);
    expect(example('XXXXXXX', () => true)).toBe(null);
    expect(example('.')).toBe('1234567');
  });

  it('the least length counts a set once, a point once and an exclamation mark not', () => {
    expect(['8495XXXXXXX', '[2-9]XX', '9.', '9!', 'NXX-XXXX'].map(patternLength)).toEqual([11, 3, 2, 1, 7]);
  });
});

/** Nothing but looks: there is no number to give. */
function elementless(p: string): boolean {
  return p.replaceAll('[]', '').replace(/[- ]/g, '').replace(/!$/, '') === '' && !p.endsWith('!');
}

describe('a set that Asterisk reads', () => {
  it.each(['NXX', '[2-7]X.', '9[13-5]!', '0123', '+7X.'])('is %s', (pattern) => {
    expect(isReadable(pattern)).toBe(true);
  });
  it.each(['8[1-', '8[1-]X', '8[]X', '8[[1-3]X', '8]X'])('is none of %s', (pattern) => {
    expect(isReadable(pattern)).toBe(false);
  });
});
