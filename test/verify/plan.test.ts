import { describe, expect, test } from 'vitest';
import type { Model } from '../../src/model/kinds.ts';
import { refText } from '../../src/model/ref.ts';
import { plan } from '../../src/verify/plan.ts';
import type { Scenario } from '../../src/verify/scenario.ts';
import { aModel, houseOf, stateWith } from '../model/a-model.ts';
import { byId, does, legs } from './planned.ts';

const trunk = (id: string, o: object = {}): object => ({ technology: 'sip', name: id, peer: id, host: `${id}.example`, ...o });

function house(o: { extensions?: number } = {}): Model {
  const ids = Array.from({ length: o.extensions ?? 6 }, (_, i) => String(1001 + i));
  return aModel({
    ...houseOf(Object.fromEntries(ids.map((id) => [id, stateWith({})]))),
    trunk: { 1: trunk('one', { maxChannels: '2' }), 2: trunk('two'), 3: trunk('three', { context: 'from-internal' }) },
    'outbound-route': {
      1: { name: 'all', position: '0', patterns: [{ prefix: '9', match: '.' }], trunks: ['1', '2'] },
      2: { name: 'shadowed', position: '1', patterns: [{ match: '9911' }], trunks: ['2'] },
      3: { name: 'guarded', position: '2', patterns: [{ match: '8X.' }], trunks: ['1'], timeGroup: '1' },
    },
    'inbound-route': {
      a: { did: '5551000', destination: { to: 'extension', id: '1001', by: 'direct' } },
      b: { did: '5551000', callerId: '700X', destination: { to: 'end', how: 'busy' } },
      c: { did: '55520XX', destination: { to: 'queue', id: '400' } },
    },
    'ring-group': { 600: { strategy: 'hunt', ringSeconds: '40', members: [{ number: '1001' }, { number: '1002' }, { number: '1003' }] } },
  });
}

const mode = (s: Scenario, ref: string): string | undefined => s.claims.find((c) => refText(c.ref) === ref)?.mode;

describe('the plan', () => {
  const { scenarios, skipped } = plan(house());

  test('has each id once, and none among the skipped', () => {
    const ids = [...scenarios, ...skipped].map((s) => s.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('is the same on every run', () => expect(plan(house())).toEqual({ scenarios, skipped }));

  test('lets nobody call who is rung by the call', () => {
    for (const s of scenarios) expect(s.expect.legs.map((l) => l.to)).not.toContainEqual(s.caller.ref);
  });

  test('has in each call at most one who answers', () => {
    for (const s of scenarios) expect(s.expect.legs.filter((l) => l.answered).length, s.id).toBeLessThanOrEqual(1);
  });

  test('takes a minute a call at most, and says which calls need patience', () => {
    expect(Math.max(...scenarios.map((s) => s.longestMs))).toBeLessThanOrEqual(60_000);
    expect(skipped.find((s) => s.id === 'ring-group/600/nobody')?.why).toContain('--patient');
    expect(plan(house(), { patient: true }).scenarios.some((s) => s.id === 'ring-group/600/nobody')).toBe(true);
  });

  test('keeps a telephone for a call alone, where follow me goes on as the telephone was before it rang', () => {
    const followed = (noAnswer: object) => ({
      ...houseOf({ 1001: stateWith({}), 1002: stateWith({}), 1003: stateWith({}) }),
      'follow-me': { 1001: { strategy: 'hunt', preRingSeconds: '4', ringSeconds: '10', members: [{ number: '1002' }], noAnswer } },
    });
    const called = (noAnswer: object): Scenario => byId(plan(aModel(followed(noAnswer))).scenarios, 'ext/1001/unanswered');
    expect(mode(called({ to: 'extension', id: '1001', by: 'unanswered' }), 'device/1001')).toBe('exclusive');
    expect(mode(called({ to: 'end', how: 'hangup' }), 'device/1001')).toBe('shared');
  });

  test('asks nobody to key what no telephone has, and says so', () => {
    const model = aModel({
      ...houseOf({ 1001: stateWith({}), 1002: stateWith({}), 1003: stateWith({}) }),
      queue: { 400: { name: 'Q', strategy: 'ringall', asksPassword: 'yes' } },
      trunk: { 1: { technology: 'sip', name: 'one', peer: 'one', host: 'one.example' } },
      disa: { 1: { name: 'D', asksPin: 'yes' } },
      'inbound-route': { a: { did: '5553000', destination: { to: 'disa', id: '1' } } },
    });
    const secrets = { 'queue/400/password': 'abc', 'disa/1/pin/0': '4711', 'disa/1/pin/1': 'abc' };
    const { scenarios: placed, skipped: left } = plan({ ...model, secrets });
    const keyed = placed.flatMap((s) => s.acts.flatMap((act) => (typeof act.do === 'object' ? [act.do.keys] : [])));
    expect(keyed.filter((keys) => !/^[0-9*#]*$/.test(keys))).toEqual([]);
    expect(placed.map((s) => s.id).filter((id) => id.startsWith('disa/1/'))).toEqual(['disa/1/dials-on', 'disa/1/wrong-pin']);
    expect(left.filter((l) => l.why.includes('no telephone can key')).map((l) => l.id)).toContain('queue/400/agent-logs-in');
  });

  test('expects an extension that rings for ever to ring still when the caller gives up', () => {
    const s = byId(scenarios, 'ext/1001/unanswered');
    expect({ longestMs: s.longestMs, end: s.expect.end, rang: s.expect.legs[0]?.rangMs }).toEqual({
      longestMs: 3000,
      end: { at: 'caller', cause: 16 },
      rang: 3000,
    });
  });

  test('sets the state that a call needs, and has the extension for itself', () => {
    const s = byId(scenarios, 'ext-state/forward-always-loop');
    expect(s.expect.end).toEqual({ at: 'hangup', cause: 34 });
    expect(Object.keys(s.before.astdb)).toHaveLength(2);
    for (const key of Object.keys(s.before.astdb)) expect(mode(s, `extension/${key.split('/')[1]}`)).toBe('exclusive');
  });

  test('says which calls run in a circle in an old PBX', () => {
    expect(scenarios.filter((s) => s.expect.circles === true).map((s) => s.id)).toEqual(['ext-state/forward-always-loop']);
  });

  test('tries each number from outside by every carrier whose calls are inbound, for its own callers and for others', () => {
    expect(legs(byId(scenarios, 'did/a/trunk-1/answered'))).toEqual(['1 device/1001 1001 answered']);
    expect(byId(scenarios, 'did/a/trunk-2/answered').caller).toMatchObject({ as: 'carrier', ref: { kind: 'trunk', id: '2' } });
    expect(scenarios.some((s) => s.id.includes('trunk-3/'))).toBe(false);
    const own = byId(scenarios, 'did/b/trunk-1/answered');
    expect([own.caller.number.slice(0, 3), own.expect.end.cause]).toEqual(['700', 17]);
    expect(byId(scenarios, 'did/c/trunk-1/answered').dial).toMatch(/^55520\d\d$/);
    expect(byId(scenarios, 'did/unknown/trunk-1/answered').expect.heard).toEqual(['ss-noservice']);
  });

  test('dials a pattern that an earlier route shadows, and expects the earlier route', () => {
    const s = byId(scenarios, 'outbound/2/9911/answered');
    expect([s.dial, ...legs(s)]).toEqual(['9911', '1 trunk/1 911 answered']);
  });

  test('goes to the next trunk when one refuses, and no further when it is busy', () => {
    expect(legs(byId(scenarios, 'outbound/1/9|./refused-then-answered')).map((l) => l.slice(0, 9))).toEqual(['1 trunk/1', '2 trunk/2']);
    expect(byId(scenarios, 'outbound/1/9|./busy').expect.legs).toHaveLength(1);
  });

  test('expects congestion of a route whose hours are nowhere, and of a number that has no route', () => {
    expect(byId(scenarios, 'outbound/3/8X./closed').expect).toMatchObject({
      legs: [],
      heard: ['all-circuits-busy-now', 'please-try-call-later'],
      end: { at: 'hangup', cause: 34 },
    });
    expect(byId(scenarios, 'outbound/no-route').expect.heard).toContain('cannot-complete-as-dialed');
  });

  test('tries a trunk whose few channels are taken once: the next has the call, and nobody else calls by it meanwhile', () => {
    const full = scenarios.filter((s) => s.id.endsWith('/full'));
    expect(full.map((s) => [s.id, s.before.calls?.length])).toEqual([['outbound/1/9|./full', 2]]);
    const s = byId(scenarios, 'outbound/1/9|./full');
    expect(legs(s).map((l) => l.slice(0, 9))).toEqual(['1 trunk/2']);
    expect([mode(s, 'trunk/1#1'), mode(s, 'trunk/1#2')]).toEqual(['exclusive', 'exclusive']);
    const callers = [s.caller, ...(s.before.calls ?? []).map((c) => c.caller)].map((c) => c.number);
    expect(new Set(callers).size).toBe(3);
  });

  test('never has more calls on a trunk than it has channels', () => {
    const slots = scenarios
      .filter((s) => s.expect.legs.some((l) => typeof l.to !== 'string' && refText(l.to) === 'trunk/1'))
      .map((s) => s.claims.filter((c) => c.ref.id.startsWith('1#')));
    expect(slots.length).toBeGreaterThan(0);
    for (const claims of slots) expect(claims.map((c) => c.mode)).toEqual(['exclusive']);
    expect(new Set(slots.map((c) => c[0]?.ref.id)).size).toBeLessThanOrEqual(2);
  });
});

test('an extension with voicemail is heard out to the beep, busy and not', () => {
  const model = aModel({
    ...houseOf({ 106: { ...stateWith({}), voicemail: '106@default' }, 107: stateWith({}) }),
    mailbox: { '106@default': {} },
  });
  const { scenarios } = plan(model);
  const s = byId(scenarios, 'ext/106/unanswered');
  expect(s.expect.heard).toEqual(['vm-theperson', 'digits/1', 'digits/0', 'digits/6', 'vm-isunavail', 'vm-intro', 'beep']);
  expect(s.acts).toContainEqual({ who: 'caller', when: { heard: 'beep' }, afterMs: 1500, do: 'hangup' });
  expect(byId(scenarios, 'ext/106/busy').expect.heard).toContain('vm-isonphone');
});

test('where call waiting is off a telephone is in one call at a time', () => {
  const model = aModel({ ...houseOf({ 106: stateWith({ callWaiting: 'no' }), 107: stateWith({}), 108: stateWith({}) }) });
  const { scenarios } = plan(model);
  expect(mode(byId(scenarios, 'ext/106/busy'), 'device/106')).toBe('exclusive');
  expect(mode(byId(scenarios, 'ext/107/busy'), 'device/107')).toBe('shared');
});

test('the plain call whose steps are counted finds the telephone in no other call', () => {
  const { scenarios } = plan(aModel({ ...houseOf({ 107: stateWith({}), 108: stateWith({}) }) }));
  expect(mode(byId(scenarios, 'ext/107/answered'), 'device/107')).toBe('exclusive');
});

test('a telephone with an address of its own is not played, and its calls are skipped with the reason', () => {
  const made = houseOf({ 106: stateWith({}), 107: stateWith({}) });
  const model = aModel({ ...made, device: { ...made.device, 106: { technology: 'sip', extension: '106', host: '10.0.0.9' } } });
  expect(plan(model).skipped).toContainEqual({
    kind: 'ext',
    id: 'ext/106/called',
    why: 'it reaches device/106, which the lab does not play',
  });
});

test('thousands of extensions are called by a spread sample', () => {
  const { scenarios, skipped } = plan(house({ extensions: 3000 }), { limit: 50 });
  const called = new Set(scenarios.filter((s) => s.kind === 'ext').map((s) => s.dial));
  expect([called.size, called.has('1001'), called.has('4000')]).toEqual([50, true, true]);
  expect(skipped.filter((s) => s.why === 'a sample of 50 of 3000 is called')).toHaveLength(2950);
});

describe('a route that asks callers without a number for one', () => {
  const asking = (privacyManager: object): readonly Scenario[] => {
    const destination = { to: 'extension', id: '1001', by: 'direct' };
    const { 'inbound-route': route } = aModel({ 'inbound-route': { a: { did: '5551000', destination, privacyManager } } });
    return plan({ ...house(), 'inbound-route': route }).scenarios.filter((s) => s.id.startsWith('did/a/numberless/'));
  };

  test('is called by one who keys it when the prompt is over, since it is lost before', () => {
    const s = byId(asking({ retries: '2', shortest: '7' }), 'did/a/numberless/keys-one');
    expect(s.caller).toMatchObject({ as: 'carrier', number: '', name: '' });
    expect(does(s)).toEqual(['hears out privacy-prompt +400: keys 79161112233#']);
    expect(s.expect.legs[0]?.shown).toEqual({ number: '79161112233', name: 'Privacy Manager' });
  });

  test('is called by one who keys too little first, and by one who never keys enough', () => {
    const calls = asking({ retries: '2', shortest: '7' });
    expect(does(byId(calls, 'did/a/numberless/too-short-first'))).toEqual([
      'hears out privacy-prompt +400: keys 791611#',
      'hears out privacy-prompt +400: keys 79161112233#',
    ]);
    const none = byId(calls, 'did/a/numberless/keys-none');
    expect(none.expect.legs).toEqual([]);
    expect(does(none).at(-1)).toBe('hears sorry-youre-having-problems +300: hangup');
    expect(asking({ retries: '1', shortest: '1' }).map((s) => s.id.split('/').at(-1))).toEqual(['keys-one', 'keys-none']);
  });
});
