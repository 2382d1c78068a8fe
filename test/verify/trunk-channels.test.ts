import { expect, it } from 'vitest';
import { ref } from '../../src/model/ref.ts';
import type { Scenario } from '../../src/verify/scenario.ts';
import { spreadOverChannels } from '../../src/verify/scenarios/trunk-channels.ts';
import { aModel } from '../model/a-model.ts';
import { call as calling, phone } from './a-scenario.ts';

const model = aModel({ trunk: { 1: { technology: 'sip', name: 'one', peer: 'one', host: 'one.example', maxChannels: '3' } } });
const call = (id: string, longestMs: number, ...channels: number[]): Scenario => ({
  ...calling(id, phone('101'), '05551', []),
  longestMs,
  claims: [
    { ref: ref('trunk', '1'), mode: 'shared' },
    ...channels.map((n) => ({ ref: ref('trunk', `1#${n}`), mode: 'exclusive' as const })),
  ],
});
const channelsOf = (s: Scenario): string[] => s.claims.map((c) => c.ref.id).filter((id) => id.includes('#'));

it('calls by one trunk wait no longer for its channels than they must', () => {
  const spread = spreadOverChannels(model, [call('a', 9, 2), call('b', 5, 2), call('c', 4, 2), call('d', 3, 2)]);
  expect(spread.map(channelsOf)).toEqual([['1#1'], ['1#2'], ['1#3'], ['1#3']]);
  expect(spread.map((s) => s.claims.length)).toEqual([2, 2, 2, 2]);
});

it('a call that takes all channels of a trunk keeps them', () => {
  const spread = spreadOverChannels(model, [call('full', 9, 1, 2, 3), call('b', 5, 1)]);
  expect(spread.map(channelsOf)).toEqual([['1#1', '1#2', '1#3'], ['1#1']]);
});
