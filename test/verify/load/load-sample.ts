import { USUAL_SHARES } from '../../../src/verify/load/fate.ts';
import type { StormFigures } from '../../../src/verify/load/figures.ts';
import type { Load } from '../../../src/verify/load/load.ts';
import type { LoadStep } from '../../../src/verify/load/step.ts';
import { USUAL_THRESHOLDS } from '../../../src/verify/load/thresholds.ts';

/** A storm that went well, but for what `o` says. */
export function stepAt(rate: number, o: Partial<Omit<LoadStep, 'figures'>> & { figures?: Partial<StormFigures> } = {}): LoadStep {
  const { figures, ...rest } = o;
  return {
    broken: [],
    inconclusive: null,
    backlog: null,
    costs: {
      programsCpuMsPerCall: 3.5,
      cpuMsPerCall: 14,
      databaseCpuMsPerCall: 0.3,
      worldCpuMsPerCall: 6,
      cpuPercent: rate * 1.4,
      memoryMiB: 91,
      threads: 70,
      writesPerCall: null,
      statementsPerCall: 2.1,
      fsyncsPerCall: 0.1,
    },
    ...rest,
    figures: {
      asked: rate,
      rate,
      originates: rate * 10,
      rang: rate * 10,
      answered: rate * 3,
      joined: rate * 2,
      cutOff: rate,
      failures: 0,
      orphans: 0,
      doubleJoins: 0,
      withoutAgent: 0,
      originateToRing: { p50: 20, p95: 40 + rate, p99: 60 + rate },
      answerToAgent: { p50: 30, p95: 60 + rate, p99: 90 + rate },
      eventLag: { p50: 2, p95: 9, p99: 20 },
      speechLostPercent: null,
      dialler: { cpuSeconds: 1, loopLagMs: 5 },
      trouble: null,
      ...figures,
    },
  };
}

export function sampleLoad(o: Partial<Load> = {}): Load {
  const broken = stepAt(64, { broken: ['p95 from answer to agent 1200 ms, over 500 ms'], figures: { orphans: 7 } });
  return {
    length: 'full',
    mode: 'race',
    perAgent: 4,
    seed: 1,
    shares: USUAL_SHARES,
    thresholds: USUAL_THRESHOLDS,
    trouble: null,
    whom: { context: 'custom-dialler', stem: '92345', trunk: { kind: 'trunk', id: '1' }, agentContext: 'from-internal', agents: 28 },
    climbed: [{ name: 'new', steps: [stepAt(32), broken, stepAt(56)], capacity: 56, end: 'close' }],
    soak: stepAt(45),
    memory: null,
    oldTrouble: null,
    faults: null,
    raiseFirst: ['The processor: it is full.'],
    profile: null,
    failed: [],
    ...o,
  };
}
