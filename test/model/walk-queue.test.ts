import { describe, expect, test } from 'vitest';
import type { Model } from '../../src/model/kinds.ts';
import { fromOutside, type Situation } from '../../src/model/walk/situation.ts';
import type { QueueStep, Step } from '../../src/model/walk/step.ts';
import { timeline } from '../../src/model/walk/timeline.ts';
import { fromCarrier, walk } from '../../src/model/walk.ts';
import { aModel, houseOf, stateWith } from './a-model.ts';
import { call, doing, inCall, told } from './told.ts';

const BUSY = { to: 'end', how: 'busy' };
const member = (number: string, penalty = '0') => ({ number, penalty });

function house(queue: object, extensions: Record<string, object> = { 101: {}, 102: {}, 103: {} }, rest: object = {}): Model {
  return aModel({
    ...houseOf(extensions),
    queue: {
      400: { name: 'Q', strategy: 'rrmemory', members: [member('101'), member('102')], agentRingSeconds: '15', next: BUSY, ...queue },
    },
    ...rest,
  });
}
const queueOf = (steps: readonly Step[]): QueueStep => {
  const found = steps.find((s): s is QueueStep => s.do === 'queue');
  if (found === undefined) throw new Error('no queue');
  return found;
};
const rung = (steps: readonly Step[]): string => told([queueOf(steps)])[0]?.replace(/^.*\[(.*)\].*$/, '$1') ?? '';
const result = (steps: readonly Step[]): string => queueOf(steps).result;
const busy = (...ids: string[]) => Object.fromEntries(ids.map((id) => [`device/${id}`, 'busy' as const]));
const logged = (number: string): Partial<Situation> => ({
  state: { extensions: {}, trunks: {}, loggedIn: { 400: [{ kind: 'number', number, penalty: 0 }] } },
});

describe('waiting in a queue', () => {
  test('is answered, hears music, and one of its agents takes the call', () => {
    const steps = call(house({}), '400', { 'device/102': 'answer' });
    expect(steps.find((s) => s.do === 'wait')).toEqual({ do: 'wait', seconds: 0, answers: true });
    expect(told(steps)).toEqual(['queue 400 one of [101 102] 15/5 s for ever, hears default: answered']);
  });

  test('has no end where it has no longest wait, else goes on after that', () => {
    expect(told(call(house({}), '400'))).toEqual(['queue 400 one of [101 102] 15/5 s for ever, hears default: endless']);
    expect(told(call(house({ maxWaitSeconds: '60' }), '400'))).toEqual([
      'queue 400 one of [101 102] 15/5 s for 60, hears default: timeout',
      'busy 17',
    ]);
  });

  test('all agents ring together where it is set so', () => {
    expect(told(call(house({ strategy: 'ringall' }), '400'))).toEqual([
      'queue 400 all of [101 102] 15/5 s for ever, hears default: endless',
    ]);
  });

  test('agents of a higher penalty are rung where the others refuse, and never where all ring together', () => {
    const members = [member('101'), member('102'), member('103', '5')];
    expect(rung(call(house({ members }), '400', busy('101')))).toBe('101 102');
    expect(rung(call(house({ members }), '400', busy('101', '102')))).toBe('101 102 103');
    expect(rung(call(house({ members, strategy: 'ringall' }), '400', busy('101', '102')))).toBe('101 102');
  });

  test('who is logged in is rung as well, but not twice, and not while he pauses', () => {
    expect(rung(call(house({}), '400', {}, logged('103')))).toBe('101 102 103');
    expect(rung(call(house({}), '400', {}, logged('101')))).toBe('101 102');
    const paused = house({ members: [], loggedIn: [{ ...member('103'), paused: 'yes' }] });
    expect(rung(call(paused, '400'))).toBe('');
  });

  test('an agent who leads back to the queue is not rung by way of it, whether he forwards to it or is a queue himself', () => {
    const forwards = house({ members: [member('101')] }, { 101: stateWith({ forwardAlways: '400' }) });
    expect(told(call(forwards, '400'))).toEqual(['queue 400 all of [nobody] 15/5 s for ever, hears default: endless']);
    const of = (id: string, other: string) => ({ [id]: { strategy: 'ringall', members: [member(other), member('101')], next: BUSY } });
    const each = aModel({ ...houseOf({ 101: {} }), queue: { ...of('400', '401'), ...of('401', '400') } });
    // once by way of the other queue, once as its own
    expect(told(call(each, '400', { 'device/101': 'ignore' }))).toEqual([
      'queue 400 all of [101 101] 15/5 s for ever, hears default: answered',
    ]);
  });

  test("agents' forwards and do not disturb count as if they were dialled, where the queue wants it so", () => {
    const extensions = { 101: stateWith({ forwardAlways: '103' }), 102: stateWith({ doNotDisturb: 'yes' }), 103: {} };
    expect(rung(call(house({}, extensions), '400'))).toBe('103 nobody');
    expect(rung(call(house({ reaches: 'no-forwards' }, extensions), '400'))).toBe('nobody nobody');
  });

  test("an agent's mailbox and destinations take no call of the queue", () => {
    const x = { voicemail: '101@default', ringSeconds: '5', noAnswer: BUSY };
    for (const reaches of ['no-forwards', 'extensions-only']) {
      const steps = call(house({ reaches, members: [member('101')] }, { 101: x }, { mailbox: { '101@default': {} } }), '400');
      expect(told(steps)).toEqual(['queue 400 all of [101] 15/5 s for ever, hears default: endless']);
    }
  });

  test('outside numbers are rung unless only extensions may be', () => {
    const members = [member('84951234567')];
    const rest = {
      trunk: { 1: { technology: 'sip', name: 't', peer: 't' } },
      'outbound-route': { 1: { name: 'r', position: '0', trunks: ['1'], patterns: [{ match: 'X.' }] } },
    };
    expect(rung(call(house({ members }, {}, rest), '400'))).toBe('1');
    const steps = call(house({ members, reaches: 'extensions-only' }, {}, rest), '400');
    expect(steps).toContainEqual({ do: 'leave-out', who: '84951234567', because: 'no-telephone' });
  });

  test('an agent outside who must accept the call and does not takes none', () => {
    const rest = {
      trunk: { 1: { technology: 'sip', name: 't', peer: 't' } },
      'outbound-route': { 1: { name: 'r', position: '0', trunks: ['1'], patterns: [{ match: 'X.' }] } },
    };
    const answered = (o: object, does: 'answer' | 'answer-only') =>
      result(call(house({ members: [member('84951234567')], ...o }, {}, rest), '400', { 'trunk/1': does }));
    expect([answered({}, 'answer-only'), answered({ confirms: 'yes' }, 'answer-only'), answered({ confirms: 'yes' }, 'answer')]).toEqual([
      'answered',
      'endless',
      'answered',
    ]);
  });

  test('an agent in a call is rung by call waiting, unless the queue rings nobody in a call', () => {
    const model = (o: object) => house({ members: [member('101')], ...o }, { 101: stateWith({}) });
    expect(rung(call(model({}), '400', {}, inCall('101')))).toBe('101');
    expect(rung(call(model({ skipsBusy: 'yes' }), '400', {}, inCall('101')))).toBe('nobody');
    expect(rung(call(model({ ringInUse: 'no' }), '400', {}, inCall('101')))).toBe('');
  });
});

describe('a queue that nobody may join, or in which nobody stays', () => {
  const none = (words: object, members: object[] = []) => call(house({ members, ...words }), '400', { 'device/101': 'offline' });

  test('without agents callers wait where it lets them, else they go on at once', () => {
    expect(result(none({}))).toBe('endless');
    for (const joinEmpty of ['no', 'strict', 'loose', 'paused,penalty']) expect(told(none({ joinEmpty })).slice(-1)).toEqual(['busy 17']);
    expect(result(none({ joinEmpty: 'no' }))).toBe('not-let-in');
  });

  test('agents whose telephones are away count for all but the strict', () => {
    const members = [member('101')];
    expect(['no', 'loose', 'strict', 'unavailable,paused'].map((joinEmpty) => result(none({ joinEmpty }, members)))).toEqual([
      'endless',
      'endless',
      'not-let-in',
      'not-let-in',
    ]);
  });

  test('agents who pause do not count', () => {
    const loggedIn = [{ ...member('102'), paused: 'yes' }];
    expect(['no', 'loose', 'strict'].map((joinEmpty) => result(none({ joinEmpty, loggedIn })))).toEqual([
      'not-let-in',
      'endless',
      'not-let-in',
    ]);
  });

  test('callers are sent away once it is seen that nobody is there', () => {
    expect(['yes', 'strict', 'no', ''].map((leaveWhenEmpty) => result(none({ leaveWhenEmpty })))).toEqual([
      'sent-away',
      'sent-away',
      'endless',
      'endless',
    ]);
  });

  test('a full queue lets nobody in', () => {
    const waiting = (n: number) => ({ state: { extensions: {}, trunks: {}, waiting: { 400: n } } });
    expect([1, 2].map((n) => result(call(house({ maxCallers: '2' }), '400', {}, waiting(n))))).toEqual(['endless', 'not-let-in']);
  });

  test('one round is as many attempts as there are agents', () => {
    expect(told(call(house({ oneRound: 'yes' }), '400'))).toEqual([
      'queue 400 one of [101 102] 15/5 s for 35, hears default: timeout',
      'busy 17',
    ]);
    expect(queueOf(call(house({ oneRound: 'yes' }), '400', busy('101', '102'))).seconds).toBe(5);
    expect(queueOf(call(house({ oneRound: 'yes', maxWaitSeconds: '20' }), '400')).seconds).toBe(20);
  });
});

describe('what a caller of a queue hears', () => {
  const recording = { 6: { prompts: [{ file: 'custom/join', formats: ['wav'] }] } };

  test('an announcement first, which may be left out where an agent is free', () => {
    const model = (o: object) => house({ joinAnnouncement: '6', ...o }, undefined, { recording });
    expect(told(call(model({}), '400'))[0]).toBe('plays custom/join');
    expect(told(call(model({ skipsJoinAnnouncement: 'free' }), '400'))).toHaveLength(1);
    expect(told(call(model({ skipsJoinAnnouncement: 'free', members: [] }), '400'))[0]).toBe('plays custom/join');
    expect(told(call(model({ withoutAnswer: 'yes' }), '400'))[0]).toBe('plays custom/join early');
  });

  test('music of the queue, of the number that he dialled, or the default one where there is no such class', () => {
    const inbound = { 1: { did: '5551000', musicClass: 'waltz', destination: { to: 'queue', id: '400' } } };
    const model = (o: object) => house(o, undefined, { 'inbound-route': inbound, 'music-class': { waltz: {}, evening: {} } });
    const music = (o: object) => queueOf(walk(model(o), fromCarrier('5551000'), fromOutside('700', '', doing({})))).musicClass;
    expect([{}, { musicClass: 'evening' }, { musicClass: 'gone' }, { callersHear: 'ringing' }].map(music)).toEqual([
      'waltz',
      'evening',
      'default',
      null,
    ]);
  });

  test('that he is the next, in words of the queue', () => {
    const announces = (o: object) => queueOf(call(house(o), '400')).announces;
    const every = { announceSeconds: '30', announcePosition: 'yes' };
    expect(announces(every)).toEqual({ seconds: 30, afterSeconds: 0, prompts: ['queue-youarenext', 'queue-thankyou'] });
    expect(announces({ ...every, prompts: { 'queue-thankyou': '' } })?.prompts).toEqual(['queue-youarenext']);
    expect(announces({ announcePosition: 'yes' })).toBeNull();
    expect(announces({ periodicAnnounceSeconds: '40' })?.prompts).toEqual(['queue-periodic-announce']);
  });

  test('that he is the next, between two rounds and no more often than is set', () => {
    const heard = (o: object, does = {}) =>
      timeline(call(house({ announceSeconds: '30', announcePosition: 'yes', maxWaitSeconds: '70', ...o }), '400', does), TIMING).heard;
    const once = ['queue-youarenext', 'queue-thankyou'];
    // rounds begin at 0, 20, 42 and 62
    expect(heard({})).toEqual([...once, ...once]);
    expect(heard({ maxWaitSeconds: '20' })).toEqual([]);
    expect(heard({}, busy('101', '102'))).toEqual([...once, ...once]);
    expect(heard({ agentRingSeconds: '0' })).toEqual([]);
    expect(heard({ announceSeconds: '0', periodicAnnounceSeconds: '40' })).toEqual(['queue-periodic-announce']);
  });

  test('is recorded where the queue says so', () => {
    expect(timeline(call(house({ recordingFormat: 'wav' }), '400', { 'device/101': 'answer' }), TIMING).recorded).toBe(true);
    expect(timeline(call(house({}), '400', { 'device/101': 'answer' }), TIMING).recorded).toBe(false);
  });
});
const TIMING = { answerMs: 1000, refuseMs: 100, promptMs: 1000 };

test('queues that are agents of each other end', () => {
  const other = { name: 'R', strategy: 'ringall', members: [member('400')], maxWaitSeconds: '30' };
  const model = aModel({ queue: { 400: { ...other, members: [member('401')] }, 401: other } });
  expect(told(call(model, '400')).length).toBeGreaterThan(0);
});

describe('a key while waiting', () => {
  const menu = {
    ivr: {
      1: {
        name: 'out',
        entries: [
          { keys: '1', destination: { to: 'extension', id: '103', by: 'direct' } },
          { keys: '12', destination: BUSY },
        ],
      },
    },
  };
  const keyed = (keys: string, queue: object = {}, does: Parameters<typeof call>[2] = {}): string[] =>
    told(call(house({ breakoutIvr: '1', ...queue }, undefined, menu), '400', does, { keys: [keys] })).map((s) =>
      s.replace(/^queue.*: /, ''),
    );

  test('sends the caller where the menu of the queue has it', () => {
    expect(keyed('1')).toEqual(['leaves', 'rings 103 for ever: endless']);
  });
  test('counts once the first keys fit, and does nothing where they do not', () => {
    expect(keyed('12')).toEqual(['endless']);
    expect(keyed('9')).toEqual(['endless']);
    expect(keyed('1', { breakoutIvr: '7' })).toEqual(['endless']);
  });
  test('comes too late where an agent takes the call, or the wait is over before', () => {
    expect(keyed('1', {}, { 'device/101': 'answer' })).toEqual(['answered']);
    expect(keyed('1', { maxWaitSeconds: '4' })).toEqual(['timeout', 'busy 17']);
  });
});
