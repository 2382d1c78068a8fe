import { describe, expect, it } from 'vitest';
import type { Ami } from '../../../src/asterisk/ami.ts';
import { backlogsOf, worstBacklog } from '../../../src/verify/load/backlog.ts';

const HEAD = 'Processor      Processed   In Queue  Max Depth  Low water High water Low time(us) High time(us)';
const OF_22 = `\n${HEAD}\npjsip/distributor-00000022   812   0   120   450   500   3   2840\nstasis/m:manager:core-00000007   99   1   4100   2700   3000   0   0\n\n2 taskprocessors\n`;
const OF_16 =
  'Processor  Processed   In Queue  Max Depth  Low water High water\nsubp:PJSIP/101-0000002a   5   0   2   450   500\n\n1 taskprocessors\n';

const told = (said: string) => ({ command: async () => said }) as unknown as Ami;

describe('queues inside Asterisk', () => {
  it('are read with the times of 22 and without them', () => {
    expect(backlogsOf(OF_22)).toEqual([
      { processor: 'pjsip/distributor-00000022', depth: 120, limit: 500 },
      { processor: 'stasis/m:manager:core-00000007', depth: 4100, limit: 3000 },
    ]);
    expect(backlogsOf(OF_16)).toEqual([{ processor: 'subp:PJSIP/101-0000002a', depth: 2, limit: 500 }]);
  });

  it('the worst is the one nearest to its own limit', async () => {
    expect((await worstBacklog(told(OF_22)))?.processor).toBe('stasis/m:manager:core-00000007');
    expect(await worstBacklog(told("No such command 'core show taskprocessors'"))).toBeNull();
  });
});
