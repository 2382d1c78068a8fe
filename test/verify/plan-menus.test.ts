import { describe, expect, test } from 'vitest';
import type { Model } from '../../src/model/kinds.ts';
import { edges, moments, WORKING } from '../../src/model/moments.ts';
import { refText } from '../../src/model/ref.ts';
import { plan } from '../../src/verify/plan.ts';
import { aModel, houseOf, stateWith } from '../model/a-model.ts';
import { byId, does, legs } from './planned.ts';

const any = { hours: '*', weekdays: '*', daysOfMonth: '*', months: '*' };

const recorded = (...files: string[]): object => ({ prompts: files.map((file) => ({ file, formats: ['wav'] })) });

/** A number by day and night, with a menu that leads to another. */
function shop(): Model {
  return aModel({
    ...houseOf({ 201: stateWith({}), 202: stateWith({}), 203: stateWith({}), 204: stateWith({}) }),
    trunk: { 1: { technology: 'sip', name: 'one', peer: 'one', host: 'one.example' } },
    recording: {
      1: recorded('custom/main'),
      2: recorded('custom/more', 'custom/end'),
      3: recorded('custom/shut'),
    },
    announcement: { 1: { recording: '3', next: { to: 'end', how: 'hangup' } } },
    'time-group': {
      open: { times: [{ ...any, hours: '09:30-17:45', weekdays: 'mon-sat' }] },
      closed: { times: [{ ...any, daysOfMonth: '25', months: 'dec' }] },
    },
    'time-condition': {
      1: {
        name: 'holidays',
        timeGroup: 'closed',
        whenMatched: { to: 'announcement', id: '1' },
        otherwise: { to: 'time-condition', id: '2' },
      },
      2: { name: 'hours', timeGroup: 'open', whenMatched: { to: 'call-flow', id: '0' }, otherwise: { to: 'announcement', id: '1' } },
    },
    'call-flow': { 0: { name: 'by hand', day: { to: 'ivr', id: '1' }, night: { to: 'extension', id: '203', by: 'direct' } } },
    ivr: {
      1: {
        name: 'main',
        announcement: '1',
        timeoutSeconds: '4',
        directDial: 'yes',
        entries: [
          { keys: '1', destination: { to: 'extension', id: '201', by: 'direct' } },
          { keys: '5', destination: { to: 'ivr', id: '2' } },
        ],
        timeout: { retries: '2', next: { to: 'extension', id: '202', by: 'direct' } },
        invalid: { retries: '1', next: { to: 'announcement', id: '1' } },
      },
      2: {
        name: 'more',
        announcement: '2',
        entries: [{ keys: '#', destination: { to: 'extension', id: '204', by: 'direct' } }],
      },
      9: { name: 'nowhere', entries: [{ keys: '1', destination: { to: 'end', how: 'hangup' } }] },
    },
    'inbound-route': { a: { did: '5551000', destination: { to: 'time-condition', id: '1' } } },
  });
}

describe('a number whose way depends on the hour', () => {
  const { scenarios, skipped } = plan(shop());

  test('is called at a moment of each way that it can take, and at a working hour', () => {
    const calls = scenarios.filter((s) => s.kind === 'did' && s.about.some((r) => r.id === 'a') && s.id.endsWith('answered'));
    expect(calls.map((s) => `${s.at} ${s.expect.heard.join(' ')}`)).toEqual([
      `${WORKING} custom/main`,
      '2026-11-24 00:00 custom/shut',
      '2026-12-25 00:00 custom/shut',
    ]);
  });

  test('is called in the minutes at which its hours begin and end, and the caller hangs up when he knows', () => {
    const at = (edge: string): string => {
      const s = byId(scenarios, `time-condition/2/line-1/${edge}`);
      return `${s.at} ${s.expect.heard[0]} ${does(s).at(-1)}`;
    };
    expect(['before', 'first', 'last', 'after'].map(at)).toEqual([
      '2026-11-24 09:29 custom/shut hears custom/shut +300: hangup',
      '2026-11-24 09:30 custom/main hears custom/main +300: hangup',
      '2026-11-24 17:45 custom/main hears custom/main +300: hangup',
      '2026-11-24 17:46 custom/shut hears custom/shut +300: hangup',
    ]);
  });

  test('goes by day and by night as it is switched by hand, which is put back', () => {
    const night = byId(scenarios, 'call-flow/0/night');
    expect([night.before.astdb, legs(night)]).toEqual([{ 'DAYNIGHT/C0': 'NIGHT' }, ['1 device/203 203 answered']]);
    expect(night.claims).toContainEqual({ ref: { kind: 'call-flow', id: '0' }, mode: 'exclusive' });
    const menus = scenarios.filter((s) => s.kind === 'ivr');
    for (const s of menus) expect(s.claims).toContainEqual({ ref: { kind: 'call-flow', id: '0' }, mode: 'shared' });
  });

  test('leaves the time open where nothing depends on it', () => expect(byId(scenarios, 'ext/201/answered').at).toBeNull());

  test('has no menu tried that no call reaches, and says so', () => {
    expect(skipped).toContainEqual({ kind: 'ivr', id: 'ivr/9', why: 'no call that the lab places reaches this menu' });
  });
});

describe('a voice menu', () => {
  const { scenarios } = plan(shop());

  test('is left by each of its keys, once its last prompt began', () => {
    const s = byId(scenarios, 'ivr/1/key-1');
    expect([legs(s), s.expect.keys, does(s)]).toEqual([
      ['1 device/201 201'],
      '1',
      ['hears custom/main +400: keys 1', 'rings +3000: hangup'],
    ]);
  });

  test('is reached through the menu before it', () => {
    const s = byId(scenarios, 'ivr/2/key-#');
    expect([s.expect.heard, s.expect.keys, legs(s)]).toEqual([['custom/main', 'custom/more', 'custom/end'], '5#', ['1 device/204 204']]);
    expect(does(s).slice(0, 2)).toEqual(['hears custom/main +400: keys 5', 'hears custom/end +400: keys #']);
  });

  test('is heard again when nothing is keyed, as often as it tries', () => {
    const s = byId(scenarios, 'ivr/1/timeout');
    expect([s.expect.heard, s.expect.keys, legs(s)]).toEqual([Array(3).fill('custom/main'), '', ['1 device/202 202']]);
  });

  test('that has answered leaves it to the one who is called to end the talk', () => {
    const s = byId(scenarios, 'ivr/1/direct-dial');
    expect([s.expect.end, s.acts.filter((a) => a.do === 'hangup').map((a) => (a.who === 'caller' ? '' : refText(a.who)))]).toEqual([
      { at: 'hangup', cause: 16 },
      [`device/${s.expect.keys}`],
    ]);
  });

  test('gives up on wrong keys, none of which begins an extension', () => {
    const s = byId(scenarios, 'ivr/1/invalid');
    expect([s.expect.keys, s.expect.heard]).toEqual(['77', ['custom/main', 'custom/main', 'custom/shut']]);
  });

  test('asks again after an extension that does not exist', () => {
    const s = byId(scenarios, 'ivr/1/wrong-extension');
    expect([s.expect.keys, s.expect.heard.length]).toEqual(['209', 2]);
    expect(does(s).at(-1)).toBe('hears custom/main +300: hangup');
  });
});

describe('the hours that are tried', () => {
  test('are one for each set of time groups, the working hour first', () => {
    expect(moments(shop())).toEqual([WORKING, '2026-11-24 00:00', '2026-12-25 00:00', '2026-12-25 09:30']);
    expect(moments(aModel({}))).toEqual([WORKING]);
  });

  test('find where a range that goes round midnight begins and ends', () => {
    expect(edges({ ...any, hours: '22:00-06:00' })[0]).toEqual({
      before: '2026-11-24 21:59',
      first: '2026-11-24 22:00',
      last: '2026-11-25 06:00',
      after: '2026-11-25 06:01',
    });
  });

  test('are none where a line never ends or never comes', () => {
    expect(edges({ ...any, hours: '*' })).toEqual([]);
    expect(edges({ ...any, daysOfMonth: '31', months: 'feb' })).toEqual([]);
  });
});

test('a key is not tried in a menu that says nothing and waits for none', () => {
  const entries = [{ keys: '2', destination: { to: 'extension', id: '202', by: 'direct' } }];
  const keysTried = (timeoutSeconds: string): string[] => {
    const menu = { timeoutSeconds, entries, timeout: { next: { to: 'end', how: 'hangup' } } };
    const house = shop();
    const model: Model = { ...house, ivr: { ...house.ivr, ...aModel({ ivr: { 2: menu } }).ivr } };
    const ids = plan(model).scenarios.map((s) => s.id);
    return ids.filter((id) => id.startsWith('ivr/2/key-'));
  };
  expect(keysTried('10')).toEqual(['ivr/2/key-2']);
  expect(keysTried('0')).toEqual([]);
});

test('a key in a menu without a prompt waits until the one before it, which could be the first of more, is taken', () => {
  const silent = (id: string) => ({
    digitTimeoutSeconds: '3',
    directDial: 'yes',
    entries: [{ keys: '2', destination: { to: 'ivr', id } }],
  });
  const house = shop();
  const model = aModel({
    ivr: { 1: silent('2'), 2: silent('1') },
    'inbound-route': { a: { did: '5550001', destination: { to: 'ivr', id: '1' } } },
  });
  const { scenarios } = plan({ ...house, ivr: model.ivr, 'inbound-route': model['inbound-route'] });
  const keyed = byId(scenarios, 'ivr/2/key-2').acts.filter((a) => typeof a.do === 'object');
  expect(keyed.map((a) => [a.when, a.afterMs])).toEqual([
    ['answered', 1500],
    ['answered', 6250],
  ]);
});
