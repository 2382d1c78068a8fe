import type { ResultDocument } from '../../src/cli/result.ts';

type Findings = { error: number; warning: number; info: number };

/** The result of a whole rehearsal in which every call passed. */
export function finished(o: { findings?: Findings } = {}): ResultDocument {
  const findings = o.findings ?? { error: 1, warning: 2, info: 3 };
  return {
    schema: 1,
    model: { objects: { extension: 37, trunk: 7 } },
    ledger: { rows: 120, carried: 100, approximated: 5, dropped: 10, unknown: 5, unaccounted: 0, findings },
    render: { files: 12 },
    static: { unexplained: 0, explained: 4, mismatches: 0 },
    calls: {
      planned: 13,
      passed: 10,
      failed: 0,
      skipped: 3,
      seconds: 41.5,
      stepsToDial: { internal: 9, median: 12, max: 40 },
      perKind: { did: { planned: 13, passed: 10 } },
    },
    against: null,
    notCompared: null,
    load: null,
    cdr: null,
    recordings: null,
    package: null,
    plan: null,
    cutover: null,
    doctor: null,
  };
}
