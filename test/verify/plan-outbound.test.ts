import { describe, expect, test } from 'vitest';
import { plan } from '../../src/verify/plan.ts';
import { SECRET_KEY } from '../../src/verify/scenario.ts';
import { aModel, houseOf, stateWith } from '../model/a-model.ts';
import { byId, does, legs } from './planned.ts';

describe('a route with PINs', () => {
  const model = {
    ...aModel({
      ...houseOf({
        ...Object.fromEntries(['101', '102', '103', '104', '105'].map((id) => [id, stateWith({})])),
        109: { ...stateWith({}), needsNoPin: 'yes' },
      }),
      trunk: { 1: { technology: 'sip', name: 'one', peer: 'one', host: 'one.example' } },
      'outbound-route': {
        1: { name: 'abroad', position: '0', patterns: [{ match: '81X' }], trunks: ['1'], pinSet: '1', asksPassword: 'yes' },
        2: { name: 'nobody', position: '1', patterns: [{ match: '82X' }], trunks: ['1'], pinSet: '2' },
      },
      'pin-set': { 1: { recordsPin: 'yes' }, 2: {} },
    }),
    secrets: { 'pin-set/1/pin/1': '0000', 'pin-set/1/pin/2': '27182', 'outbound-route/1/password': '31415', 'pin-set/2/pin/1': 'abc' },
  };
  const { scenarios } = plan(model);

  test('is dialled with one of them and with the password, which no report shows', () => {
    const s = byId(scenarios, 'outbound/1/81X/answered');
    expect(s.expect.heard).toEqual(['agent-pass', 'auth-thankyou', 'agent-pass', 'auth-thankyou']);
    expect(does(s).map((act) => act.replace(/.*: /, ''))).toEqual(['keys 27182#', 'keys 31415#']);
    expect(legs(s)).toEqual([`1 trunk/1 ${s.dial} answered`]);
    expect([s.expect.keys, s.caller.number === '109']).toEqual([SECRET_KEY.repeat(12), false]);
  });

  test('turns away who keys a wrong one three times, and rings nobody', () => {
    const s = byId(scenarios, 'outbound/1/81X/wrong-pin');
    expect(s.expect).toMatchObject({ legs: [], heard: ['agent-pass', 'auth-incorrect', 'auth-incorrect', 'vm-goodbye'] });
    expect(does(s).join()).not.toContain('0000');
  });

  test('asks nothing of an extension that needs none', () => {
    const s = byId(scenarios, 'outbound/1/81X/no-pin-needed');
    expect([s.caller.number, s.expect.heard, legs(s)]).toEqual(['109', [], [`1 trunk/1 ${s.dial} answered`]]);
  });

  test('of which none can be keyed is dialled in vain', () => {
    expect(byId(scenarios, 'outbound/2/82X/wrong-pin').expect.legs).toEqual([]);
    expect(scenarios.filter((s) => s.id.startsWith('outbound/2/') && s.caller.number !== '109').flatMap(legs)).toEqual([]);
  });
});
