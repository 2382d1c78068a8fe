import { ledgerTotals } from '../../model/ledger.ts';
import { refText } from '../../model/ref.ts';
import type { Drawing } from '../../way/picture.ts';
import type { LogLine } from '../static/log.ts';
import type { Mismatch } from '../static/mismatch.ts';
import { type CallTables, callRow, callTables } from './call-tables.ts';
import { DIFFERENCE_WORDS, type FailedCall, failedCall } from './failed-call.ts';
import { type FindingGroup, findingGroups } from './finding-groups.ts';
import { type LedgerTable, ledgerTable } from './ledger-table.ts';
import { type LoadPart, loadPart } from './load.ts';
import { type KindOfObjects, objectCalls } from './object-calls.ts';
import { type OldSide, oldSide } from './old-side.ts';
import { againstIsWell, cannotJudge, type Report, sentence } from './report.ts';
import { counted, figure, grouped, moment } from './words.ts';

/** Failed calls shown in full; where more fail, the cause is one and the same, and a page that a browser cannot open helps nobody. */
const FULL_CALLS = 200;
/** Up to here the failed calls lie open. */
const OPEN_CALLS = 5;

/** What differs from the model: in calls, in what Asterisk holds, in what it complains of. */
interface Differs {
  /** Something was looked at, and nothing of it differs. */
  readonly nothing: boolean;
  readonly callsPlaced: boolean;
  readonly staticChecked: boolean;
  readonly areFailed: boolean;
  readonly failedTitle: string;
  readonly failedBy: string;
  readonly failedOpen: boolean;
  readonly failed: readonly FailedCall[];
  readonly areMore: boolean;
  readonly moreWords: string;
  readonly more: readonly ReturnType<typeof callRow>[];
  readonly areMismatches: boolean;
  readonly mismatches: readonly (Omit<Mismatch, 'about'> & { readonly about: string })[];
  readonly areUnexplained: boolean;
  readonly unexplained: readonly LogLine[];
  readonly areExplained: boolean;
  readonly explained: readonly LogLine[];
}

/** What was tested: the tree, the lab, the time. */
interface Tested {
  readonly at: string;
  readonly moment: string;
  readonly asterisk: string;
  readonly modelSha256: string;
  readonly areObjects: boolean;
  readonly objects: readonly { readonly kind: string; readonly count: string }[];
  readonly areChanges: boolean;
  readonly changes: readonly { readonly because: string; readonly files: readonly string[] }[];
  readonly areEdited: boolean;
  readonly edited: readonly string[];
}

/** All that templates/report/page.hbs prints. What is absent is an empty list beside a statement that is false, never undefined. */
export interface PageData {
  readonly sentence: string;
  readonly allWell: boolean;
  readonly cannotJudge: readonly string[];
  readonly differs: Differs;
  /** One or none. */
  readonly oldSides: readonly OldSide[];
  /** One or none. */
  readonly loads: readonly LoadPart[];
  readonly areFindings: boolean;
  readonly findingWords: string;
  readonly findings: readonly FindingGroup[];
  /** One or none. */
  readonly ledgers: readonly LedgerTable[];
  readonly noLedger: boolean;
  readonly calls: readonly CallTables[];
  readonly areObjects: boolean;
  readonly objects: readonly KindOfObjects[];
  readonly areWays: boolean;
  readonly ways: readonly Drawing[];
  readonly tested: Tested;
}

/** Everything the page says, in words and in order. */
export function pageData(report: Report): PageData {
  const differs = differsOf(report);
  const objects = objectCalls(report.calls?.results ?? []);
  const errors = report.findings.filter((f) => f.severity === 'error').length;
  return {
    sentence: sentence(report),
    allWell:
      differs.nothing &&
      againstIsWell(report) &&
      (report.load?.failed ?? []).length === 0 &&
      errors === 0 &&
      (report.ledger === null || ledgerTotals(report.ledger).unaccounted === 0),
    cannotJudge: cannotJudge(report),
    differs,
    oldSides: [oldSide(report)].filter((side) => side !== null),
    loads: [loadPart(report.load)].filter((part) => part !== null),
    areFindings: report.findings.length > 0,
    findingWords: findingWords(report.findings.length, errors),
    findings: findingGroups(report.findings),
    ledgers: report.ledger === null ? [] : [ledgerTable(report.ledger)],
    noLedger: report.ledger === null,
    calls: report.calls === null ? [] : [callTables(report.calls)],
    areObjects: objects.length > 0,
    objects,
    areWays: report.ways.length > 0,
    ways: report.ways,
    tested: testedOf(report),
  };
}

function differsOf(report: Report): Differs {
  const failed = failedOf(report);
  const { lines, mismatches } = report.static ?? { lines: [], mismatches: [] };
  const unexplained = lines.filter((l) => l.because === null);
  const explained = lines.filter((l) => l.because !== null);
  const anyLooked = (report.calls?.results ?? []).length > 0 || report.static !== null || report.load !== null;
  return {
    ...failed,
    nothing: anyLooked && !failed.areFailed && mismatches.length === 0 && unexplained.length === 0,
    callsPlaced: report.calls !== null,
    staticChecked: report.static !== null,
    areMismatches: mismatches.length > 0,
    mismatches: mismatches.map((m) => ({ ...m, about: refText(m.about) })),
    areUnexplained: unexplained.length > 0,
    unexplained,
    areExplained: explained.length > 0,
    explained,
  };
}

function failedOf(report: Report) {
  const failed = (report.calls?.results ?? []).filter((c) => !c.passed);
  const more = failed.slice(FULL_CALLS);
  const what = grouped(
    failed.flatMap((c) => (c.trouble === null ? [...new Set(c.differences.map((d) => DIFFERENCE_WORDS[d.what]))] : ['not judged'])),
    (w) => w,
  );
  return {
    areFailed: failed.length > 0,
    failedTitle: `${counted(failed.length, 'call')} did not go as the model says`,
    failedBy: [...what].map(([name, calls]) => `${name}: ${figure(calls.length)}`).join(' · '),
    failedOpen: failed.length <= OPEN_CALLS,
    failed: failed.slice(0, FULL_CALLS).map((call) => failedCall(call)),
    areMore: more.length > 0,
    moreWords: counted(more.length, 'more call'),
    more: more.map(callRow),
  };
}

function findingWords(all: number, errors: number): string {
  const first =
    errors === 0
      ? 'none of them needs a decision before the cutover'
      : `${figure(errors)} of them ${errors === 1 ? 'needs' : 'need'} a decision before the cutover`;
  return `${counted(all, 'finding')}; ${first}.`;
}

function testedOf(report: Report): Tested {
  const objects = Object.entries(report.objects).filter(([, count]) => count > 0);
  return {
    at: report.at,
    moment: moment(report.at),
    asterisk: report.asterisk ?? 'an Asterisk that was not asked for its version',
    modelSha256: report.modelSha256,
    areObjects: objects.length > 0,
    objects: objects.map(([kind, count]) => ({ kind, count: figure(count) })),
    areChanges: report.changes.length > 0,
    changes: [...grouped(report.changes, (c) => c.because)].map(([because, list]) => ({
      because,
      files: [...new Set(list.map((c) => c.file))],
    })),
    areEdited: report.editedFiles.length > 0,
    edited: report.editedFiles,
  };
}
