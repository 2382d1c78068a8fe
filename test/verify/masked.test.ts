import { expect, test } from 'vitest';
import { ref } from '../../src/model/ref.ts';
import { masked } from '../../src/verify/calls/masked.ts';
import type { Act } from '../../src/verify/scenario.ts';
import { call, phone } from './a-scenario.ts';

const keyed: Act = { who: 'caller', when: 'answered', afterMs: 0, do: { keys: '4711#', secret: true } };
const open: Act = { who: 'caller', when: 'answered', afterMs: 0, do: { keys: '4711' } };
const result = (acts: readonly Act[], way: readonly string[], more = {}) => ({
  scenario: call('x', phone('101'), '*280', acts, more),
  trace: null,
  differences: [],
  trouble: null,
  passed: false,
  atFirst: null,
  ms: 1,
  way,
});

test('no PIN that a caller keys gets into a report, nor the one that another call was compared with', () => {
  const earlier = { caller: phone('102'), dial: '800', acts: [keyed], longestMs: 1, until: 'answered', afterMs: 0 } as const;
  const before = { astdb: {}, calls: [earlier] };
  const shown = masked([
    result([open], ['ctx,s,1 GotoIf($["0000" = "4711"]?in)', 'ctx,s,2 Dial(PJSIP/47110)']),
    result([], [], { before, after: [earlier], claims: [{ ref: ref('queue', '4'), mode: 'shared' }] }),
  ]);
  expect(shown[0]?.way).toEqual(['ctx,s,1 GotoIf($["0000" = "****"]?in)', 'ctx,s,2 Dial(PJSIP/47110)']);
  expect(JSON.stringify(shown[1])).not.toContain('4711');
  expect(shown[1]?.scenario.before.calls?.[0]?.acts[0]?.do).toEqual({ keys: '****', secret: true });
});

test('keys that are no secret are shown', () => {
  expect(masked([result([open], ['ctx,4711,1 NoOp(4711)'])])[0]).toMatchObject({
    scenario: { acts: [open] },
    way: ['ctx,4711,1 NoOp(4711)'],
  });
});

test('no password that stands in the dialplan gets into a report, and no longer word that has it in it is cut', () => {
  const way = ['ctx,s,1 Set(CURLOPT(userpwd)=crm:s3cret)', 'ctx,s,2 Goto(s3cretary,1)'];
  expect(masked([result([], way)], ['s3cret'])[0]?.way).toEqual(['ctx,s,1 Set(CURLOPT(userpwd)=crm:****)', 'ctx,s,2 Goto(s3cretary,1)']);
});
