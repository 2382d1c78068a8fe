import { describe, expect, it } from 'vitest';
import { type Counters, costsOf } from '../../../src/verify/load/costs.ts';

const BEFORE: Counters = {
  pbxCpuSeconds: 10,
  asteriskCpuSeconds: 9,
  pbxMemoryMiB: 60,
  databaseCpuSeconds: 2,
  worldCpuSeconds: 5,
  threads: 60,
  writes: 1000,
  statements: 400,
  fsyncs: 10,
};
const AFTER: Counters = {
  pbxCpuSeconds: 12,
  asteriskCpuSeconds: 10.6,
  pbxMemoryMiB: 90,
  databaseCpuSeconds: 2.1,
  worldCpuSeconds: 6,
  threads: 70,
  writes: 1500,
  statements: 600,
  fsyncs: 15,
};

describe('what a call cost', () => {
  it('is what the counters rose by, without what the PBX takes by itself', () => {
    expect(costsOf(BEFORE, AFTER, { calls: 100, rate: 10, idleCpuSeconds: 0.5 })).toEqual({
      cpuMsPerCall: 15,
      programsCpuMsPerCall: expect.closeTo(4),
      cpuPercent: 15,
      databaseCpuMsPerCall: expect.closeTo(1),
      worldCpuMsPerCall: 10,
      memoryMiB: 90,
      threads: 70,
      writesPerCall: 5,
      statementsPerCall: 2,
      fsyncsPerCall: 0.05,
    });
  });

  it('is not known where a counter cannot be read, and nothing where there was no call', () => {
    const blind = { asteriskCpuSeconds: null, writes: null, statements: null, fsyncs: null };
    expect(costsOf({ ...BEFORE, ...blind }, { ...AFTER, ...blind }, { calls: 100, rate: 10, idleCpuSeconds: 0 })).toMatchObject({
      programsCpuMsPerCall: null,
      writesPerCall: null,
      statementsPerCall: null,
    });
    const none = costsOf(BEFORE, AFTER, { calls: 0, rate: 0, idleCpuSeconds: 3 });
    expect([none.cpuMsPerCall, none.cpuPercent, none.statementsPerCall]).toEqual([0, 0, null]);
  });

  it('is never less than nothing, however busy an idle PBX was', () => {
    expect(costsOf(BEFORE, AFTER, { calls: 10, rate: 1, idleCpuSeconds: 9 }).cpuMsPerCall).toBe(0);
  });
});
