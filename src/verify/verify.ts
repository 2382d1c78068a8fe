import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import type { Context } from '../context.ts';
import { throwIfAborted } from '../error.ts';
import { type Finding, finding, findingsFile } from '../finding.ts';
import { type Build, editedFiles, readBuild } from '../model/build.ts';
import { MODEL_KINDS, type Model } from '../model/kinds.ts';
import { type Ledger, ledger } from '../model/ledger.ts';
import { placeCalls } from './calls/calls.ts';
import { checkMail } from './calls/mail.ts';
import { forSystemClock, placeOnSystemClock } from './calls/system-clock.ts';
import { type Lab, startLab } from './lab/lab.ts';
import { type Load, type LoadOptions, measureLoad } from './load/load.ts';
import { type Again, comparisonCounts } from './old/against.ts';
import type { ClientDifference } from './old/client-dialogue.ts';
import { type AgainstOptions, OldPbx } from './old/old-pbx.ts';
import type { RecordDifference } from './old/record-shape.ts';
import { plan } from './plan.ts';
import { type Against, callCounts, type Report } from './report/report.ts';
import { waysOfDids } from './report/ways.ts';
import { writeReport } from './report/write.ts';
import { logLines } from './static/log.ts';
import { checkScripts } from './static/scripts.ts';
import { checkStatic } from './static/static.ts';

export type Layer = 'static' | 'calls' | 'load';

export interface VerifyOptions {
  /** Layers to run; where absent static, calls, and load where `load` is there. */
  readonly only?: readonly Layer[];
  /** How the load is measured. */
  readonly load?: LoadOptions;
  /** Also calls that take more than a minute. */
  readonly patient?: boolean;
  /** Of each kind so many objects are called at most. */
  readonly sample?: number;
  /** The same calls are placed into a clone of this old PBX. */
  readonly against?: AgainstOptions;
}

export interface VerifyResult {
  readonly static: { unexplained: number; explained: number; mismatches: number } | null;
  readonly calls: ReturnType<typeof callCounts> | null;
  /** `newAlone`: calls that went into the new PBX alone. */
  readonly against: { same: number; differs: number; expected: number; newAlone: number; trouble: string | null } | null;
  /** Why the old PBX was not called, where that is for want of its files and nobody asked. */
  readonly notCompared: string | null;
  readonly load: LoadCounts | null;
}

const MIGRATIONS = fileURLToPath(new URL('../../migrations/', import.meta.url));

/**
 * Brings a build up in Docker, compares what Asterisk holds with the model, places the calls, and writes the report.
 * @throws MigrateError E_BUILD_*, E_MODEL_*, E_NO_ENGINE (exit 3), E_LAB; Interrupted, with nothing left in the engine.
 */
export async function verify(buildDir: string, reportDir: string, o: VerifyOptions, c: Context): Promise<VerifyResult> {
  const build = await readBuild(buildDir);
  const layers = new Set<Layer>(o.only ?? ['static', 'calls', ...(o.load === undefined ? [] : (['load'] as const))]);
  const wanted = o.against !== undefined && layers.has('calls');
  const read = wanted ? await OldPbx.read(o.against, build.model, c) : null;
  const [old, notCompared] = typeof read === 'string' ? [null, read] : [read, null];
  const calls = layers.has('calls')
    ? plan(build.model, { patient: o.patient ?? false, ...(o.sample === undefined ? {} : { limit: o.sample }) })
    : null;
  const report = layers.has('static') || calls !== null ? await inLabs({ old, build, layers, calls }, c) : await emptyReport(build);
  // a lab of its own, in which nothing else runs
  const beside = o.against !== undefined && (o.against.asked || old !== null) ? { against: o.against } : {};
  const asked: LoadOptions = { length: 'short', ...o.load, ...beside };
  const load = layers.has('load') ? await measureLoad(build, MIGRATIONS, asked, c) : null;
  throwIfAborted(c.signal);
  const whole = { ...report, notCompared, load };
  await writeReport(whole, reportDir);
  return resultOf(whole);
}

/**
 * So many calls are shared out to two PBXs: one telephone after the other has its calls one by one, and the processor waits. Not beside an old PBX, which has enough
 * for it to do and takes as long as one new one does.
 */
const CALLS_FOR_TWO = 150;

async function inLabs(r: Omit<Running, 'labs'>, c: Context): Promise<Report> {
  const start = (): Promise<Lab> => startLab(r.build, { migrations: MIGRATIONS }, c);
  const starting = [start(), ...(r.old !== null || (r.calls?.scenarios.length ?? 0) < CALLS_FOR_TWO ? [] : [start()])] as const;
  try {
    return await runLayers({ labs: await Promise.all(starting), ...r }, c);
  } finally {
    for (const started of await Promise.allSettled(starting)) if (started.status === 'fulfilled') await started.value.end();
  }
}

/** What a build says by itself, before anything is tried. */
async function emptyReport(build: Build): Promise<Report> {
  return {
    at: new Date().toISOString(),
    asterisk: null,
    modelSha256: build.manifest.modelSha256,
    objects: objectCounts(build.model),
    ledger: await ledgerOf(build.dir),
    findings: await findingsOf(build.dir),
    editedFiles: editedFiles(build),
    changes: [],
    static: null,
    calls: null,
    ways: await waysOfDids(build.model),
    against: null,
    notCompared: null,
    load: null,
  };
}

/** The PBX, and others that are alike. */
type Labs = readonly [Lab, ...Lab[]];

interface Running {
  readonly labs: Labs;
  readonly old: OldPbx | null;
  readonly build: Build;
  readonly layers: ReadonlySet<Layer>;
  /** null: none are placed. */
  readonly calls: ReturnType<typeof plan> | null;
}

async function runLayers(r: Running, c: Context): Promise<Report> {
  const { labs, old, build, layers } = r;
  const [lab] = labs;
  old?.start(lab);
  const version = (await lab.pbx.ami.command('core show version')).trim();
  c.progress({ step: 'what Asterisk holds' });
  const checks = layers.has('static') ? await checkStatic(lab.pbx, build) : { mismatches: [], findings: [] };
  const scripts = layers.has('static') ? await checkScripts(build, c) : [];
  const calls = r.calls === null ? null : await runCalls(labs, r.calls, old, c);
  throwIfAborted(c.signal);
  // the log is read last: what the calls made Asterisk complain about counts as well
  const lines = layers.has('static')
    ? await logLines(
        labs.map((one) => one.pbx.container),
        build.model,
      )
    : [];
  const mails = calls === null ? [] : (await Promise.all(labs.map((one) => checkMail(one, build.model)))).flat();
  const placeAgain: Again['placeNew'] = (scenarios, width) => placeCalls([lab], scenarios, c, { width, again: false });
  const against = old === null ? null : await old.compared(calls?.results ?? [], labs, placeAgain);
  const clocked = calls === null ? null : await runOnSystemClock(labs.at(-1) ?? lab, calls, c);
  const empty = await emptyReport(build);
  return {
    ...empty,
    asterisk: version,
    findings: [
      ...empty.findings,
      ...checks.findings,
      ...scripts,
      ...(against?.clients ?? []).map(clientFinding),
      ...(against?.records.differences ?? []).map(recordFinding),
    ],
    changes: lab.changes.map(({ file, because }) => ({ file, because })),
    static: layers.has('static') ? { lines, mismatches: [...checks.mismatches, ...mails] } : null,
    calls: clocked,
    against,
  };
}

/** The old PBX beside takes most of the processor: more calls come late than where the new one is alone. */
const MOST_AGAIN_BESIDE = 20;

type Calls = NonNullable<Report['calls']>;

async function runCalls(labs: Labs, { scenarios, skipped }: ReturnType<typeof plan>, old: OldPbx | null, c: Context): Promise<Calls> {
  const startedAt = performance.now();
  const placed = placeCalls(labs, scenarios, c, old === null ? {} : { mostAgain: MOST_AGAIN_BESIDE }).then((results) => ({
    results,
    skipped,
    seconds: (performance.now() - startedAt) / 1000,
  }));
  const [calls] = await Promise.all([placed, old?.place(scenarios)]);
  return calls;
}

/** One call more, with the PBX's own clock at its time: last of all, since that takes another PBX. */
async function runOnSystemClock(lab: Lab, calls: Calls, c: Context): Promise<Calls> {
  const scenario = forSystemClock(calls.results.map((r) => r.scenario));
  if (scenario === null) return calls;
  const startedAt = performance.now();
  const results = await placeOnSystemClock(lab, scenario, c);
  throwIfAborted(c.signal);
  return { ...calls, results: [...calls.results, ...results], seconds: calls.seconds + (performance.now() - startedAt) / 1000 };
}

function resultOf(report: Report): VerifyResult {
  const { lines, mismatches } = report.static ?? { lines: [], mismatches: [] };
  const explained = lines.filter((l) => l.because !== null).length;
  return {
    static: report.static === null ? null : { unexplained: lines.length - explained, explained, mismatches: mismatches.length },
    calls: report.calls === null ? null : callCounts(report.calls),
    against: report.against === null ? null : againstCounts(report.against),
    load: report.load === null ? null : loadCounts(report.load),
    notCompared: report.notCompared,
  };
}

/** Of the load test, what the JSON document holds. Rates are originates a second. */
export interface LoadCounts {
  readonly capacity: number | null;
  readonly failed: readonly string[];
  readonly trouble: string | null;
  readonly cpuMsPerCall: number | null;
}

function loadCounts({ climbed, failed, trouble }: Load): LoadCounts {
  const [own] = climbed;
  return { capacity: own?.capacity ?? null, cpuMsPerCall: own?.steps.at(0)?.costs.cpuMsPerCall ?? null, failed, trouble };
}

function againstCounts({ comparison, left, trouble }: Against): NonNullable<VerifyResult['against']> {
  return { ...comparisonCounts(comparison ?? { judged: [], rules: [] }), newAlone: left.length, trouble };
}

/** What a script of the old box trips over, with the line to change. */
function clientFinding({ says, gets, instead }: ClientDifference): Finding {
  return finding('AMI_CLIENT_DIFFERS', {
    where: says,
    means: `programs that send this over AMI get: ${gets}`,
    hint: `Send instead: ${instead}`,
  });
}

/** What reports of calls find otherwise than in the old call records. */
function recordFinding({ kind, was, is }: RecordDifference): Finding {
  return finding('CALL_RECORDS_DIFFER', {
    where: kind,
    means: `of calls ${kind}, the old call records had: ${was}; the new ones have: ${is}`,
  });
}

export function objectCounts(model: Model): Record<string, number> {
  return Object.fromEntries(MODEL_KINDS.map((kind) => [kind, Object.keys(model[kind]).length]));
}

/** Findings of extract (they lie beside the copy of the model) and of render. */
async function findingsOf(build: string): Promise<Finding[]> {
  const files = [join(build, '.model', 'findings.json'), join(build, 'findings.json')];
  const read = await Promise.all(files.map((file) => readJson(file, findingsFile)));
  return read.flatMap((list) => list ?? []);
}

function ledgerOf(build: string): Promise<Ledger | null> {
  return readJson(join(build, '.model', 'ledger.json'), ledger);
}

/** null where the file is not there: a model made by hand has no ledger. */
async function readJson<S extends z.ZodType>(path: string, schema: S): Promise<z.output<S> | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  return text === null ? null : schema.parse(JSON.parse(text));
}
