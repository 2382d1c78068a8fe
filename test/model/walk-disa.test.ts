import { describe, expect, test } from 'vitest';
import type { Model } from '../../src/model/kinds.ts';
import { fromOutside } from '../../src/model/walk/situation.ts';
import type { Step } from '../../src/model/walk/step.ts';
import { parties } from '../../src/model/walk/timeline.ts';
import { walk } from '../../src/model/walk.ts';
import { aModel, houseOf, stateWith } from './a-model.ts';
import { doing, told } from './told.ts';

function house(disa: object, secrets: Record<string, string> = {}): Model {
  const trunk = { '1': { technology: 'sip', name: 'T', peer: 't', host: 't.example' } };
  const route = { '1': { name: 'out', position: '0', patterns: [{ match: '8.' }], trunks: ['1'] } };
  const model = aModel({ ...houseOf({ '101': stateWith({}), '102': stateWith({}) }), trunk, 'outbound-route': route, disa: { '1': disa } });
  return { ...model, secrets };
}
const calls = (model: Model, keys: string[], does = {}): Step[] =>
  walk(model, { to: 'disa', id: '1' }, fromOutside('79161112233', 'Ann', { keys, ...doing(does) }));
const shown = (steps: readonly Step[]): string[] => parties(steps).map((p) => `${p.to.id} ${p.shown.name} <${p.shown.number}>`);
const PINS = { 'disa/1/pin/0': '1234', 'disa/1/pin/1': '77' };

describe('DISA', () => {
  test('asks for a key and a PIN, and dials as from inside under its own number', () => {
    const model = house({ asksPin: 'yes', confirms: 'yes', callerId: '"House" <7495>' }, PINS);
    const steps = calls(model, ['5', '77#', '101']);
    expect(told(steps).slice(0, 5)).toEqual([
      'asks press-1: 5',
      'asks agent-pass: 77#',
      'plays auth-thankyou',
      'asks : 101, waits',
      'rings 101 for 300: no-answer',
    ]);
    expect(shown(steps)).toEqual(['101 House <7495>']);
  });

  test('turns away who presses nothing, and who knows no PIN', () => {
    const model = house({ asksPin: 'yes', confirms: 'yes' }, PINS);
    expect(told(calls(model, []))).toEqual([...Array.from({ length: 5 }, () => 'asks press-1: nothing in 3 s'), 'end 16']);
    expect(told(calls(model, ['1', '1#', '12#', '1234567#'])).slice(-2)).toEqual(['plays vm-goodbye', 'end 16']);
    // no PIN at hand is no open door
    expect(told(calls(house({ asksPin: 'yes' }), ['#', '#', '#'])).at(-1)).toBe('end 16');
  });

  test('goes back to the dial tone where a number is busy, and ends where nothing is dialled', () => {
    expect(told(calls(house({}), ['101', '102'], { 'device/101': 'busy' })).slice(0, 4)).toEqual([
      'asks : 101, waits',
      'rings 101 for 300: busy',
      'asks : 102, waits',
      'rings 102 for 300: no-answer',
    ]);
    expect(told(calls(house({ firstDigitSeconds: '7' }), []))).toEqual(['asks : nothing in 7 s', 'congestion 34']);
    expect(told(calls(house({}), ['*'])).at(-1)).toBe('congestion 34');
  });

  test('shows carriers the number that it sets, or that of the extension it stands for', () => {
    expect(shown(calls(house({ callerId: '7495' }), ['8999'], { 'trunk/1': 'answer' }))).toEqual(['1  <7495>']);
    const asExtension = calls(house({ callerId: '"Boss" <102>' }), ['101']);
    expect(shown(asExtension)).toEqual(['101 Name 102 <102>']);
  });

  test('in a class of service of which the parts are not known takes a waiting call back, before whoever else has that number', () => {
    const phones = houseOf({ '71': stateWith({}), '102': stateWith({}) });
    const device = { '71': { technology: 'sip', extension: '71', context: 'hall' } };
    const parking = { '1': { name: 'Lot', extension: '70', firstSlot: '71', slots: '3', isDefault: 'yes' } };
    const model = aModel({ ...phones, device: { ...phones.device, ...device }, parking, disa: { '1': { context: 'hall' } } });
    expect(parties(calls(model, ['71']))).toEqual([]);
    expect(parties(calls(model, ['102'])).map((p) => p.to.id)).toEqual(['102']);
  });

  test('lets nobody dial in a context that nobody knows', () => {
    expect(told(calls(house({ context: 'gone' }), ['101']))).toEqual(['end 16']);
  });
});
