import type { Finding } from '../../finding.ts';
import type { Ledger } from '../../model/ledger.ts';
import type { Drawing } from '../../way/picture.ts';
import type { CallResult } from '../calls/calls.ts';
import type { Change } from '../lab/overlay.ts';
import type { Load } from '../load/load.ts';
import { type Comparison, comparisonCounts } from '../old/against.ts';
import type { ClientDifference } from '../old/client-dialogue.ts';
import type { LeftOut } from '../old/divide.ts';
import type { Records } from '../old/record-shape.ts';
import type { LogLine } from '../static/log.ts';
import type { Mismatch } from '../static/mismatch.ts';
import { loadSentence } from './load.ts';

/** All that one verification has to say: report.json, JUnit and the page are views of it. */
export interface Report {
  /** ISO time of its end. */
  readonly at: string;
  /** Asterisk of the lab, as `core show version` says. */
  readonly asterisk: string | null;
  readonly modelSha256: string;
  /** Objects of the model by kind. */
  readonly objects: Readonly<Record<string, number>>;
  /** Of extract, as it lies in the build; null where the build has none. */
  readonly ledger: Ledger | null;
  /** Of extract, render and verify. */
  readonly findings: readonly Finding[];
  /** Files of the build that differ from what render wrote. */
  readonly editedFiles: readonly string[];
  /** What the lab changed in the tree that will be installed. */
  readonly changes: readonly Pick<Change, 'file' | 'because'>[];
  readonly static: { readonly lines: readonly LogLine[]; readonly mismatches: readonly Mismatch[] } | null;
  readonly calls: { readonly results: readonly CallResult[]; readonly skipped: readonly Skipped[]; readonly seconds: number } | null;
  /** The way of a call to each number from outside, drawn: for the page alone. */
  readonly ways: readonly Drawing[];
  /** The same calls in a clone of the old PBX; null: none was asked for, or there is too little of it. */
  readonly against: Against | null;
  /** What there is too little of. */
  readonly notCompared: string | null;
  /** Storms of a dialler; null: none were asked for. */
  readonly load: Load | null;
}

/** How the old PBX took the calls. */
export interface Against {
  /** Why there is no comparison. */
  readonly trouble: string | null;
  readonly comparison: Comparison | null;
  /** Calls that went into the new PBX alone. */
  readonly left: readonly LeftOut[];
  /** What programs that are connected over AMI get otherwise. */
  readonly clients: readonly ClientDifference[];
  /** What calls leave in the call records, by kind of call. */
  readonly records: Records;
  /** What was changed in the old configuration for the clone. */
  readonly changes: Report['changes'];
  /** What the clone's Asterisk cannot do of it. */
  readonly missing: readonly string[];
  readonly seconds: number;
}

/** No call differs, or none was compared because nobody asked. */
export function againstIsWell({ against }: Report): boolean {
  return against === null || (against.comparison !== null && comparisonCounts(against.comparison).differs === 0);
}

/** A call that was planned and not placed. */
export interface Skipped {
  readonly id: string;
  readonly kind: string;
  readonly why: string;
}

/** What no lab can tell: said in every report, before its figures are believed. */
const CANNOT_JUDGE: readonly string[] = [
  "Carriers: the lab plays them with Asterisk. A carrier's own SIP, its registration, its number formats and its limits show only on the real line.",
  'Networks: NAT, firewalls, SIP ALGs, VLANs and the quality of the lines between telephones and PBX.',
  'Telephones: their firmware, keys, lamps and provisioning. Only that their name and password still register is shown.',
  'Hardware: DAHDI cards and GSM gateways are not in the lab.',
  'What people say and hear: the lab knows which prompt was played, not how it sounds.',
];

/** What the lab of this run cannot tell. */
export function cannotJudge({ notCompared }: Pick<Report, 'notCompared'>): readonly string[] {
  return notCompared === null ? CANNOT_JUDGE : [...CANNOT_JUDGE, `Whether each call goes as it did in the old PBX itself: ${notCompared}.`];
}

/** One sentence that a manager understands. */
export function sentence(r: Report): string {
  const parts: string[] = [];
  if (r.calls !== null) {
    const passed = r.calls.results.filter((c) => c.passed).length;
    const failed = r.calls.results.length - passed;
    const skipped = r.calls.skipped.length;
    const again = r.calls.results.filter((c) => c.atFirst !== null).length;
    parts.push(
      `In the lab ${passed} of ${r.calls.results.length} calls went as the model says${again === 0 ? '' : ` (${again} only when placed once more)`}` +
        (failed === 0 ? '' : `; ${failed} did not`) +
        (skipped === 0 ? '' : `; ${skipped} more were not placed`),
    );
    const notCarried = r.findings.filter((f) => f.code === 'DESTINATION_NOT_CARRIED').length;
    if (notCarried > 0) parts.push(`at ${notCarried} place${notCarried === 1 ? '' : 's'} calls lead to something that is not carried yet`);
  }
  if (r.against?.comparison) {
    const { same, expected, differs } = comparisonCounts(r.against.comparison);
    const others = `${expected === 0 ? '' : `, ${expected} otherwise for a known reason`}${differs === 0 ? '' : `, ${differs} otherwise`}`;
    parts.push(`${same} of ${same + expected + differs} go as in the old PBX${others}`);
  }
  if (r.static !== null) {
    const wrong = r.static.lines.filter((l) => l.because === null).length + r.static.mismatches.length;
    parts.push(
      wrong === 0
        ? 'the new Asterisk starts clean and holds what the model says'
        : `the new Asterisk starts with ${wrong} thing${wrong === 1 ? '' : 's'} wrong`,
    );
  }
  const load = loadSentence(r.load);
  if (load !== null) parts.push(load);
  const errors = r.findings.filter((f) => f.severity === 'error').length;
  parts.push(
    errors === 0
      ? 'nothing was found that callers would miss'
      : `${errors} finding${errors === 1 ? '' : 's'} need${errors === 1 ? 's' : ''} a decision before the cutover`,
  );
  return `${parts.join('; ')}.`;
}

/** Counts of the calls for the JSON document: planned = passed + failed + skipped. */
export function callCounts(calls: NonNullable<Report['calls']>) {
  const { results, skipped, seconds } = calls;
  const passed = results.filter((c) => c.passed).length;
  const perKind: Record<string, { planned: number; passed: number }> = {};
  const kind = (name: string) => (perKind[name] ??= { planned: 0, passed: 0 });
  for (const { scenario, passed: ok } of results) {
    kind(scenario.kind).planned++;
    if (ok) kind(scenario.kind).passed++;
  }
  for (const s of skipped) kind(s.kind).planned++;
  return {
    planned: results.length + skipped.length,
    passed,
    failed: results.length - passed,
    /** Of the passed ones, those that passed only when placed once more. */
    again: results.filter((c) => c.atFirst !== null).length,
    skipped: skipped.length,
    seconds,
    stepsToDial: stepsToDial(results),
    perKind,
  };
}

/** internal: the longest way of a plain call, between two extensions and not forwarded. */
function stepsToDial(results: readonly CallResult[]): { internal: number | null; median: number | null; max: number | null } {
  const steps = results.flatMap((c) => c.trace?.stepsToDial ?? []).sort((a, b) => a - b);
  const internal = results.filter(isPlainInternal).flatMap((c) => c.trace?.stepsToDial ?? []);
  return {
    internal: internal.length === 0 ? null : Math.max(...internal),
    median: steps[Math.floor(steps.length / 2)] ?? null,
    max: steps.at(-1) ?? null,
  };
}

/** Follow me is no plain call: it rings through channels of its own, after questions of its own. */
function isPlainInternal({ scenario, trace }: CallResult): boolean {
  const legs = trace?.legs ?? [];
  return (
    scenario.id.startsWith('ext/') &&
    scenario.id.endsWith('/answered') &&
    scenario.caller.as === 'extension' &&
    !scenario.claims.some((c) => c.ref.kind === 'follow-me') &&
    legs.length > 0 &&
    legs.every((l) => l.dialled === scenario.dial)
  );
}
