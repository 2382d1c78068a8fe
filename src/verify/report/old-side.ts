import type { Ledger } from '../../model/ledger.ts';
import { type Ref, refText } from '../../model/ref.ts';
import type { Judged } from '../old/verdict.ts';
import { DIFFERENCE_WORDS, type FailedCall, failedCall, whoCalled } from './failed-call.ts';
import { type RecordTable, recordTable } from './record-table.ts';
import type { Report } from './report.ts';
import { counted, duration, figure, grouped } from './words.ts';

/** The section of the page that holds the old PBX against the new one. */
export interface OldSide {
  readonly isTrouble: boolean;
  readonly trouble: string;
  readonly isCompared: boolean;
  readonly counts: string;
  readonly areDifferent: boolean;
  readonly differentBy: string;
  readonly different: readonly DifferentCall[];
  readonly areExpected: boolean;
  readonly expected: readonly { readonly because: string; readonly calls: string; readonly list: readonly { id: string; who: string }[] }[];
  readonly areStale: boolean;
  readonly stale: readonly string[];
  readonly areNoisy: boolean;
  readonly noisy: readonly { readonly id: string; readonly what: string }[];
  readonly areLeft: boolean;
  readonly left: readonly { readonly why: string; readonly calls: string; readonly ids: readonly string[] }[];
  readonly areMissing: boolean;
  readonly missing: readonly string[];
  readonly cannotJudge: readonly string[];
  readonly records: RecordTable;
  readonly changes: readonly { readonly because: string; readonly files: readonly string[] }[];
}

interface DifferentCall {
  readonly call: FailedCall;
  readonly objects: readonly { readonly about: string; readonly rows: string }[];
}

/** What the clone cannot tell, however well it runs. */
const CANNOT_JUDGE: readonly string[] = [
  'Rows of call records for transfers and parked calls: Asterisk 16 has the newer engine, and writes them otherwise than 1.4 to 11 did.',
  "Arguments parted by '|', which Asterisk 1.4 took, and 1.6 and later do not: such a step does nothing useful in the clone.",
  'Names of AMI events: since 12 Asterisk says DialBegin, DialEnd and BridgeEnter where 1.4 to 11 said Dial and Bridge, and the clone, 16, already does.',
  'Scripts (AGI) that ask a database or a web service of the old machine: there is none in the lab.',
];

const TITLES = { expected: 'Old PBX', seen: 'New PBX' };
/** Calls shown in full. */
const FULL_CALLS = 200;
const ROWS_SHOWN = 6;

/** null where no old PBX was asked for. */
export function oldSide({ against, ledger }: Report): OldSide | null {
  if (against === null) return null;
  const { judged = [], rules = [] } = against.comparison ?? {};
  const different = judged.filter((j) => j.verdict === 'differs');
  const noisy = judged.filter((j) => j.noise.length > 0);
  const stale = rules.filter((r) => r.calls === 0);
  const expected = rules
    .filter((r) => r.calls > 0)
    .map((r) => ({ ...r, list: judged.filter((j) => j.differences.some((d) => d.rule === r.id)) }));
  return {
    isTrouble: against.trouble !== null,
    trouble: against.trouble ?? '',
    isCompared: against.comparison !== null,
    counts: countsOf(judged, against.seconds),
    areDifferent: different.length > 0,
    differentBy: [
      ...grouped(
        different.flatMap((j) => [...new Set(j.differences.map((d) => DIFFERENCE_WORDS[d.what]))]),
        (w) => w,
      ),
    ]
      .map(([name, calls]) => `${name}: ${figure(calls.length)}`)
      .join(' · '),
    different: different
      .slice(0, FULL_CALLS)
      .map((j) => ({ call: failedCall(asCall(j), TITLES), objects: objectsOf(j.scenario.about, ledger) })),
    areExpected: expected.length > 0,
    expected: expected.map((r) => ({
      because: r.because,
      calls: counted(r.calls, 'call'),
      list: r.list.map((j) => ({ id: j.scenario.id, who: whoCalled(j.scenario) })),
    })),
    areStale: against.comparison !== null && stale.length > 0,
    stale: stale.map((r) => r.because),
    areNoisy: noisy.length > 0,
    noisy: noisy.map((j) => ({ id: j.scenario.id, what: j.noise.map((n) => DIFFERENCE_WORDS[n]).join(', ') })),
    areLeft: against.left.length > 0,
    left: [...grouped(against.left, (one) => one.why)].map(([why, list]) => ({
      why,
      calls: counted(list.length, 'call'),
      ids: list.map((one) => one.id),
    })),
    areMissing: against.missing.length > 0,
    missing: against.missing,
    cannotJudge: CANNOT_JUDGE,
    records: recordTable(against.records),
    changes: [...grouped(against.changes, (c) => c.because)].map(([because, list]) => ({
      because,
      files: [...new Set(list.map((c) => c.file))],
    })),
  };
}

function countsOf(judged: readonly Judged[], seconds: number): string {
  const count = (verdict: Judged['verdict']): string => figure(judged.filter((j) => j.verdict === verdict).length);
  return `${counted(judged.length, 'call')} placed into both: ${count('same')} the same, ${count('expected')} otherwise for a known reason, ${count('differs')} otherwise. The old side took ${duration(seconds)}.`;
}

/** The old side in the place of what is expected, the new one in that of what was seen. */
function asCall({ scenario, calls, differences }: Judged): Parameters<typeof failedCall>[0] {
  const trouble = calls.old.trouble ?? calls.new.trouble;
  return {
    ...calls.new,
    scenario: { ...scenario, expect: calls.old.trace ?? scenario.expect },
    differences,
    trouble: trouble === null ? null : `${calls.old.trouble === null ? 'new' : 'old'} PBX: ${trouble}`,
    way: calls.old.way,
  };
}

function objectsOf(about: readonly Ref[], ledger: Ledger | null): DifferentCall['objects'] {
  return about.map((ref) => {
    const entries = (ledger?.entries ?? []).filter((e) => e.to.some((t) => refText({ kind: t.kind, id: t.id } as Ref) === refText(ref)));
    const shown = entries.slice(0, ROWS_SHOWN).map((e) => `${e.name} ${e.key}`);
    const more = entries.length - shown.length;
    return { about: refText(ref), rows: [...shown, ...(more > 0 ? [`${more} more`] : [])].join('; ') };
  });
}
