import { describe, expect, it } from 'vitest';
import { parseConf } from '../../../src/asterisk/conf.ts';
import { readDialplan } from '../../../src/asterisk/dialplan.ts';
import type { Climbed } from '../../../src/verify/load/climb.ts';
import { programPlaces, raiseFirst } from '../../../src/verify/load/raise-first.ts';
import type { LoadStep } from '../../../src/verify/load/step.ts';
import { stepAt } from './load-sample.ts';

const { costs } = stepAt(64);
const climbed = (steps: LoadStep[], end: Climbed['end'] = 'close'): Climbed => ({ name: 'new', capacity: 32, end, steps });
const over = (o: Parameters<typeof stepAt>[1]) => stepAt(64, { broken: ['p95 from answer to agent 900 ms, over 500 ms'], ...o });

describe('what to raise first', () => {
  it('is nothing where no storm broke the PBX', () => {
    expect(raiseFirst(climbed([stepAt(8), stepAt(16)], 'most'), [])).toEqual([]);
  });

  it('is the programs where they take much of a full CPU, and then the CPU', () => {
    const full = over({ costs: { ...costs, cpuPercent: 104, cpuMsPerCall: 16, programsCpuMsPerCall: 3 } });
    const [first, second, ...rest] = raiseFirst(climbed([full, stepAt(32)]), ['[dialler] custom.conf:3 System']);
    expect(first).toMatch(/^Programs .*3\.0 of its 16\.0 ms.* started in \[dialler\] custom\.conf:3 System\./);
    expect(second).toMatch(/^The processor: at 64 .*104 %/);
    expect(rest).toEqual([]);
  });

  it('is the CPU alone where programs take next to nothing, or nobody knows', () => {
    for (const programsCpuMsPerCall of [0.2, null]) {
      const full = over({ costs: { ...costs, cpuPercent: 104, cpuMsPerCall: 16, programsCpuMsPerCall } });
      expect(raiseFirst(climbed([full]), ['[dialler] custom.conf:3 System'])).toEqual([expect.stringMatching(/^The processor:/)]);
    }
  });

  it('is not the CPU where that was not full: then what broke is said', () => {
    const idle = over({ costs: { ...costs, cpuPercent: 40 } });
    expect(raiseFirst(climbed([idle]), [])).toEqual([expect.stringMatching(/not full \(40 %\).*p95 from answer to agent 900 ms/)]);
  });

  it('is fewer events where those waited', () => {
    const waited = over({
      costs: { ...costs, cpuPercent: 40 },
      backlog: { processor: 'stasis/m:manager:core-0000000d', depth: 9000, limit: 3000 },
    });
    expect(raiseFirst(climbed([waited]), [])[0]).toMatch(/^9000 tasks waited in stasis\/m:manager.*ami-user\.yaml/);
  });

  it('goes by the slowest storm that broke it, in whatever order they came', () => {
    const worst = stepAt(128, { broken: ['x'], costs: { ...costs, cpuPercent: 300 } });
    expect(raiseFirst(climbed([worst, over({ costs: { ...costs, cpuPercent: 99, programsCpuMsPerCall: null } })]), [])[0]).toContain(
      '99 %',
    );
  });

  it('is nothing of the PBX where the lab was short', () => {
    const short = stepAt(64, { inconclusive: 'too few agents for this rate' });
    expect(raiseFirst(climbed([short], 'short'), [])).toEqual([expect.stringContaining('too few agents')]);
  });
});

describe('where the dialplan starts programs', () => {
  const dialplan = readDialplan([
    parseConf(
      '[hook]\nexten => s,1,AGI(old.php,secret)\n same => n,AGI(agi://127.0.0.1/x)\n[dialler]\nexten => _X.,1,NoOp()\n same => n,TrySystem(/x --password=secret)\n',
      'custom.conf',
    ),
  ]);

  it('is told by context, file and line, the dialler first, and without what they are told', () => {
    expect(programPlaces(dialplan, { context: 'dialler' })).toEqual(['[dialler] custom.conf:6 TrySystem', '[hook] custom.conf:2 AGI']);
  });
});
