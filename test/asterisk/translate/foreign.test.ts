import { describe, expect, test } from 'vitest';
import { translateDialplan } from '../../../src/asterisk/translate/translate.ts';
import { BOX } from './translated.ts';

const lines = (file: string, text: string) => text.split('\n').map((t, i) => ({ file, line: i + 1, text: t }));

describe('dialplan in other languages', () => {
  test('contexts of AEL and Lua are told one by one, with what leads to them', () => {
    const { lines: all, problems } = translateDialplan(
      [
        ...lines('extensions_custom.conf', '[a]\nexten => 1,1,Goto(night,s,1)\nexten => 2,1,Dial(Local/5@night)\ninclude => menu'),
        ...lines('extensions.ael', 'context night {\n  s => {\n    Answer();\n  }\n}\nmacro std(ext) {\n}'),
        ...lines('extensions.lua', 'extensions = {\n  ["menu"] = {\n  }\n}'),
      ],
      BOX,
    );
    const told = problems.filter((p) => p.code === 'DIALPLAN_FOREIGN').map((p) => `${p.file}:${p.line} ${p.means}`);
    expect(told).toHaveLength(3);
    expect(told[0]).toMatch(/^extensions.ael:1 .*night.*extensions_custom.conf:2, extensions_custom.conf:3/);
    expect(told[1]).toMatch(/^extensions.ael:6 .*std.*no line/);
    expect(told[2]).toMatch(/^extensions.lua:2 .*menu.*extensions_custom.conf:4/);
    expect(
      all.filter((l) => l.file !== 'extensions_custom.conf').every((l) => l.fate === 'comment' && !/^[^;]/.test(l.written[0] ?? '')),
    ).toBe(true);
  });
});
