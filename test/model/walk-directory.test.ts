import { describe, expect, test } from 'vitest';
import { foundBy, keysOf, namesIn } from '../../src/model/directory.ts';
import type { Model } from '../../src/model/kinds.ts';
import { fromOutside } from '../../src/model/walk/situation.ts';
import { walk } from '../../src/model/walk.ts';
import { aModel, houseOf, stateWith } from './a-model.ts';
import { told } from './told.ts';

const entries = [
  { name: 'Ann Young', number: '101' },
  { name: 'Zoe Young', number: '102' },
  { name: 'Bob', number: '8999' },
  { name: 'Иван', number: '103' },
  { name: 'No number', number: 'x' },
];
const house = (o: object = {}): Model =>
  aModel({
    ...houseOf({ '101': stateWith({}), '102': stateWith({}) }),
    directory: { '1': { name: 'People', entries, next: { to: 'end', how: 'busy' }, ...o } },
  });
const calls = (model: Model, ...keys: string[]): string[] =>
  told(walk(model, { to: 'directory', id: '1' }, fromOutside('7916', 'Eve', { keys })));
const QUESTION = 'asks dir-welcome dir-pls-enter digits/3 dir-firstlast dir-usingkeypad';

describe('a directory', () => {
  test('finds by the keys that have the letters', () => {
    expect(['Young', 'bob', '4th', 'Иван', 'Al', 'Bo Li', 'Özil', "O'Neil"].map((name) => keysOf(name))).toEqual([
      '968',
      '262',
      '484',
      null,
      null,
      '265',
      '945',
      null,
    ]);
    const model = house();
    const held = model.directory['1'];
    const names = (digits: string, matches: 'first' | 'last' | 'both'): string[] =>
      held === undefined ? [] : foundBy(namesIn(model, held), matches, digits).map((e) => e.name);
    expect(names('968', 'last')).toEqual(['Ann Young', 'Zoe Young']);
    expect(names('968', 'first')).toEqual([]);
    expect(names('963', 'both')).toEqual(['Zoe Young']);
    expect(names('262', 'last')).toEqual(['Bob']);
    expect(names('96', 'both')).toEqual(['Ann Young', 'Zoe Young']);
  });

  test('spells the signs of a name too', () => {
    const signs = house({ entries: [{ name: "Bob-A. @ 5' ж", number: '101' }] });
    expect(calls(signs, '262', '1')[1]).toContain(
      'letters/b letters/o letters/b letters/dash letters/a letters/dot letters/space letters/at letters/space digits/5 letters/ascii39 letters/space dir-instr',
    );
  });

  test('of the mailboxes has those of the context default that do not hide, and follows their owners', () => {
    const boxes = {
      '101@default': { name: 'Young, Ann' },
      '102@default': { name: 'Young Zoe', options: { hidefromdir: 'yes' } },
      '103@other': { name: 'Young Bea' },
      '999@default': { name: 'Nobody' },
    };
    const all = aModel({ ...houseOf({ '101': stateWith({}) }), mailbox: boxes, directory: { '1': { ofMailboxes: 'yes' } } });
    expect(calls(all, '968', '1').slice(1)).toEqual([
      'asks letters/y letters/o letters/u letters/n letters/g letters/space letters/space letters/a letters/n letters/n dir-instr: 1',
      'rings 101 for ever: endless',
    ]);
    expect(calls(all, '662', '1').filter((line) => line.startsWith('rings'))).toEqual([]);
  });

  test('offers one after the other, and puts through who takes one', () => {
    const steps = calls(house(), '968', '*', '1');
    expect(steps[0]).toBe(`${QUESTION}: 968`);
    expect(steps[1]).toContain('letters/a letters/n letters/n letters/space');
    expect(steps[2]).toContain('letters/z letters/o letters/e');
    expect(steps.at(-1)).toBe('rings 102 for ever: endless');
    expect(calls(house({ saysNumber: 'yes' }), '968', '1')).toContain('plays pls-hold-while-try to-extension digits/1 digits/0 digits/1');
  });

  test('asks again who finds nobody, and lets go who keys nothing or 0', () => {
    expect(calls(house(), '111').slice(0, 3)).toEqual([`${QUESTION}: 111`, 'plays dir-nomatch', `${QUESTION}: nothing in 5 s`]);
    expect(calls(house()).at(-1)).toBe('busy 17');
    expect(calls(house(), '0')).toEqual([`${QUESTION}: 0`, 'busy 17']);
    expect(calls(house(), '#').slice(0, 2)).toEqual([`${QUESTION}: #, waits`, 'plays dir-nomatch']);
    expect(calls(house(), '##').slice(0, 2)).toEqual([`${QUESTION}: ##`, 'plays dir-nomatch']);
    expect(calls(house(), '26#').slice(0, 2)[0]).toBe(`${QUESTION}: 26#`);
  });
});
