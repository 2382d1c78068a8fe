import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConf } from '../../src/asterisk/conf.ts';
import { escapeConf, escapeSection } from '../../src/asterisk/escape.ts';

const values = (text: string): Record<string, string> =>
  Object.fromEntries(parseConf(text, 't.conf').sections.flatMap((s) => s.entries.map((e) => [e.name, e.value])));

describe('a .conf file as Asterisk reads it', () => {
  it('comments end a value unless the semicolon is escaped, and quotes stay', () => {
    expect(values('[a]\nx=1 ; note\ny = p\\;q\\\\;r ;end\nz => "Ann; Lee"\n')).toEqual({ x: '1', y: 'p;q\\;r', z: '"Ann' });
  });

  it('block comments go over lines and nest, and a row of dashes is no block', () => {
    expect(values('[a]\nx=1\n;-- out\ny=2\n;-- in --;\nz=3\n--;\nw=4\n;---- line\nv=5 ;-- short --; tail\nu=6')).toEqual({
      x: '1',
      w: '4',
      v: '5  tail',
      u: '6',
    });
  });

  it('a block that is never closed swallows the rest, and says where it began', () => {
    const conf = parseConf('[a]\nname=Ann ;-- Lee\nx=1\n', 't');
    expect(conf.sections[0]?.entries.map((e) => e.name)).toEqual(['name']);
    expect(conf.problems).toMatchObject([{ line: 2 }]);
  });

  it('a --; that closes nothing hides what follows', () => {
    const conf = parseConf('[a]\nx=b--;c\ny=1\n;--\nz=1\n', 't');
    expect(conf.sections[0]?.entries.map((e) => [e.name, e.value])).toEqual([
      ['x', 'b--;c'],
      ['z', '1'],
    ]);
    expect(conf.problems).toHaveLength(1);
  });

  it('sections are templates, inherit and append', () => {
    const { sections, problems } = parseConf('[base](!)\na=1\n[x](base,other)\n[x](+)\nb=2\n[ y ] ; c\n[z] (no)\n', 't');
    expect(sections.map(({ name, template, inherits, append, line }) => ({ name, template, inherits, append, line }))).toEqual([
      { name: 'base', template: true, inherits: [], append: false, line: 1 },
      { name: 'x', template: false, inherits: ['base', 'other'], append: false, line: 3 },
      { name: 'x', template: false, inherits: [], append: true, line: 4 },
      { name: ' y ', template: false, inherits: [], append: false, line: 6 },
      { name: 'z', template: false, inherits: [], append: false, line: 7 },
    ]);
    expect(problems).toEqual([{ line: 7, what: expect.stringContaining('(no)'), refused: false }]);
  });

  it('includes are named with the section they begin in; #exec is reported and never run', () => {
    const conf = parseConf(
      '#include "a.conf"\n[x]\n#tryinclude <b/*.conf>\n#include c.conf ; why\n#exec /bin/rm x\n# note\n#include\n',
      't',
    );
    expect(conf.includes).toEqual([
      { path: 'a.conf', line: 1, section: null, try: false },
      { path: 'b/*.conf', line: 3, section: 'x', try: true },
      { path: 'c.conf', line: 4, section: 'x', try: false },
    ]);
    expect(conf.problems.map((p) => p.line)).toEqual([5, 6, 7]);
  });

  it('CRLF, a BOM and Latin-1 text are fine, and a no-break space is no white space', () => {
    expect(values('\ufeff[a]\r\nx = caf\u00e9\u00a0\r\n')).toEqual({ x: 'caf\u00e9\u00a0' });
    expect(values('\u00ef\u00bb\u00bf[a]\nx=1')).toEqual({ x: '1' });
  });

  it('+= goes on with the last entry of that name', () => {
    expect(parseConf('[a]\nx=1\ny+=5\nx += 2\n', 't').sections[0]?.entries.map((e) => [e.name, e.value, e.line])).toEqual([
      ['x', '1 2', 2],
      ['y', '5', 3],
    ]);
  });

  it('a backslash in front takes the meaning off the first character, and before a letter outside ASCII refuses the file', () => {
    expect(values('[a]\n\\[x] = 1\n\\=y = 2\n')).toEqual({ '[x]': '1', '=y': '2' });
    expect(parseConf('[a]\n\\\u0451=1\n', 't').problems).toMatchObject([{ line: 2, refused: true }]);
  });

  it('lines before any section stand in one without a name', () => {
    expect(parseConf('bindport=5060\n[a]\n', 't').sections.map((s) => [s.name, s.entries.length])).toEqual([
      ['', 1],
      ['a', 0],
    ]);
  });

  it('what makes Asterisk refuse the file is told apart from what it skips', () => {
    const { problems } = parseConf('[a\n[b](c\n[d]\ntext\n=1\n', 't');
    expect(problems.map((p) => [p.line, p.refused])).toEqual([
      [1, true],
      [2, true],
      [4, false],
      [5, false],
    ]);
    expect(parseConf(`[a]\nx=${'y'.repeat(8190)}\nz=1`, 't').problems).toMatchObject([{ line: 2 }]);
  });

  it('whatever escapeConf and escapeSection let through is read back', () => {
    const text = fc.string({
      unit: fc.constantFrom(';', '-', '\\', '=', '>', '[', ']', '(', ')', '#', '"', ' ', 'a', '\u0451', '\t', '$', '{'),
      maxLength: 30,
    });
    fc.assert(
      fc.property(text, text, (value, name) => {
        fc.pre(value === value.replace(/^[\s]+|[\s]+$/g, '') && name !== '' && !name.includes(']'));
        const { sections, problems } = parseConf(`[${escapeSection(name)}]\nk = ${escapeConf(value)} ; comment\nl = 1\n`, 't');
        expect(sections).toMatchObject([{ name, entries: [{ value }, { value: '1' }] }]);
        expect(problems).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});
