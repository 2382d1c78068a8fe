import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConf } from '../../src/asterisk/conf.ts';
import {
  escapeComment,
  escapeConf,
  escapeDialplan,
  escapeDialplanArgument,
  escapeDialplanValue,
  escapeGosubArgument,
  escapeSection,
} from '../../src/asterisk/escape.ts';

const refused = expect.objectContaining({ code: 'E_UNREPRESENTABLE' });
const refuses = (f: () => string): void => expect(f).toThrow(refused);

describe('text in Asterisk configuration', () => {
  it('a semicolon is escaped and a backslash before it survives', () => {
    expect(escapeConf('p1;02')).toBe('p1\\;02');
    expect(escapeConf('a\\;--b')).toBe('a\\\\;--b');
    expect(escapeConf('>x "y" \\n')).toBe('>x "y" \\n');
  });

  it('what a line cannot hold is refused, and the text is not repeated', () => {
    for (const bad of ['a\nb', 'a\rb', 'a\0b', ' a', 'a\t', '\ud800', 'x'.repeat(8000), ';'.repeat(4000)]) refuses(() => escapeConf(bad));
    for (const bad of ['', 'a]b', 'x'.repeat(80), '\u0451'.repeat(40), 'a\n']) refuses(() => escapeSection(bad));
    expect(() => escapeConf('s3cret ')).not.toThrow(/s3cret/);
  });

  it('variables and expressions in a text stay text', () => {
    expect(escapeDialplanValue('${X} $[1+1] $5 $$')).toBe('$${}{X} $${}[1+1] $5 $$');
    expect(escapeDialplanArgument('${X},$[1]')).toBe('$${}{X}\\,$\\[1\\]');
  });

  it('a value of Set keeps commas, quotes and spaces, an argument escapes them, Gosub cannot', () => {
    expect(escapeDialplanValue(' "a", (b) \\')).toBe(' "a", (b) \\');
    expect(escapeDialplanArgument('"a", (b)\\')).toBe('\\"a\\"\\, \\(b\\)\\\\');
    expect(escapeGosubArgument('O\\Brien "a,b" (c,d)')).toBe('O\\Brien "a,b" (c,d)');
    for (const bad of ['a,b', '"a', '(a', '[a', 'a\\', 'a\\,b']) refuses(() => escapeGosubArgument(bad));
  });

  it('text for any place in the dialplan is refused where the places differ', () => {
    expect(escapeDialplan('Sales; Dept 1 (Moscow)')).toBe('Sales\\; Dept 1 (Moscow)');
    for (const bad of ['a,b', '"a"', 'a\\b', '(a', 'a[']) refuses(() => escapeDialplan(bad));
    refuses(() => escapeDialplanValue('a\r\nb'));
  });

  it('a comment stays on its line and opens no block, whatever it says', () => {
    expect(escapeComment('--x ;-- y\r\nz\0')).toBe(' --x ; -- y z');
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        for (const mark of ['; ', ';']) {
          const { sections, problems } = parseConf(`[a]\nx=1 ${mark}${escapeComment(text)}\n${mark}${escapeComment(text)}\ny=2\n`, 't');
          expect(sections).toMatchObject([{ entries: [{ value: '1' }, { value: '2' }] }]);
          expect(problems).toEqual([]);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
