import type { CallResult } from '../calls/calls.ts';
import { whoCalled } from './failed-call.ts';
import { callCounts, type Report, type Skipped } from './report.ts';
import { type StepsChart, stepsChart } from './steps-chart.ts';
import { counted, duration, figure, grouped, nameOf } from './words.ts';

/** All calls of a run: sums by kind, those not placed, and each in one line. */
export interface CallTables {
  readonly kinds: readonly KindRow[];
  readonly total: KindRow;
  readonly took: string;
  readonly hasSteps: boolean;
  /** Dialplan steps before somebody rings. */
  readonly steps: { readonly internal: string; readonly median: string; readonly max: string };
  /** One or none. */
  readonly charts: readonly StepsChart[];
  readonly areSkipped: boolean;
  readonly skipped: readonly { readonly why: string; readonly calls: string; readonly ids: readonly string[] }[];
  readonly every: readonly {
    readonly kind: string;
    readonly calls: string;
    readonly failedWords: string;
    readonly rows: readonly CallRow[];
  }[];
}

interface KindRow {
  readonly kind: string;
  readonly planned: string;
  readonly passed: string;
  readonly failed: string;
  readonly skipped: string;
  readonly hasFailed: boolean;
}

interface CallRow {
  readonly id: string;
  readonly who: string;
  readonly result: string;
  readonly passed: boolean;
  readonly rang: string;
  readonly heard: string;
}

/** The tables of the calls' section. */
export function callTables(calls: NonNullable<Report['calls']>): CallTables {
  const counts = callCounts(calls);
  const ofKind = grouped(calls.results, (c) => c.scenario.kind);
  const skippedOfKind = grouped(calls.skipped, (s) => s.kind);
  const names = [...new Set([...ofKind.keys(), ...skippedOfKind.keys()])];
  const { internal, median, max } = counts.stepsToDial;
  return {
    kinds: names.map((name) => kindRow(name, ofKind.get(name) ?? [], skippedOfKind.get(name) ?? [])),
    total: kindRow('All', calls.results, calls.skipped),
    took: duration(calls.seconds),
    hasSteps: median !== null,
    steps: { internal: known(internal), median: known(median), max: known(max) },
    charts: [stepsChart(calls.results)].filter((c) => c !== null),
    areSkipped: calls.skipped.length > 0,
    skipped: [...grouped(calls.skipped, (s) => s.why)].map(([why, list]) => ({
      why,
      calls: counted(list.length, 'call'),
      ids: list.map((s) => s.id),
    })),
    every: [...ofKind].map(([kind, results]) => everyCall(kind, results)),
  };
}

function kindRow(kind: string, results: readonly CallResult[], skipped: readonly Skipped[]): KindRow {
  const passed = results.filter((c) => c.passed).length;
  const failed = results.length - passed;
  return {
    kind,
    planned: figure(results.length + skipped.length),
    passed: figure(passed),
    failed: orDash(failed),
    skipped: orDash(skipped.length),
    hasFailed: failed > 0,
  };
}

function everyCall(kind: string, results: readonly CallResult[]): CallTables['every'][number] {
  const failed = results.filter((c) => !c.passed).length;
  return {
    kind,
    calls: counted(results.length, 'call'),
    failedWords: failed === 0 ? 'all passed' : `${figure(failed)} failed`,
    rows: results.map(callRow),
  };
}

/** One call in one line; what a telephone showed and the way through the dialplan are said only where it failed. */
export function callRow({ scenario, trace, passed, atFirst, trouble }: CallResult): CallRow {
  const result = passed
    ? atFirst === null
      ? 'passed'
      : `passed when placed once more; at first: ${atFirst}`
    : trouble === null
      ? 'failed'
      : 'not judged';
  const rang = (trace?.legs ?? []).map((l) => `${nameOf(l.to)}${l.answered ? ' (answered)' : ''}`).join(', ');
  return { id: scenario.id, who: whoCalled(scenario), result, passed, rang: rang || '–', heard: trace?.heard.join(', ') || '–' };
}

function orDash(n: number): string {
  return n === 0 ? '–' : figure(n);
}

function known(n: number | null): string {
  return n === null ? 'not measured' : figure(n);
}
