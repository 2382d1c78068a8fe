import { describe, expect, test } from 'vitest';
import { featureFor, numbering, reach } from '../../src/model/numbering.ts';
import { inboundRouteFor, numberForTrunks, numberOnTrunk, outboundRouteFor } from '../../src/model/routing.ts';
import { aModel, houseOf } from './a-model.ts';

const hangup = { to: 'end', how: 'hangup' };

describe('what can be dialled inside', () => {
  test('an extension, its letters, and a ring group', () => {
    const model = aModel({
      ...houseOf({ 101: { sipAlias: 'frontdesk' } }),
      'ring-group': { 600: { strategy: 'ringall', ringSeconds: '20' } },
    });
    expect(Object.fromEntries(numbering(model).numbers)).toEqual({
      101: { to: 'extension', id: '101', by: 'follow-me' },
      frontdesk: { to: 'extension', id: '101', by: 'follow-me' },
      600: { to: 'ring-group', id: '600' },
    });
  });

  test('of a group and an extension with one number the group is reached, and the collision is told', () => {
    const model = aModel({ ...houseOf({ 600: {} }), 'ring-group': { 600: { strategy: 'ringall', ringSeconds: '20' } } });
    const { numbers, collisions } = numbering(model);
    expect(numbers.get('600')).toEqual({ to: 'ring-group', id: '600' });
    expect(collisions).toEqual([{ number: '600', wins: { kind: 'ring-group', id: '600' }, loses: [{ kind: 'extension', id: '600' }] }]);
  });

  test('a queue goes before a group, a group before a conference, a conference before an extension', () => {
    const group = { strategy: 'ringall', ringSeconds: '20' };
    const model = aModel({
      ...houseOf({ 400: {}, 600: {}, 800: {} }),
      queue: { 400: { name: 'Q', strategy: 'ringall' } },
      'ring-group': { 400: group, 600: group },
      conference: { 600: {}, 800: {} },
    });
    const { numbers, collisions } = numbering(model);
    expect(['400', '600', '800'].map((n) => numbers.get(n)?.to)).toEqual(['queue', 'ring-group', 'conference']);
    expect(collisions.map((c) => c.loses.map((l) => l.kind))).toEqual([
      ['ring-group', 'extension'],
      ['conference', 'extension'],
      ['extension'],
    ]);
  });

  test('the numbers of a queue its agents log in and out by', () => {
    const { numbers } = numbering(aModel({ queue: { 400: { name: 'Q', strategy: 'ringall' } } }));
    expect([...numbers.keys()]).toEqual(['400', '400*', '400**']);
  });
});

describe('hand-made dialplan among the numbers', () => {
  const step = (extension: string) => ({ at: 'x:1', extension, priority: '1', application: 'Hangup', arguments: '' });
  const model = aModel({
    'custom-dialplan': {
      'ext-late': { joins: ['from-internal-xfer'], lines: [step('5599'), step('4401')] },
      'from-internal-custom': { joins: ['from-internal'], lines: [step('_55XX'), step('4402'), { at: 'x:2', include: 'shortcuts' }] },
      shortcuts: { lines: [step('5588'), step('_44XX')] },
    },
  });
  const context = (dialled: string): unknown => {
    const found = reach(model, numbering(model), dialled, '');
    return found.leads === 'inside' && found.destination.to === 'custom' ? found.destination.context : found.leads;
  };

  test('a pattern goes before a number of a context that is asked later, and not before one beside it', () => {
    expect(['5599', '5588', '4401', '4402'].map(context)).toEqual(Array.from({ length: 4 }, () => 'from-internal-custom'));
    expect(numbering(model).claims.numbers.get('4402')?.place).toBeLessThan(numbering(model).claims.numbers.get('5588')?.place ?? 0);
    expect(numbering(model).claims.numbers.get('4401')?.place).toBeLessThan(0);
  });
});

describe('feature codes among the numbers', () => {
  const model = aModel({
    ...houseOf({ 201: {}, 721: {} }),
    'feature-code': {
      'callforward/cfon': { code: '*72' },
      'callforward/cfpon': { code: '*720' },
      'callforward/cf_toggle': { code: '*74' },
      'recordings/record_check': { code: '*99' },
      'donotdisturb/dnd_toggle': { code: '*99' },
      'infoservices/echotest': { code: '721' },
      'infoservices/speakingclock': { code: '*60', enabled: 'no' },
      'core/blindxfer': { code: '##' },
      'speeddial/callspeeddial': { code: '*0' },
    },
  });
  const inside = numbering(model);
  const feature = (number: string): string | null => {
    const use = featureFor(inside, number);
    return use === null ? null : `${use.id} ${use.given ?? 'alone'}`;
  };

  test('take what is dialled behind them, where they can use it', () => {
    expect(feature('*72')).toBe('callforward/cfon alone');
    expect(feature('*72201')).toBe('callforward/cfon 201');
    expect(feature('*74')).toBe('callforward/cf_toggle alone');
    expect(feature('*74201')).toBe(null);
  });
  test('that mean nothing alone are no numbers alone', () => {
    expect(feature('*0')).toBe(null);
    expect(feature('*07')).toBe('speeddial/callspeeddial 7');
  });
  test('that begin with another code belong to that where it is asked first', () => {
    expect(feature('*720')).toBe('callforward/cfon 0');
    expect(inside.collisions).toContainEqual({
      number: '*720',
      wins: { kind: 'feature-code', id: 'callforward/cfon' },
      loses: [{ kind: 'feature-code', id: 'callforward/cfpon' }],
    });
  });
  test('that two have mean the one whose context comes first', () => expect(feature('*99')).toBe('recordings/record_check alone'));
  test('go before an extension of that number', () => {
    expect(feature('721')).toBe('infoservices/echotest alone');
    expect(reach(model, inside, '721', '')).toEqual({ leads: 'inside', destination: { to: 'feature-code', code: '721' } });
  });
  test('that are off or keyed during a call are no numbers', () => {
    for (const number of ['*60', '##']) expect(reach(model, inside, number, '')).toEqual({ leads: 'nowhere' });
  });
});

describe('what goes out', () => {
  const route = (position: number, patterns: object[]): object => ({
    name: `r${position}`,
    position: String(position),
    patterns,
    trunks: ['1'],
  });

  test('a number of the house never goes out, not even an emergency number', () => {
    const model = aModel({ ...houseOf({ 112: {} }), 'outbound-route': { 1: { ...route(0, [{ match: '112' }]), emergency: 'yes' } } });
    expect(reach(model, numbering(model), '112', '101').leads).toBe('inside');
    expect(reach(model, numbering(model), '113', '101').leads).toBe('nowhere');
  });

  test('the first route with a match takes a number that a later one names', () => {
    const model = aModel({ 'outbound-route': { 7: route(1, [{ match: '9112' }]), 8: route(0, [{ prefix: '9', match: '.' }]) } });
    expect(outboundRouteFor(model, '9112', '101')?.id).toBe('8');
  });

  test('within a route the more specific pattern wins, and of equal ones the one for certain callers', () => {
    const patterns = [{ match: '9.' }, { match: '9XXX', prepend: '1' }, { match: '9XXX', prepend: '2', callerId: '10X' }];
    const model = aModel({ 'outbound-route': { 1: route(0, patterns) } });
    expect(outboundRouteFor(model, '9123', '105')?.pattern.prepend).toBe('2');
    expect(outboundRouteFor(model, '9123', '205')?.pattern.prepend).toBe('1');
    expect(outboundRouteFor(model, '91234', '105')?.pattern.match).toBe('9.');
  });

  test('what is dialled loses its prefix, a set counting as one digit, and gets what is put before it', () => {
    expect(numberForTrunks({ prefix: '9[01]', match: 'X.', prepend: '7495', callerId: '' }, '911234')).toBe('74951234');
  });

  test("the first of a trunk's rules rewrites, then its prefix goes before the number", () => {
    const { trunk } = aModel({
      trunk: {
        1: {
          technology: 'sip',
          name: 't',
          peer: 't',
          dialPrefix: '00',
          dialRules: [
            { match: 'XXXXXXX', prepend: '7' },
            { prefix: '9', match: 'NXXXXXXXXX', prepend: '8' },
            { match: 'X.', prepend: '5' },
          ],
        },
      },
    });
    const sip = trunk['1'];
    if (sip === undefined) throw new Error('no trunk');
    expect(['1234567', '92345678901', '112'].map((n) => numberOnTrunk(sip, n))).toEqual(['0071234567', '0082345678901', '005112']);
  });
});

describe('which row takes a call from outside', () => {
  const model = (rows: Record<string, object>): ReturnType<typeof aModel> =>
    aModel({
      ...houseOf({ 123: {} }),
      'inbound-route': Object.fromEntries(Object.entries(rows).map(([id, r]) => [id, { destination: hangup, ...r }])),
    });
  const taken = (rows: Record<string, object>, did: string, caller: string): string => {
    const match = inboundRouteFor(model(rows), did, caller);
    return match.takes === 'nothing' ? 'nothing' : `${match.takes} ${match.id}`;
  };
  const ROWS = {
    both: { did: '5551000', callerId: '700' },
    did: { did: '5551000' },
    pattern: { did: '555X000' },
    anyBoth: { did: '555X000', callerId: '7XX' },
    caller: { callerId: '700' },
    any: {},
  };

  test('number and caller, then number, the more specific first', () => {
    expect(taken(ROWS, '5551000', '700')).toBe('route both');
    expect(taken(ROWS, '5551000', '701')).toBe('route anyBoth');
    expect(taken(ROWS, '5551000', '800')).toBe('route did');
    expect(taken(ROWS, '5552000', '800')).toBe('route pattern');
  });

  test('a row for a caller alone loses to the row for everything, and counts where there is none', () => {
    expect(taken(ROWS, '999', '700')).toBe('route any');
    const { any: _, ...without } = ROWS;
    expect(taken(without, '999', '700')).toBe('route caller');
    expect(taken(without, '5551000', '700')).toBe('route both');
  });

  test('a row for a caller alone that goes first beats a row for a number', () => {
    const rows = { ...ROWS, caller: { callerId: '8XX', callerIdFirst: 'yes' } };
    expect(taken(rows, '5551000', '800')).toBe('route caller');
  });

  test("an extension's own number rings it before the row for everything", () => {
    expect(taken(ROWS, '123', '800')).toBe('extension 123');
    expect(taken({}, '999', '800')).toBe('nothing');
  });

  test('words for callers who hide are words, not patterns', () => {
    expect(taken({ hidden: { did: '5551000', callerId: 'anonymous' }, did: { did: '5551000' } }, '5551000', 'Anonymous')).toBe(
      'route hidden',
    );
  });
});
