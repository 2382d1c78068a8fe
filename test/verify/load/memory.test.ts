import { describe, expect, it } from 'vitest';
import { grows, memoryOf, watchMemory } from '../../../src/verify/load/memory.ts';

const never = new AbortController().signal;

describe('memory of a PBX while it works', () => {
  it('is judged when it is warm: the first quarter of the time is not', () => {
    expect(memoryOf([40, 60, 100, 101, 102, 101, 103, 102])).toEqual({ warmMiB: 101, lastMiB: 103 });
    expect(memoryOf([40, 60, 100])).toBeNull();
  });

  it('grows where a tenth of it and sixteen megabytes came on top', () => {
    expect(grows({ warmMiB: 100, lastMiB: 117 })).toEqual(['memory grows from 100 to 117 MiB']);
    expect(grows({ warmMiB: 100, lastMiB: 115 })).toEqual([]);
    expect(grows({ warmMiB: 400, lastMiB: 435 })).toEqual([]);
    expect(grows(null)).toEqual([]);
  });

  it('is looked at until what goes on is over', async () => {
    let looked = 0;
    const pbx = { usage: async () => ({ cpuSeconds: 0, memoryMiB: 100 + looked++ }) };
    const going = new Promise<string>((resolve) => setTimeout(() => resolve('done'), 100));
    const { came, memory } = await watchMemory(pbx, going, never, 2);
    expect(came).toBe('done');
    expect(memory?.lastMiB).toBeGreaterThan(memory?.warmMiB ?? Number.POSITIVE_INFINITY);
    const failed = watchMemory(pbx, Promise.reject(new Error('lost')), never, 2);
    await expect(failed).rejects.toThrow('lost');
  });
});
