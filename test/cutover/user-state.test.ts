import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changeScript, changesOf, userState } from '../../src/cutover/move/user-state.ts';

const shown = (rows: Record<string, string>): string =>
  `${Object.entries(rows)
    .map(([key, value]) => `/${key}`.padEnd(50).concat(`: ${value.padEnd(25)}`))
    .join('\n')}\n${Object.keys(rows).length} results found.\n`;

describe('what users switch by telephone', () => {
  test('is read from what Asterisk shows, and nothing else of its database', () => {
    const text = shown({
      'CF/101': '102',
      'AMPUSER/101/followme/ddial': 'DIRECT',
      'AMPUSER/101/cidname': 'Smith',
      'SIP/Registry/101': '192.0.2.7:5060',
    });
    expect(userState(text)).toEqual({ 'CF/101': '102', 'AMPUSER/101/followme/ddial': 'DIRECT' });
  });

  test('goes along where it was set, changed or taken back on the old PBX since the last copy', () => {
    const last = { 'CF/101': '102', 'CF/103': '104', 'DND/105': 'YES' };
    const now = { 'CF/101': '109', 'DND/105': 'YES', 'CF/106': '107' };
    expect(changesOf(now, last, { 'CF/101': '102', 'CF/103': '104', 'DND/105': 'YES' })).toEqual([
      { key: 'CF/101', value: '109' },
      { key: 'CF/103', value: null },
      { key: 'CF/106', value: '107' },
    ]);
  });

  test('of a pilot stays as he set it on the new PBX, where nothing changed on the old one', () => {
    const same = { 'CF/101': '102' };
    expect(changesOf(same, same, { 'CF/101': '777', 'DND/102': 'YES' })).toEqual([]);
  });

  test('is all taken at the first copy: a forward that was taken back since the model was read is none', () => {
    expect(changesOf({ 'CF/102': '9' }, null, { 'CF/101': '102', 'CustomDevstate/DND101': 'BUSY' })).toEqual([
      { key: 'CF/101', value: null },
      { key: 'CF/102', value: '9' },
    ]);
  });

  test('is the same on both sides once the changes are made, whatever it was', () => {
    const states = fc.dictionary(fc.constantFrom('CF/1', 'CF/2', 'DND/1', 'CW/3', 'blacklist/7'), fc.constantFrom('1', 'YES', '22'));
    fc.assert(
      fc.property(states, states, (now, here) => {
        const after: Record<string, string> = { ...here };
        for (const { key, value } of changesOf(now, null, here)) {
          if (value === null) delete after[key];
          else after[key] = value;
        }
        expect(after).toEqual({ ...now });
      }),
    );
  });

  test('reaches Asterisk as a command that no value can break out of', () => {
    expect(changeScript([{ key: 'blacklist/74951234567', value: "it's him" }])).toBe(
      `asterisk -rx 'database put blacklist 74951234567 "it'\\''s him"' > /dev/null`,
    );
    expect(userState(shown({ 'CF/101': '1" ; core stop now' }))).toEqual({});
    expect(changeScript([{ key: 'CustomDevstate/DND101', value: 'BUSY' }])).toContain("'devstate change Custom:DND101 BUSY'");
  });
});
