import { describe, expect, it } from 'vitest';
import { ref } from '../../src/model/ref.ts';
import { compareSides } from '../../src/verify/old/compare-sides.ts';
import type { Leg, Scenario, Trace } from '../../src/verify/scenario.ts';
import { call, phone } from './a-scenario.ts';
import { EMPTY_TRACE } from './empty-trace.ts';

const leg = (id: string, more: Partial<Leg> = {}): Leg => ({
  to: ref('device', id),
  dialled: id,
  order: 1,
  rangMs: 4000,
  shown: { number: '101', name: 'Anna' },
  answered: false,
  ...more,
});
const trace = (more: Partial<Trace>): Trace => ({ ...EMPTY_TRACE, ...more });
const scenario = (expected: Partial<Trace> = {}): Scenario => call('group/600', phone('101'), '600', [], { expect: trace(expected) });
const whats = (s: Scenario, was: Partial<Trace>, is: Partial<Trace>): string[] => compareSides(s, trace(was), trace(is)).map((d) => d.what);

describe('the same call in the old PBX and in the new one', () => {
  it('is the same where the same telephones ring with the same name, whatever the dialplan took', () => {
    const was = { legs: [leg('102'), leg('103')], stepsToDial: 158, through: ['macro-dial', 'ext-group'] };
    const is = { legs: [leg('103'), leg('102')], stepsToDial: 11, through: ['ring-group'] };
    expect(whats(scenario(), was, is)).toEqual([]);
  });

  it('differs where a telephone does not ring, another does, or a name is shown otherwise', () => {
    expect(whats(scenario(), { legs: [leg('102'), leg('103')] }, { legs: [leg('102')] })).toEqual(['legs']);
    expect(whats(scenario(), { legs: [leg('102')] }, { legs: [leg('102'), leg('104')] })).toEqual(['legs']);
    const shown = { number: '101', name: 'Sales:Anna' };
    expect(whats(scenario(), { legs: [leg('102', { shown })] }, { legs: [leg('102')] })).toEqual(['shown']);
  });

  it('differs where state is kept no longer, but for marks of the call that is under way', () => {
    expect(whats(scenario(), { wrote: ['CALLTRACE/101', 'RG/600/SIP/101-1'] }, { wrote: [] })).toEqual(['astdb']);
    expect(whats(scenario(), { wrote: ['CALLTRACE/101', 'RG/600/SIP/101-1'] }, { wrote: ['CALLTRACE/101', 'DND/102'] })).toEqual([]);
  });

  it('differs where a telephone rings longer than it did', () => {
    expect(whats(scenario(), { legs: [leg('102')] }, { legs: [leg('102', { rangMs: 15_000 })] })).toEqual(['ring time']);
  });

  it('hears the same prompt by its whole path, in a folder of its language, and with other silence before it', () => {
    const was = { heard: ['/var/lib/asterisk/sounds/custom/menu', 'silence/1', 'ru/digits/1'] };
    expect(whats(scenario(), was, { heard: ['custom/menu', 'digits/1'] })).toEqual([]);
    expect(whats(scenario(), was, { heard: ['custom/closed', 'digits/1'] })).toEqual(['heard']);
  });

  it('is compared as far as there was time, where the caller hangs up', () => {
    const end = { at: 'caller' as const, cause: 16 };
    expect(whats(scenario(), { heard: ['a', 'b'], end }, { heard: ['a', 'b', 'c'], end })).toEqual([]);
    expect(whats(scenario(), { heard: ['a', 'b'], end }, { heard: ['a', 'x'], end })).toEqual(['heard']);
    expect(whats(scenario(), { heard: ['a', 'b'] }, { heard: ['a', 'b', 'c'] })).toEqual(['heard']);
  });

  it('does not differ by whom of its members a queue picks, but by who is no member', () => {
    const s = scenario({ some: { of: [leg('102', { dialled: '' }), leg('103', { dialled: '' })], atLeast: 1, answered: false } });
    expect(whats(s, { legs: [leg('102')] }, { legs: [leg('103'), leg('102')] })).toEqual([]);
    expect(whats(s, { legs: [leg('102')] }, { legs: [leg('104')] })).toContain('legs');
  });

  it('has the row of its call in both records or in neither; rows of Local channels do not count', () => {
    const row = { src: '101', dst: '600', disposition: 'ANSWERED', did: '', billsec: 3, recordingfile: '' };
    const local = { ...row, dst: '102' };
    expect(whats(scenario({ cdr: [row] }), { cdr: [row, local] }, { cdr: [row] })).toEqual([]);
    expect(whats(scenario({ cdr: [row] }), { cdr: [row] }, { cdr: [local] })).toEqual(['cdr']);
    expect(whats(scenario({ cdr: [row] }), { cdr: [local] }, { cdr: [] })).toEqual([]);
  });

  it('differs by its end, by what is recorded and by what is left in AstDB', () => {
    expect(whats(scenario(), { end: { at: 'hangup', cause: 17 } }, {})).toEqual(['end']);
    expect(whats(scenario(), { recorded: true }, {})).toEqual(['recorded']);
    expect(whats(scenario(), { astdb: { 'DND/101': 'YES' } }, { astdb: { 'DND/101': null } })).toEqual(['astdb']);
  });
});
