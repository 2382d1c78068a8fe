import { describe, expect, it } from 'vitest';
import { emptyModel } from '../../src/model/kinds.ts';
import type { CallResult } from '../../src/verify/calls/calls.ts';
import { verdictOf } from '../../src/verify/old/verdict.ts';
import type { Trace } from '../../src/verify/scenario.ts';
import { call, phone } from './a-scenario.ts';
import { EMPTY_TRACE } from './empty-trace.ts';

const scenario = call('code/1', phone('101'), '*60', []);
const result = (more: Partial<Trace>, trouble: string | null = null): CallResult => ({
  scenario,
  trace: { ...EMPTY_TRACE, through: ['from-internal'], ...more },
  differences: [],
  trouble,
  passed: true,
  atFirst: null,
  ms: 0,
  way: [],
});
const hears = (...heard: string[]): CallResult => result({ heard });
const lost = result({ through: [] });
const known = { model: emptyModel(), gaps: [] };
const verdict = (old: CallResult[], is: CallResult[]): string => {
  const [first, ...more] = old.flatMap((was, i) => (is[i] === undefined ? [] : [{ old: was, new: is[i] }]));
  return first === undefined ? '' : verdictOf([first, ...more], known).verdict;
};

describe('a call that was placed into both PBXs', () => {
  it('is the same where one of two tries went alike', () => {
    expect(verdict([hears('beep')], [hears('beep')])).toBe('same');
    expect(verdict([hears('beep'), hears('beep')], [hears(), hears('beep')])).toBe('same');
    expect(verdict([hears('beep'), hears('beep')], [hears('tone'), hears('tone')])).toBe('differs');
  });

  it('is not judged in what the old PBX does not do twice in the same way', () => {
    expect(verdict([hears('beep'), hears('other')], [hears('tone'), hears('tone')])).toBe('same');
  });

  it('differs where the lab never saw it on one side, whatever the other did, and one that is lost is no noise', () => {
    expect(verdict([lost, lost], [hears('beep'), hears('beep')])).toBe('differs');
    expect(verdict([lost], [lost])).toBe('same');
    expect(verdict([lost, hears('beep')], [hears('beep'), hears('beep')])).toBe('same');
    expect(verdict([lost, hears('beep')], [hears('tone'), hears('tone')])).toBe('differs');
  });

  it('is judged by the third time where the lab lost sight of it twice', () => {
    expect(verdict([hears('beep'), hears('beep'), hears('beep')], [lost, lost, hears('beep')])).toBe('same');
    expect(verdict([hears('beep'), hears('beep'), hears('beep')], [lost, lost, hears('tone')])).toBe('differs');
  });

  it('differs where one side could not be given it', () => {
    expect(verdict([result({}, 'no channel')], [hears()])).toBe('differs');
  });
});
