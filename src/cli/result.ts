import { z } from 'zod';

const count = z.int().nonnegative();
const findings = z.looseObject({ error: count, warning: count, info: count });

const ledger = z
  .looseObject({
    rows: count,
    carried: count,
    approximated: count,
    dropped: count,
    unknown: count,
    /** Below 0 where entries speak of rows that the source does not count: as much a defect as above. */
    unaccounted: z.int(),
    findings,
  })
  .refine((l) => l.rows === l.carried + l.approximated + l.dropped + l.unknown + l.unaccounted, 'rows are not the sum of their fates');

const calls = z
  .looseObject({
    planned: count,
    passed: count,
    failed: count,
    skipped: count,
    seconds: z.number().nonnegative(),
    /** Dialplan steps before the first Dial or Queue; null where no such call was placed. */
    stepsToDial: z.looseObject({ internal: z.number().nullable(), median: z.number().nullable(), max: z.number().nullable() }),
    perKind: z.record(z.string(), z.looseObject({ planned: count, passed: count })),
  })
  .refine((c) => c.planned === c.passed + c.failed + c.skipped, 'planned is not the sum of passed, failed and skipped');

/** What `--json` prints once the work is done. A stage that did not run is null; further keys are free. */
export const resultDocument = z.looseObject({
  schema: z.literal(1),
  model: z.looseObject({ objects: z.record(z.string(), count) }).nullable(),
  ledger: ledger.nullable(),
  render: z.looseObject({ files: count }).nullable(),
  static: z.looseObject({ unexplained: count, explained: count, mismatches: count }).nullable(),
  calls: calls.nullable(),
  /** newAlone: calls that went into the new PBX alone. trouble: why the old PBX could not be called, though it was asked for. */
  against: z.looseObject({ same: count, differs: count, expected: count, newAlone: count, trouble: z.string().nullable() }).nullable(),
  /** Why the old PBX was not called, where that is for want of its files and nobody asked for it. */
  notCompared: z.string().nullable(),
  /** capacity: originates a second that the PBX bears; null where nobody could be called (trouble says why). failed: what is wrong, a line each. */
  load: z
    .looseObject({
      capacity: z.number().nonnegative().nullable(),
      cpuMsPerCall: z.number().nonnegative().nullable(),
      failed: z.array(z.string()),
      trouble: z.string().nullable(),
    })
    .nullable(),
  /** Call records: months are proved where both sides hold the same rows. */
  cdr: z
    .looseObject({
      rows: count,
      copied: count,
      rejected: count,
      proved: count,
      unproved: count,
      months: z.array(z.looseObject({ table: z.string(), month: z.string(), source: count, target: count, same: z.boolean() })),
      left: z.array(z.looseObject({ table: z.string(), rows: count, why: z.string() })),
    })
    .nullable(),
  /** Recorded calls: what was moved, what was left and why, calls without a recording. */
  recordings: z
    .looseObject({
      dryRun: z.boolean(),
      archived: count,
      bytesBefore: count,
      bytesAfter: count,
      orphans: count,
      ghosts: count,
      left: z.record(z.string(), count),
    })
    .nullable(),
  /** What was made installable: names within the output folder. */
  package: z.looseObject({ package: z.string(), secrets: z.string(), version: z.string(), files: count }).nullable(),
  /** The plan of a cutover; isReady: the last verification is of this build, and green. */
  plan: z.looseObject({ isReady: z.boolean(), telephones: count, carriers: count, toDecide: count }).nullable(),
  /** A phase of a cutover: its steps and what came of each; with --dry-run the commands. */
  cutover: z
    .looseObject({
      phase: z.string(),
      dryRun: z.boolean(),
      steps: z.array(z.looseObject({ id: z.string(), says: z.string(), result: z.string(), seconds: z.number() })),
    })
    .nullable(),
  /** What a look at the running PBX found. */
  doctor: z
    .looseObject({
      symptoms: z.array(z.looseObject({ about: z.string(), health: z.enum(['well', 'watch', 'ill']), says: z.string(), cure: z.string() })),
    })
    .nullable(),
});
export type ResultDocument = z.output<typeof resultDocument>;

/** What `--json` prints where the exit status is 2, 3 or 130. */
export const errorDocument = z.strictObject({
  schema: z.literal(1),
  error: z.strictObject({ code: z.string(), where: z.string().nullable(), why: z.string(), hint: z.string() }),
});
export type ErrorDocument = z.output<typeof errorDocument>;

/** The document before any stage ran. */
export function emptyResult(): ResultDocument {
  return {
    schema: 1,
    model: null,
    ledger: null,
    render: null,
    static: null,
    calls: null,
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

/**
 * What was found, a line each; with none of them the exit status is 0.
 * `--strict` counts findings that are more than information as well: a broken destination is one.
 */
export function whatWasFound(r: ResultDocument, strict: boolean): string[] {
  const found = [
    several(
      r.ledger?.unaccounted ?? 0,
      'row of the source that the ledger does not speak of',
      'rows of the source that the ledger does not speak of',
    ),
    several(
      r.static?.unexplained ?? 0,
      'warning of Asterisk that the model does not explain',
      'warnings of Asterisk that the model does not explain',
    ),
    several(
      r.static?.mismatches ?? 0,
      'object that Asterisk has otherwise than the model',
      'objects that Asterisk has otherwise than the model',
    ),
    several(r.calls?.failed ?? 0, 'failed call', 'failed calls'),
    several(r.against?.differs ?? 0, 'call that differs from the old PBX', 'calls that differ from the old PBX'),
  ];
  if (typeof r.against?.trouble === 'string') found.push(`no comparison with the old PBX: ${r.against.trouble}`);
  found.push(...(r.load?.failed ?? []).map((line) => `load: ${line}`));
  if (typeof r.load?.trouble === 'string') found.push(`no load test: ${r.load.trouble}`);
  if (r.plan?.isReady === false) found.push('no green verification of this build: `migrate verify` it before the cutover');
  for (const { about, health, says } of r.doctor?.symptoms ?? []) if (health === 'ill') found.push(`${about}: ${says}`);
  if (r.cdr !== null) {
    found.push(
      several(r.cdr.unproved, 'month that differs between old and new call records', 'months that differ between old and new call records'),
    );
    found.push(
      several(r.cdr.rejected, 'call record that does not fit: see history_reject', 'call records that do not fit: see history_reject'),
    );
    for (const { table, rows } of r.cdr.left)
      found.push(several(rows, `row of ${table} that is not copied`, `rows of ${table} that are not copied`));
  }
  for (const [why, n] of Object.entries(r.recordings?.left ?? {})) {
    // young ones and those of a call that goes on are for the next run
    if (GRAVE.has(why)) found.push(several(n, `recording left where it is: ${why}`, `recordings left where they are: ${why}`));
  }
  if (strict) {
    const grave = allFindings(r).reduce((sum, f) => sum + f.error + f.warning, 0);
    found.push(several(grave, 'finding (--strict)', 'findings (--strict)'));
  }
  return found.filter((line) => line !== '');
}

/** Reasons why a recording stays where it is that a person should look at. */
const GRAVE: ReadonlySet<string> = new Set(['corrupt', 'header only', 'empty', 'encoding failed', 'link', 'no file']);

/** The counts of every stage that has findings of its own. */
export function allFindings(r: ResultDocument): { error: number; warning: number; info: number }[] {
  const parts = [r.ledger, r.render, r.static, r.calls];
  return parts.flatMap((part) => {
    const counts = findings.safeParse(part?.['findings']);
    return counts.success ? [counts.data] : [];
  });
}

function several(n: number, one: string, many: string): string {
  return n === 0 ? '' : `${n} ${n === 1 ? one : many}`;
}
