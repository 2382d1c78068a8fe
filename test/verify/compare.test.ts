import { describe, expect, it } from 'vitest';
import { ref } from '../../src/model/ref.ts';
import { compare } from '../../src/verify/calls/compare.ts';
import type { Leg, Scenario, Trace } from '../../src/verify/scenario.ts';
import { EMPTY_TRACE } from './empty-trace.ts';

const leg = (id: string, more: Partial<Leg> = {}): Leg => ({
  to: ref('device', id),
  dialled: id,
  order: 1,
  rangMs: 0,
  shown: { number: '125', name: 'Столовая' },
  answered: false,
  ...more,
});
const trace = (more: Partial<Trace> = {}): Trace => ({ ...EMPTY_TRACE, ...more });
const differences = (expected: Trace, seen: Trace, acts: Scenario['acts'] = []): string[] => {
  const scenario: Scenario = {
    id: 's',
    kind: 'x',
    about: [],
    at: null,
    caller: { as: 'extension', ref: null, number: '', name: '' },
    dial: '1',
    acts,
    before: { astdb: {} },
    claims: [],
    longestMs: 1,
    expect: expected,
  };
  return compare(scenario, seen).map((d) => d.what);
};
const row = { src: '125', dst: '101', disposition: 'ANSWERED', did: '', billsec: 3, recordingfile: '' };

describe('what was seen is held against what the model says', () => {
  it('agrees with itself', () => {
    const full = trace({ legs: [leg('101', { answered: true }), leg('102')], heard: ['beep'], musicClass: 'default', cdr: [row] });
    expect(differences(full, full)).toEqual([]);
  });

  it('does not hold against a call who ends it, and what begins behind a prompt during which the caller hangs up', () => {
    const expected = trace({ heard: ['day', 'bye'], end: { at: 'caller', cause: 16 }, further: true });
    const seen = trace({ heard: ['day', 'bye'], end: { at: 'hangup', cause: 16 }, musicClass: 'default', recorded: true });
    expect(differences(expected, seen)).toEqual([]);
    expect(differences({ ...expected, further: false }, seen)).toEqual(['music', 'end', 'recorded']);
    expect(differences({ ...expected, recorded: true, musicClass: 'hall' }, { ...seen, recorded: false })).toEqual(['music', 'recorded']);
  });

  it('takes in a circle whom a queue may ring there', () => {
    const some = { of: [leg('101')], atLeast: 1, answered: false };
    const circle = trace({ circles: true, some });
    expect(differences(circle, trace({ legs: [leg('101')] }))).toEqual([]);
    expect(differences(circle, trace({ legs: [leg('102')] }))).toEqual(['legs']);
    expect(differences(circle, trace({ legs: [leg('101')], end: { at: 'caller', cause: 16 } }))).toEqual([]);
  });

  it('asks for the cause only where the caller was not answered: else he does not notice it', () => {
    const [normal, busy] = [trace({ end: { at: 'hangup', cause: 16 } }), trace({ end: { at: 'hangup', cause: 17 } })];
    expect(differences(normal, busy)).toEqual(['end']);
    expect(differences({ ...normal, answeredFirst: true }, busy)).toEqual([]);
  });

  it('wants a caller who hangs up himself to have heard what he waited for', () => {
    const hangup = (nth?: number) => [
      { who: 'caller', when: { heard: 'menu', ...(nth === undefined ? {} : { nth }) }, afterMs: 0, do: 'hangup' } as const,
    ];
    const expected = trace({ heard: ['welcome', 'menu', 'menu', 'bye'], end: { at: 'caller', cause: 16 } });
    const seen = (...heard: string[]): Trace => trace({ heard, end: { at: 'caller', cause: 16 } });
    expect(differences(expected, seen('welcome', 'menu'), hangup())).toEqual([]);
    expect(differences(expected, seen('welcome', 'menu', 'menu', 'bye'), hangup(2))).toEqual([]);
    expect(differences(expected, seen('welcome', 'menu'), hangup(2))).toEqual(['heard']);
    expect(differences(expected, seen(), hangup())).toEqual(['heard']);
  });

  it('sees a telephone that did not ring, and one that must not', () => {
    expect(differences(trace({ legs: [leg('101')] }), trace())).toEqual(['legs']);
    expect(differences(trace(), trace({ legs: [leg('101')] }))).toEqual(['legs']);
  });

  it('does not mind one that may not have come to ring', () => {
    expect(differences(trace({ legs: [leg('101', { perhaps: true })] }), trace())).toEqual([]);
  });

  it('does not count rounds in a circle, but minds who is rung there', () => {
    const circle = trace({ circles: true, legs: [leg('101'), leg('102', { order: 2 }), leg('101', { order: 3 })] });
    expect(differences(circle, trace({ legs: [leg('101'), leg('102'), leg('101'), leg('102'), leg('101')] }))).toEqual([]);
    expect(differences(circle, trace({ legs: [leg('101')] }))).toEqual(['legs']);
    expect(differences(circle, trace({ legs: [leg('101'), leg('102'), leg('103')] }))).toEqual(['legs']);
  });

  it('sees another name on the display, and a call that nobody was to answer', () => {
    expect(differences(trace({ legs: [leg('101')] }), trace({ legs: [leg('101', { shown: { number: '125', name: '' } })] }))).toEqual([
      'shown',
    ]);
    expect(differences(trace({ legs: [leg('101')] }), trace({ legs: [leg('101', { answered: true })] }))).toEqual(['legs']);
  });

  it('does not mind who of those that ring together came first, but minds the order of rounds', () => {
    expect(differences(trace({ legs: [leg('101'), leg('102')] }), trace({ legs: [leg('102'), leg('101', { order: 2 })] }))).toEqual([]);
    const rounds = trace({ legs: [leg('101'), leg('102', { order: 2 })] });
    expect(differences(rounds, trace({ legs: [leg('102'), leg('101', { order: 2 })] }))).toEqual(['order']);
    expect(differences(rounds, trace({ legs: [leg('101'), leg('102')] }))).toEqual(['order']);
  });

  it('sees a ring time that is seconds off', () => {
    expect(differences(trace({ legs: [leg('101', { rangMs: 15_000 })] }), trace({ legs: [leg('101', { rangMs: 16_000 })] }))).toEqual([]);
    expect(differences(trace({ legs: [leg('101', { rangMs: 15_000 })] }), trace({ legs: [leg('101', { rangMs: 30_000 })] }))).toEqual([
      'ring time',
    ]);
  });

  it('takes the beginning of the prompts where the caller hung up, and all of them otherwise', () => {
    const cut = { at: 'caller', cause: 16 } as const;
    expect(differences(trace({ heard: ['a', 'b'], end: cut }), trace({ heard: ['a'], end: cut }))).toEqual([]);
    expect(differences(trace({ heard: ['a', 'b'], end: cut }), trace({ heard: ['b'], end: cut }))).toEqual(['heard']);
    expect(differences(trace({ heard: ['a', 'b'] }), trace({ heard: ['a'] }))).toEqual(['heard']);
  });

  it('sees another end, a recording that is missing, music that is not there, keys that were lost', () => {
    expect(differences(trace(), trace({ end: { at: 'hangup', cause: 17 } }))).toEqual(['end']);
    expect(differences(trace(), trace({ end: { at: 'caller', cause: 16 } }))).toEqual(['end']);
    const taken = trace({ legs: [leg('101', { answered: true })] });
    expect(differences(taken, { ...taken, end: { at: 'hangup', cause: 17 } })).toEqual([]);
    expect(differences(trace({ recorded: true }), trace())).toEqual(['recorded']);
    expect(differences(trace({ musicClass: 'default' }), trace())).toEqual(['music']);
    expect(differences(trace({ keys: '12' }), trace({ keys: '1' }))).toEqual(['keys']);
  });

  it('lets a queue pick among those who may be rung, as often as it likes, and nobody else', () => {
    const some = { of: [leg('101'), leg('102')], atLeast: 1, answered: false };
    expect(differences(trace({ some }), trace({ legs: [leg('102'), leg('101', { order: 2 }), leg('102', { order: 3 })] }))).toEqual([]);
    expect(differences(trace({ some }), trace({ legs: [leg('101'), leg('103')] }))).toEqual(['legs']);
    expect(differences(trace({ some }), trace())).toEqual(['legs']);
    expect(differences(trace({ some }), trace({ legs: [leg('101', { shown: { number: '1', name: '' } })] }))).toEqual(['shown']);
    expect(differences(trace({ legs: [leg('104')], some }), trace({ legs: [leg('104'), leg('101')] }))).toEqual([]);
    expect(differences(trace({ legs: [leg('104')], some }), trace({ legs: [leg('101')] }))).toEqual(['legs']);
  });

  it('lets several take the call of a queue only in the same moment', () => {
    const some = { of: [leg('101'), leg('102')], atLeast: 1, answered: true };
    const took = (second: Partial<Trace['legs'][number]>): Trace =>
      trace({ legs: [leg('101', { answered: true, rangMs: 1001 }), leg('102', { answered: true, ...second })] });
    expect(differences(trace({ some }), took({ rangMs: 1004 }))).toEqual([]);
    expect(differences(trace({ some }), took({ rangMs: 3000 }))).toEqual(['legs']);
    expect(differences(trace({ some }), took({ rangMs: 1004, order: 2 }))).toEqual(['legs']);
  });

  it('wants one of those whom a queue picked to take the call, or none, and none rung for too long', () => {
    const some = { of: [leg('101', { rangMs: 15_000 }), leg('102', { rangMs: 15_000 })], atLeast: 1, answered: true };
    const took = leg('102', { answered: true, rangMs: 1000 });
    expect(differences(trace({ some }), trace({ legs: [leg('101', { rangMs: 3000 }), took] }))).toEqual([]);
    expect(differences(trace({ some }), trace({ legs: [leg('101')] }))).toEqual(['legs']);
    expect(differences(trace({ some }), trace({ legs: [took, leg('101', { answered: true })] }))).toEqual(['legs']);
    expect(differences(trace({ some: { ...some, answered: false } }), trace({ legs: [took] }))).toEqual(['legs']);
    expect(differences(trace({ some }), trace({ legs: [leg('101', { rangMs: 30_000 }), took] }))).toEqual(['ring time']);
  });

  it('sees a state of the PBX that did not change as it should', () => {
    const wanted = trace({ astdb: { 'CF/101': '102', 'DND/101': null } });
    expect(differences(wanted, trace({ astdb: { 'CF/101': '102', 'DND/101': null } }))).toEqual([]);
    expect(differences(wanted, trace({ astdb: { 'CF/101': '103', 'DND/101': 'YES' } }))).toEqual(['astdb', 'astdb']);
    expect(differences(wanted, trace())).toEqual(['astdb', 'astdb']);
  });

  it('wants every call record that the model is sure of, once each', () => {
    expect(differences(trace({ cdr: [row, row] }), trace({ cdr: [row] }))).toEqual(['cdr']);
    expect(differences(trace({ cdr: [row] }), trace({ cdr: [{ ...row, disposition: 'BUSY' }] }))).toEqual(['cdr']);
    expect(differences(trace({ cdr: [row] }), trace({ cdr: [row, { ...row, dst: '9' }] }))).toEqual([]);
  });
});
