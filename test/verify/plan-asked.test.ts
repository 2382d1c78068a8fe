import { describe, expect, test } from 'vitest';
import { refText } from '../../src/model/ref.ts';
import { plan } from '../../src/verify/plan.ts';
import { aModel, houseOf, stateWith } from '../model/a-model.ts';
import { byId, does, legs } from './planned.ts';

const direct = (id: string) => ({ to: 'extension', id, by: 'direct' });
const did = (number: string, to: string, id: string) => ({ did: number, destination: { to, id } });

/** Callers reach people by the letters of a name, and by what they key or bring along. */
function shop(entries: readonly object[]): ReturnType<typeof plan> {
  return plan(
    aModel({
      ...houseOf({ 201: stateWith({}), 202: stateWith({}), 203: stateWith({}) }),
      trunk: { 1: { technology: 'sip', name: 'one', peer: 'one', host: 'one.example' } },
      directory: { 1: { entries } },
      'dynamic-route': {
        1: { asksKeys: 'yes', keysVariable: 'card', entries: [{ value: '3', destination: { to: 'dynamic-route', id: '2' } }] },
        2: {
          source: 'variable',
          query: '${DYNROUTE_card}${CALLERID(num)}',
          entries: [{ value: '35550100', destination: direct('202') }],
          next: direct('203'),
        },
      },
      'inbound-route': { a: did('5551000', 'directory', '1'), b: did('5552000', 'dynamic-route', '1') },
    }),
  );
}

describe('who is asked for a name', () => {
  test('keys that of whom he hears of soonest, and once more passes over who comes first', () => {
    const { scenarios } = shop([
      { name: 'Иван', number: '201' },
      { name: 'Alexander Featherstonehaugh', number: '201' },
      { name: 'Ann Lee', number: '202' },
      { name: 'Bea Lee', number: '203' },
    ]);
    const found = byId(scenarios, 'directory/1/found');
    expect(does(found)).toEqual(['hears dir-usingkeypad +400: keys 266', 'hears dir-instr +400: keys 1']);
    expect(legs(found)).toEqual(['1 device/202 202 answered']);
    const second = byId(scenarios, 'directory/1/second');
    expect(does(second)).toEqual(['hears dir-usingkeypad +400: keys 533', 'hears dir-instr +400: keys *', 'hears dir-instr +400: keys 1']);
    expect(legs(second)).toEqual(['1 device/203 203 answered']);
    expect(byId(scenarios, 'directory/1/not-found').expect.heard).toContain('dir-nomatch');
  });

  test('is not called where no name can be keyed, and the plan says so', () => {
    const { scenarios, skipped } = shop([{ name: 'Иван', number: '201' }]);
    expect(skipped.find((s) => s.id === 'directory/1/found')?.why).toBe('it has no name that can be keyed');
    expect(scenarios.map((s) => s.id)).toContain('directory/1/nothing');
  });
});

describe('who is led by a value', () => {
  test('keys it, or calls from the number that makes it, and is led elsewhere with any other', () => {
    const { scenarios } = shop([]);
    expect(does(byId(scenarios, 'dynamic-route/1/keys-3'))[0]).toBe('answered +1500: keys 3#');
    const known = byId(scenarios, 'dynamic-route/2/caller-35550100');
    expect([known.caller.number, does(known)[0], ...legs(known)]).toEqual([
      '5550100',
      'answered +1500: keys 3#',
      '1 device/202 202 answered',
    ]);
    expect(legs(byId(scenarios, 'dynamic-route/2/other'))).toEqual(['1 device/203 203 answered']);
    expect(known.about.map(refText)).toEqual(['dynamic-route/2']);
  });
});
