import { describe, expect, it } from 'vitest';
import { emptyResult, resultDocument, whatWasFound } from '../../src/cli/result.ts';
import { finished } from './finished.ts';

describe('the --json document', () => {
  it('holds null for every stage that did not run', () => {
    expect(resultDocument.parse(emptyResult())).toMatchObject({
      schema: 1,
      model: null,
      ledger: null,
      render: null,
      static: null,
      calls: null,
    });
  });

  it('of a whole rehearsal is of the shape that is promised', () => {
    expect(resultDocument.safeParse(finished()).success).toBe(true);
  });

  it('refuses a ledger whose rows are not the sum of their fates', () => {
    const r = finished();
    if (r.ledger !== null) r.ledger.rows++;
    expect(resultDocument.safeParse(r).error?.issues[0]?.message).toContain('sum of their fates');
  });

  it('refuses calls of which some are neither passed, failed nor skipped', () => {
    const r = finished();
    if (r.calls !== null) r.calls.planned++;
    expect(resultDocument.safeParse(r).success).toBe(false);
  });
});

describe('what ends with status 1', () => {
  it('is nothing where every call passed, whatever the findings say', () => {
    expect(whatWasFound(finished(), false)).toEqual([]);
  });

  it('is a failed call, a warning without explanation, a mismatch, and a row that was lost', () => {
    const r = finished();
    Object.assign(r.calls ?? {}, { failed: 2, passed: 8 });
    Object.assign(r.static ?? {}, { unexplained: 1, mismatches: 3 });
    Object.assign(r.ledger ?? {}, { unaccounted: 1, carried: 99 });
    expect(whatWasFound(r, false)).toHaveLength(4);
    expect(whatWasFound(r, false)).toContain('2 failed calls');
  });

  it('is a call that differs from the old PBX, and an old PBX that could not be called', () => {
    const against = { same: 40, expected: 2, differs: 1, newAlone: 3, trouble: null };
    expect(whatWasFound({ ...finished(), against }, false)).toEqual(['1 call that differs from the old PBX']);
    expect(whatWasFound({ ...finished(), against: { ...against, differs: 0 } }, false)).toEqual([]);
    const none = { same: 0, expected: 0, differs: 0, newAlone: 0, trouble: 'it does not start' };
    expect(whatWasFound({ ...finished(), against: none }, false)).toEqual(['no comparison with the old PBX: it does not start']);
  });

  it('is a storm that the PBX does not bear, and one that could not be sent though it was asked for', () => {
    const load = { capacity: 12, cpuMsPerCall: 14, failed: [], trouble: null };
    expect(whatWasFound({ ...finished(), load }, false)).toEqual([]);
    expect(whatWasFound({ ...finished(), load: { ...load, failed: ['too slow'] } }, false)).toEqual(['load: too slow']);
    const none = { capacity: null, cpuMsPerCall: null, failed: [], trouble: 'nobody to call' };
    expect(whatWasFound({ ...finished(), load: none }, false)).toEqual(['no load test: nobody to call']);
  });

  it('is a broken destination under --strict alone', () => {
    const r = finished({ findings: { error: 0, warning: 1, info: 9 } });
    expect(whatWasFound(r, false)).toEqual([]);
    expect(whatWasFound(r, true)).toEqual(['1 finding (--strict)']);
    expect(whatWasFound(finished({ findings: { error: 0, warning: 0, info: 9 } }), true)).toEqual([]);
  });
});
