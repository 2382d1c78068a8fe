import type { Context } from '../context.ts';
import type { Severity } from '../finding.ts';
import type { LedgerTotals } from '../model/ledger.ts';
import type { Checking, Reading } from './arguments.ts';
import type { ResultDocument } from './result.ts';

type Findings = Readonly<Record<Severity, number>>;

/** The stages as the door calls them, with the part of their results that it shows. */
export interface Stages {
  extract(
    source: string,
    out: string,
    o: Reading,
    c: Context,
  ): Promise<{ objects: Record<string, number>; ledger: LedgerTotals; findings: Findings }>;
  render(model: string, out: string, o: Record<string, never>, c: Context): Promise<{ files: number; findings: Findings }>;
  verify(build: string, report: string, o: Checking, c: Context): Promise<Pick<ResultDocument, 'static' | 'calls' | 'against' | 'load'>>;
}

/** The real ones. Each is loaded when it is needed: `--help` does not wait for Docker's client. */
export const stages: Stages = {
  async extract(...asked) {
    const stage = await load<Pick<Stages, 'extract'>>('../extract/extract.js');
    return stage.extract(...asked);
  },
  async render(...asked) {
    const stage = await load<Pick<Stages, 'render'>>('../render/render.js');
    return stage.render(...asked);
  },
  verify: async (...asked) => (await import('../verify/verify.ts')).verify(...asked),
};

async function load<S>(path: string): Promise<S> {
  return (await import(path)) as S;
}
