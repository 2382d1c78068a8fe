import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromOutside } from '../../src/model/walk/situation.ts';
import type { Step } from '../../src/model/walk/step.ts';
import { timeline } from '../../src/model/walk/timeline.ts';
import { walk } from '../../src/model/walk.ts';
import { aModel, houseOf } from './a-model.ts';

const KINDS = ['ivr', 'queue', 'ring-group', 'time-condition', 'call-flow', 'announcement', 'conference'] as const;
const somewhere = fc.oneof(
  fc.record({ to: fc.constantFrom(...KINDS), id: fc.constantFrom('1', '2', '3') }),
  fc.record({ to: fc.constant('extension'), id: fc.constantFrom('101', '102', '999'), by: fc.constantFrom('follow-me', 'direct') }),
  fc.constant({ to: 'number', context: 'from-internal', number: '2' }),
);
const yes = fc.constantFrom('yes', 'no');
const few = fc.constantFrom('0', '1', '3');
const failure = fc.record({ retries: few, next: somewhere, returns: yes });
const members = fc.array(fc.record({ number: fc.constantFrom('101', '102', '1', '2', '3'), penalty: few }), { maxLength: 4 });
const objects = <T>(of: fc.Arbitrary<T>) => fc.record({ 1: of, 2: of, 3: of });

const box = fc.record({
  ivr: objects(
    fc.record({
      timeoutSeconds: few,
      directDial: yes,
      sharesRetries: yes,
      entries: fc.array(fc.record({ keys: fc.constantFrom('1', '2', '10'), destination: somewhere, returns: yes })),
      timeout: failure,
      invalid: failure,
    }),
  ),
  queue: objects(
    fc.record({
      name: fc.constant('Q'),
      strategy: fc.constantFrom('ringall', 'rrmemory'),
      members,
      maxWaitSeconds: few,
      oneRound: yes,
      joinEmpty: fc.constantFrom('yes', 'no', 'strict', 'x'),
      next: somewhere,
      reaches: fc.constantFrom('as-dialled', 'no-forwards', 'extensions-only'),
    }),
  ),
  'ring-group': objects(
    fc.record({
      strategy: fc.constantFrom('ringall', 'hunt', 'memoryhunt'),
      ringSeconds: few,
      members: fc.array(fc.record({ number: fc.constantFrom('101', '1', '2') }), { maxLength: 3 }),
      noAnswer: somewhere,
    }),
  ),
  'time-condition': objects(fc.record({ whenMatched: somewhere, otherwise: somewhere })),
  'call-flow': objects(fc.record({ day: somewhere, night: somewhere, state: fc.constantFrom('day', 'night') })),
  announcement: objects(fc.record({ returnsToIvr: yes, allowsSkip: yes, repeatKey: fc.constantFrom('', '1'), next: somewhere })),
  conference: objects(fc.record({ asksUserPin: yes, maxUsers: few })),
});

/** A walk ends where the caller has come to somebody or something, or the PBX has ended his call. */
const ENDS: readonly Step['do'][] = ['ring', 'dial-out', 'queue', 'conference', 'voicemail', 'sound', 'tone', 'end'];

describe('whatever leads to whatever', () => {
  test('every call ends, and its times can be told', () => {
    const key = fc.constantFrom('', '1', '2', '7', '10', '101', '1234#');
    fc.assert(
      fc.property(box, somewhere, fc.array(key), fc.constantFrom('answer', 'ignore', 'busy', 'offline'), (o, from, keys, does) => {
        const model = aModel({ ...houseOf({ 101: {}, 102: {} }), ...o });
        const steps = walk(model, from as never, fromOutside('700', '', { keys, phones: () => does as 'answer' }));
        expect(ENDS).toContain(steps.at(-1)?.do);
        const laid = timeline(steps, { answerMs: 1000, refuseMs: 100, promptMs: 1000 });
        expect(laid.endMs === null || Number.isFinite(laid.endMs)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
