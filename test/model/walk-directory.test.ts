import { describe, expect, test } from 'vitest';
import { foundBy, keysOf } from '../../src/model/directory.ts';
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
    expect([keysOf('Young'), keysOf('bob'), keysOf('4th'), keysOf('Иван'), keysOf('Al')]).toEqual(['968', '262', '484', null, null]);
    const held = house().directory['1'];
    const names = (digits: string, matches: 'first' | 'last' | 'both'): string[] =>
      held === undefined ? [] : foundBy({ ...held, matches }, digits).map((e) => e.name);
    expect(names('968', 'last')).toEqual(['Ann Young', 'Zoe Young']);
    expect(names('968', 'first')).toEqual([]);
    expect(names('963', 'both')).toEqual(['Zoe Young']);
    expect(names('262', 'last')).toEqual(['Bob']);
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
  });
});
