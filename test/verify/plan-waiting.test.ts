import { describe, expect, test } from 'vitest';
import type { Model } from '../../src/model/kinds.ts';
import { refText } from '../../src/model/ref.ts';
import { plan } from '../../src/verify/plan.ts';
import type { Scenario } from '../../src/verify/scenario.ts';
import { aModel, houseOf, stateWith } from '../model/a-model.ts';
import { byId, does } from './planned.ts';

const ids = ['301', '302', '303', '304', '305', '306'];

function office(): Model {
  const model = aModel({
    ...houseOf(Object.fromEntries(ids.map((id) => [id, stateWith({})]))),
    trunk: { 1: { technology: 'sip', name: 'one', peer: 'one', host: 'one.example' } },
    'music-class': { slow: {} },
    recording: { 1: { prompts: [{ file: 'custom/menu', formats: ['wav'] }] } },
    queue: {
      450: { strategy: 'rrmemory', members: [{ number: '301' }, { number: '302' }], maxWaitSeconds: '600', musicClass: 'slow' },
      451: { strategy: 'ringall', members: [{ number: '303' }, { number: '304' }], wrapUpSeconds: '9', ringInUse: 'no' },
      452: { strategy: 'fewestcalls', maxWaitSeconds: '5', next: { to: 'extension', id: '305', by: 'direct' } },
      453: { strategy: 'linear', members: [{ number: '306' }], breakoutIvr: '2' },
    },
    conference: { 810: { asksUserPin: 'yes', asksLeaderPin: 'yes', waitsForLeader: 'yes' }, 811: {} },
    ivr: {
      1: {
        name: 'menu',
        announcement: '1',
        entries: [
          { keys: '1', destination: { to: 'queue', id: '450' } },
          { keys: '2', destination: { to: 'queue', id: '450' } },
        ],
      },
      2: { name: 'out', entries: [{ keys: '4', destination: { to: 'extension', id: '305', by: 'direct' } }] },
    },
    'inbound-route': { a: { did: '5552000', destination: { to: 'ivr', id: '1' } } },
  });
  return { ...model, secrets: { 'conference/810/user-pin': '4711', 'conference/810/leader-pin': '0815' } };
}

const mode = (s: Scenario, ref: string): string | undefined => s.claims.find((c) => refText(c.ref) === ref)?.mode;
const some = (s: Scenario): unknown =>
  s.expect.some === null || s.expect.some === undefined
    ? null
    : { of: s.expect.some.of.map((l) => l.dialled), atLeast: s.expect.some.atLeast, answered: s.expect.some.answered };

describe('a queue', () => {
  const { scenarios } = plan(office());

  test('is left by a key of its menu, once the caller surely waits', () => {
    const s = byId(scenarios, 'queue/453/leaves-by-key');
    expect(s.acts[0]).toEqual({ who: 'caller', when: 'answered', afterMs: 5000, do: { keys: '4' } });
    expect([some(s), s.expect.legs.map((l) => l.dialled), s.expect.keys]).toEqual([
      { of: ['306'], atLeast: 1, answered: false },
      ['305'],
      '4',
    ]);
    expect(scenarios.map((o) => o.id)).not.toContain('queue/450/leaves-by-key');
  });

  test('has one of its agents take the call and end it, whoever it picks', () => {
    const s = byId(scenarios, 'queue/450/agent-answers');
    expect([some(s), s.expect.legs, s.expect.end, s.expect.musicClass]).toEqual([
      { of: ['301', '302'], atLeast: 1, answered: true },
      [],
      { at: 'hangup', cause: 16 },
      'slow',
    ]);
    // an announcement to the agent may come between his answer and the talk
    expect(s.acts.filter((a) => a.do === 'hangup').map((a) => a.when)).toEqual(['talks', 'talks']);
  });

  test('that lets nobody in while it is empty sends its caller on: he waits for no music there', () => {
    const closed = { strategy: 'fewestcalls', joinEmpty: 'no', next: { to: 'extension', id: '305', by: 'direct' } };
    const model = aModel({ ...houseOf(Object.fromEntries(ids.map((id) => [id, stateWith({})]))), queue: { 453: closed } });
    const s = byId(plan(model).scenarios, 'queue/453/nobody-logged-in');
    expect([s.expect.musicClass, s.expect.legs.map((l) => l.dialled)]).toEqual([null, ['305']]);
    expect(s.acts.filter((a) => a.who === 'caller' && a.do === 'hangup').map((a) => a.when)).not.toContain('answered');
  });

  test('where all ring together has one who answers, and no agent in a call where it passes those over', () => {
    const s = byId(scenarios, 'queue/451/agent-answers');
    expect(s.acts.filter((a) => a.do === 'answer')).toHaveLength(1);
    expect([mode(s, 'device/303'), mode(s, 'queue/451')]).toEqual(['exclusive', 'exclusive']);
    expect(some(byId(scenarios, 'queue/451/nobody-answers'))).toEqual({ of: ['303', '304'], atLeast: 2, answered: false });
  });

  test('is left by a caller once it has rung somebody, however long he might wait', () => {
    expect(does(byId(scenarios, 'queue/450/nobody-answers'))).toEqual(['rings +3000: hangup']);
  });

  test('where he might wait for minutes is called with a short wait, to see where it sends him', () => {
    const s = byId(scenarios, 'queue/450/waits-out');
    expect([s.before.astdb, mode(s, 'queue/450'), s.longestMs < 60_000]).toEqual([{ 'lab/wait-450': '5' }, 'exclusive', true]);
    const forever = aModel({ queue: { 454: { name: 'Q', strategy: 'ringall' } } });
    expect(plan(forever).scenarios.filter((one) => 'lab/wait-454' in one.before.astdb)).toEqual([]);
  });

  test('gives agents the time that they have after a call', () => {
    expect(byId(scenarios, 'queue/451/nobody-answers').longestMs).toBeGreaterThanOrEqual(3000 + 9000 + 5000);
  });

  test('without agents keeps the caller, and sends him on when his time is up', () => {
    expect(does(byId(scenarios, 'queue/452/nobody-logged-in'))).toEqual(['answered +1000: hangup']);
    expect(byId(scenarios, 'queue/452/waits-out').expect.legs.map((l) => l.dialled)).toEqual(['305']);
  });

  test('that a menu leads to may have other callers in line, so nobody need ring', () => {
    const s = byId(scenarios, 'ivr/1/key-2');
    expect([some(s), mode(s, 'queue/450')]).toEqual([{ of: ['301', '302'], atLeast: 0, answered: false }, 'shared']);
  });
});

describe('a room', () => {
  const { scenarios } = plan(office());

  test('is entered with each PIN, which neither an id nor what is expected tells', () => {
    const s = byId(scenarios, 'conference/810/leader-pin');
    expect(s.acts.find((a) => typeof a.do === 'object')?.do).toEqual({ keys: '0815#', secret: true });
    expect(JSON.stringify([scenarios.map((one) => [one.id, one.expect])])).not.toMatch(/4711|0815/);
  });

  test('asks again for a wrong PIN until it gives up', () => {
    const s = byId(scenarios, 'conference/810/wrong-pin');
    expect(new Set(does(s))).toEqual(new Set(['hears conf-getpin +400: keys 0000#']));
    expect(s.expect.end.at).toBe('hangup');
  });

  test('has somebody in it when the second comes', () => {
    const s = byId(scenarios, 'conference/810/second');
    expect(s.before.calls?.map((c) => [c.dial, c.until, c.acts.some((a) => a.do === 'hangup')])).toEqual([
      ['810', { heard: 'conf-onlyperson' }, false],
    ]);
    expect([mode(s, 'conference/810'), s.caller.ref?.id === s.before.calls?.[0]?.caller.ref?.id]).toEqual(['exclusive', false]);
  });

  test('is recorded once a caller is in it: who keys wrong PINs is not, and who comes second stays until he is', () => {
    const model = aModel({
      ...houseOf(Object.fromEntries(ids.map((id) => [id, stateWith({})]))),
      conference: { 812: { asksUserPin: 'yes', announcesCount: 'yes', records: 'yes' } },
    });
    const recorded = plan({ ...model, secrets: { 'conference/812/user-pin': '4711' } }).scenarios;
    expect(byId(recorded, 'conference/812/wrong-pin').expect.recorded).toBe(false);
    const second = byId(recorded, 'conference/812/second');
    expect([second.expect.recorded, does(second).at(-1)]).toEqual([true, expect.stringMatching(/conf-onlyone \+4000: hangup$/)]);
  });

  test('without PIN is entered at once', () => expect(byId(scenarios, 'conference/811/alone').expect.keys).toBe(''));
});

test('a carrier calls from another port and from its second address, where it has one', () => {
  const model = office();
  const registers = { technology: 'sip', name: 'two', peer: 'two', addresses: ['198.51.100.8'] };
  const further = aModel({ trunk: { 2: { ...registers, host: '198.51.100.7' }, 3: registers } }).trunk;
  const { scenarios } = plan({ ...model, trunk: { ...model.trunk, ...further } });
  const ways = scenarios.filter((s) => s.kind === 'carrier').map((s) => [s.caller.ref?.id, s.caller.way, s.expect.heard]);
  expect(ways).toEqual([
    ['1', 'other-port', ['custom/menu']],
    ['2', 'other-port', ['custom/menu']],
    ['2', 'second-address', ['custom/menu']],
  ]);
});

test('nobody else counts on those whom a dynamic route may ring by what a web server says', () => {
  const next = { to: 'extension', id: '305', by: 'direct' };
  const more = aModel({
    'dynamic-route': { 1: { name: 'page', source: 'url', query: 'http://crm.example/', next } },
    'inbound-route': { b: { did: '5553000', destination: { to: 'dynamic-route', id: '1' } } },
  });
  const asks = plan({ ...office(), 'dynamic-route': more['dynamic-route'], 'inbound-route': more['inbound-route'] }).scenarios;
  const s = asks.find((o) => o.id.startsWith('dynamic-route/1/')) as Scenario;
  expect(mode(s, 'device/305')).toBe('exclusive');
});

test("a telephone that no owner names is a call's alone where its extension takes one call at a time", () => {
  const house = office();
  const other = aModel({
    extension: { 306: { name: 'Name', devices: ['306'], ...stateWith({ callWaiting: 'no' }) } },
    device: { 306: { technology: 'sip' } },
  });
  const { scenarios } = plan({
    ...house,
    extension: { ...house.extension, ...other.extension },
    device: { ...house.device, ...other.device },
  });
  expect(mode(byId(scenarios, 'ext/306/busy'), 'device/306')).toBe('exclusive');
});
