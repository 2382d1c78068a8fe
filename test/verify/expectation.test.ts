import { expect, test } from 'vitest';
import type { Step } from '../../src/model/walk/step.ts';
import { expectation } from '../../src/verify/scenarios/expectation.ts';

const placed = { src: '101', dst: '102', did: '' };
const busy: Step = { do: 'tone', tone: 'busy', cause: 17 };
const answer: Step = { do: 'wait', seconds: 0, answers: true };

test('a busy tone ends a call with its cause only where nothing has answered it before', () => {
  expect(expectation([busy], placed, 'en').end).toEqual({ at: 'hangup', cause: 17 });
  expect(expectation([answer, busy], placed, 'en').end).toEqual({ at: 'hangup', cause: 16 });
});
