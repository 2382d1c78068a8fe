import { expect, test } from 'vitest';
import { ref } from '../../src/model/ref.ts';
import type { NumberLeg, PartyLeg, RingLeg, Step } from '../../src/model/walk/step.ts';
import { expectation } from '../../src/verify/scenarios/expectation.ts';

const placed = { src: '101', dst: '102', did: '' };
const busy: Step = { do: 'tone', tone: 'busy', cause: 17 };
const answer: Step = { do: 'wait', seconds: 0, answers: true };

test('a busy tone ends a call with its cause only where nothing has answered it before', () => {
  expect(expectation([busy], placed, 'en').end).toEqual({ at: 'hangup', cause: 17 });
  expect(expectation([answer, busy], placed, 'en').end).toEqual({ at: 'hangup', cause: 16 });
});

const party = (id: string): PartyLeg => ({
  kind: 'party',
  to: ref('device', id),
  dialled: id,
  shown: { number: '101', name: '' },
  does: 'ignore',
});
const number = (steps: Step[], ending: 'answered' | 'congestion'): NumberLeg => ({ kind: 'number', number: '9', steps, ending });

test('who begins to ring when the PBX itself has answered may not come to that', () => {
  const rings = (first: Step): boolean => {
    const legs = [number([first], 'answered'), party('102')];
    const [leg] = expectation(
      [{ do: 'ring', by: ref('ring-group', '1'), legs, seconds: 20, musicClass: null, result: 'answered' }],
      placed,
      'en',
    ).legs;
    return leg?.perhaps === true;
  };
  expect(rings(answer)).toBe(true);
});

test('nobody can tell what comes of a queue whose agent leads back to it', () => {
  const inLine = (steps: Step[]): Step => ({
    do: 'queue',
    by: ref('queue', '400'),
    legs: [number(steps, 'congestion'), party('102')],
    some: false,
    agentSeconds: 15,
    retrySeconds: 5,
    seconds: null,
    musicClass: null,
    announces: null,
    result: 'endless',
  });
  expect(expectation([inLine([])], placed, 'en').open).toBeUndefined();
  expect(expectation([inLine([{ do: 'leave-out', who: '400', because: 'within-itself' }])], placed, 'en').open).toBe(true);
});

test('a tone behind a queue is only heard, and so is one after vain tries that rang nobody', () => {
  const nobody: Step = {
    do: 'queue',
    by: ref('queue', '400'),
    legs: [],
    some: false,
    agentSeconds: 15,
    retrySeconds: 5,
    seconds: 30,
    musicClass: null,
    announces: null,
    result: 'timeout',
  };
  expect(expectation([answer, nobody, busy], placed, 'en').end).toEqual({ at: 'hangup', cause: 16 });
  expect(expectation([answer, { ...nobody, legs: [party('102')] }, busy], placed, 'en').end).toEqual({ at: 'hangup', cause: 16 });
  const rings = (legs: RingLeg[]): Step => ({
    do: 'ring',
    by: ref('ring-group', '1'),
    legs,
    seconds: 20,
    musicClass: null,
    result: 'busy',
  });
  expect(expectation([answer, rings([]), busy], placed, 'en').end).toEqual({ at: 'hangup', cause: 16 });
  expect(expectation([answer, rings([party('102')]), busy], placed, 'en').end).toEqual({ at: 'hangup', cause: 17 });
  const rang: Step = { ...rings([party('102')]), result: 'no-answer' } as Step;
  expect(expectation([rang, answer, busy], placed, 'en').end).toEqual({ at: 'hangup', cause: 16 });
  expect(expectation([answer, rang, busy], placed, 'en').end).toEqual({ at: 'hangup', cause: 17 });
});

test('a queue whose agent leads to a question for a PIN joins the caller with that question, and nobody ends the talk but he', () => {
  const asks: Step = {
    do: 'ask',
    by: ref('outbound-route', '1'),
    prompts: ['agent-pass'],
    keys: '',
    seconds: 10,
    settleSeconds: 0,
    early: false,
  };
  const inLine = (legs: readonly RingLeg[], some = false): Step => ({
    do: 'queue',
    by: ref('queue', '500'),
    legs,
    some,
    agentSeconds: 15,
    retrySeconds: 5,
    seconds: null,
    musicClass: null,
    announces: null,
    result: 'answered',
  });
  const pin = number([asks], 'answered');
  const slow: RingLeg = { ...party('102'), does: 'answer' };
  const all = [answer, inLine([slow, pin])];
  const { some, end, further, open } = expectation(all, placed, 'en');
  expect([some?.atLeast, some?.answered, end.at, further, open]).toEqual([0, false, 'caller', true, undefined]);
  // one who answers sooner has the caller, and whom a queue picks first is chance
  const later = number([{ do: 'wait', seconds: 5, answers: false }, asks], 'answered');
  expect(expectation([answer, inLine([slow, later])], placed, 'en').some?.answered).toBe(true);
  expect(expectation([answer, inLine([slow, pin], true)], placed, 'en').open).toBe(true);
});

test('who hangs up during a prompt may be further where it is short: who rings after it rings perhaps', () => {
  const prompt: Step = { do: 'play', prompts: ['custom/day'], early: false };
  const rings: Step = { do: 'ring', by: ref('ring-group', '1'), legs: [party('102')], seconds: 20, musicClass: null, result: 'no-answer' };
  const cut = expectation([answer, prompt], placed, 'en', { beyond: [rings, { do: 'end', cause: 16 }] });
  expect(cut.legs.map((l) => [l.to, l.perhaps, l.rangMs])).toEqual([[ref('device', '102'), true, 0]]);
  expect(cut.further).toBe(true);
  expect(expectation([answer, prompt, rings], placed, 'en').further).toBeUndefined();
});
