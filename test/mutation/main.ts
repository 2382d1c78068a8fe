import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentContext } from '../../src/context.ts';
import { MigrateError } from '../../src/error.ts';
import { extract } from '../../src/extract/extract.ts';
import { type Build, readBuild } from '../../src/model/build.ts';
import { MODEL_KINDS, type Model } from '../../src/model/kinds.ts';
import { modelFiles, readModel } from '../../src/model/store.ts';
import { render } from '../../src/render/render.ts';
import { placeCalls, whatWasWrong } from '../../src/verify/calls/calls.ts';
import { plan } from '../../src/verify/plan.ts';
import type { Scenario } from '../../src/verify/scenario.ts';
import { dialplanOf } from '../../src/verify/static/dialplan-files.ts';
import { checkStatic } from '../../src/verify/static/static.ts';
import { neverEntered } from '../../src/verify/static/unreached.ts';
import { type Built, buildMutants, DIALPLAN } from './build-mutants.ts';
import { Control, type Controlled } from './control.ts';
import { judge, type Truth, type Verdict } from './judge.ts';
import { Meaning } from './meaning.ts';
import { modelMutants } from './model-mutants.ts';
import { type Files, type Mutant, spread } from './mutant.ts';
import { Random } from './random.ts';
import { Survey } from './survey.ts';
import { type Equal, GOAL, type Judged, share, table } from './table.ts';
import { Trails } from './trails.ts';
import { Verdicts } from './verdicts.ts';
import { filesOf, Workbench } from './workbench.ts';

/**
 * Puts about a hundred defects, one at a time, into a model or its build and lets verify look for them. SEED= another hundred; COUNT= fewer or more;
 * ONLY= a regular expression over rules and changes; BOX= another box; MINUTES= when to
 * stop: the same seed goes on there next time, unless FRESH= says otherwise.
 */
const env = process.env;
const SEED = Number(env['SEED'] || 1);
const COUNT = Number(env['COUNT'] || 100);
const MINUTES = Number(env['MINUTES'] || 25);
const FRESH = (env['FRESH'] ?? '') !== '';
const SURVEY = (env['SURVEY'] ?? '') !== '';
const ONLY = new RegExp(env['ONLY'] ?? '');
const BOX = env['BOX'] || 'test/boxes/clinic';
/** Of all mutants so many are of the model, the others of the build. */
const OF_MODEL = 0.7;
const MIGRATIONS = join(process.cwd(), 'migrations');

const abort = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => abort.abort());
const context = silentContext(abort.signal);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const dir = await mkdtemp(join(tmpdir(), 'mutants-'));
  try {
    const modelDir = join(dir, 'model');
    await extract(BOX, modelDir, {}, context);
    const model = await readModel(modelDir);
    const build = await rendered(dir, modelDir, model);
    return await withBench(build, async (bench) => run(bench, { dir, modelDir, model, build }));
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function withBench<T>(build: Build, work: (bench: Workbench) => Promise<T>): Promise<T> {
  const bench = await Workbench.start(build, MIGRATIONS, context);
  try {
    return await work(bench);
  } finally {
    await bench.end();
  }
}

interface Given {
  readonly dir: string;
  readonly modelDir: string;
  readonly model: Model;
  readonly build: Build;
}

async function run(bench: Workbench, given: Given): Promise<number> {
  const until = performance.now() + MINUTES * 60_000;
  const random = new Random(SEED);
  const { truth, path } = await control(bench, given);
  const verdicts = await Verdicts.of(`${path}-${SEED}.jsonl`, FRESH);
  const wanted = (m: Mutant): boolean => ONLY.test(m.rule) || ONLY.test(m.what);
  const ofModel = spread(modelMutants(given.model, random).filter(wanted), COUNT * 4, random);
  const ofBuild = spread(buildMutants(builtOf(given), random).filter(wanted), COUNT * 2, random);
  if (SURVEY) return surveyed(await Survey.of(bench, truth, given.build), given, [...ofModel, ...ofBuild]);
  const judged: Judged[] = [];
  const equal: Equal[] = [];
  for (const mutant of inTurn(ofModel, ofBuild)) {
    const known = verdicts.of(mutant.what);
    const late = performance.now() > until || abort.signal.aborted;
    if (judged.length >= COUNT || (known === null && late)) break;
    const startedAt = performance.now();
    const { by, why } = known ?? (await judgeOne(bench, truth, given, mutant, random).catch(gone));
    const seconds = known?.seconds ?? (performance.now() - startedAt) / 1000;
    if (known === null) await verdicts.keep({ what: mutant.what, by, why, seconds });
    if (by === 'same') equal.push({ mutant, why });
    else judged.push({ mutant, verdict: { by, why }, seconds });
    if (known === null && by !== 'same') say(`${judged.length}. ${by}: ${mutant.what.slice(0, 120)} | ${why.slice(0, 140)}`);
    // the next one needs a lab of its own
    if (known === null && why === GONE) break;
  }
  say(`\n${table(judged, equal)}`);
  if (judged.length < COUNT) say('stopped before its time: the same command goes on');
  return share(judged) >= GOAL ? 0 : 1;
}

const GONE = 'Asterisk does not stay up with it';

/** A PBX that goes away is noticed at once. */
function gone(error: unknown): Verdict {
  if (error instanceof MigrateError && error.code === 'E_AMI_LOST') return { by: 'static', why: GONE };
  throw error;
}

/** Which mutants nothing would notice, as far as can be told without a call. */
async function surveyed(survey: Survey, given: Given, mutants: readonly Mutant[]): Promise<number> {
  const count = { static: 0, calls: 0, same: 0, gap: 0, render: 0 };
  for (const mutant of mutants) {
    const files = await filesWith(given, mutant);
    const noticed =
      typeof files === 'string' ? 'render' : readsTheSame(filesOf(given.build), files) ? 'same' : await survey.look(mutant, files);
    count[noticed]++;
    if (noticed !== 'same') say(`${noticed}: ${mutant.what}`);
  }
  say(JSON.stringify(count));
  return 0;
}

function builtOf({ build, model }: Given): Built {
  const peers = Object.values(model.trunk).flatMap((t) => ('peer' in t ? [t.peer] : []));
  return {
    files: filesOf(build),
    secret: new Set(build.manifest.files.flatMap((f) => (f.secret ? [f.path] : []))),
    ids: new Set([...MODEL_KINDS.flatMap((kind) => Object.keys(model[kind])), ...peers]),
  };
}

/** Both in turn, so that a run that is cut short has looked at both. */
function inTurn(ofModel: readonly Mutant[], ofBuild: readonly Mutant[]): Mutant[] {
  const places = (list: readonly Mutant[], share: number): { at: number; mutant: Mutant }[] =>
    list.map((mutant, i) => ({ at: (i + 1) / share, mutant }));
  return [...places(ofModel, OF_MODEL), ...places(ofBuild, 1 - OF_MODEL)].sort((a, b) => a.at - b.at).map(({ mutant }) => mutant);
}

/**
 * The unchanged build must pass, and so it must after a new start. What its calls came by is kept in .cache for the next run of the same build.
 * @throws Error where it does not.
 */
async function control(bench: Workbench, { model, build }: Given): Promise<{ truth: Truth; path: string }> {
  const { scenarios } = plan(model);
  const { mismatches, findings, dialplan, entries } = await checkStatic(bench.lab.pbx, build);
  const known = await Control.of(build, scenarios);
  const { passed, failed, usual } = known.held ?? (await known.keep(await placeAll(bench, model, scenarios)));
  for (const m of mismatches) say(`control: ${m.about.kind}/${m.about.id} ${m.what}: expected ${m.expected}, held ${m.held}`);
  for (const line of Object.values(failed)) say(`control: ${line}`);
  if (mismatches.length + Object.keys(failed).length > 0 && env['ANYWAY'] === undefined)
    throw new Error('the unchanged build does not pass: no mutant can be judged');
  const truth = {
    model,
    scenarios: scenarios.filter((s) => !(s.id in failed)),
    trails: new Trails(new Map(Object.entries(passed)), dialplan),
    neverEntered: neverEntered(dialplan, entries),
    meaning: new Meaning(model, new Random(SEED)),
    usual: new Set(usual),
    usualWays: new Set(findings.flatMap((f) => (f.code === 'CALL_WAY_DIFFERS' ? [f.where ?? ''] : []))),
  };
  return { truth, path: known.path };
}

async function placeAll(bench: Workbench, model: Model, scenarios: readonly Scenario[]): Promise<Controlled> {
  const results = await placeCalls([bench.lab], scenarios, context, { places: true });
  await bench.restart();
  await bench.telephonesAreBack();
  const lines = await bench.log(model);
  return {
    passed: Object.fromEntries(results.map((r) => [r.scenario.id, r.places ?? []])),
    failed: Object.fromEntries(results.flatMap((r) => (r.passed ? [] : [[r.scenario.id, `${r.scenario.id}: ${whatWasWrong(r)}`]]))),
    usual: lines.map((l) => `${l.source} ${l.text}`),
  };
}

async function judgeOne(bench: Workbench, truth: Truth, given: Given, mutant: Mutant, random: Random): Promise<Verdict> {
  const files = await filesWith(given, mutant);
  if (typeof files === 'string') return { by: 'render', why: files };
  if (readsTheSame(filesOf(given.build), files)) return { by: 'same', why: 'what Asterisk reads is the same' };
  return judge(bench, truth, mutant, files, random, context);
}

/** The tree with the defect; a text: why render refuses to make one. */
async function filesWith(given: Given, { made }: Mutant): Promise<Files | string> {
  if (made.in === 'build') return made.files;
  try {
    return withDatabase(given, filesOf(await rendered(given.dir, given.modelDir, made.model)));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The account of the database follows from the secrets: every other secret would be caught by it alone. */
function withDatabase({ build }: Given, files: Files): Files {
  const account = 'etc/asterisk/res_odbc.conf';
  const held = filesOf(build).get(account);
  return held === undefined ? files : new Map(files).set(account, held);
}

/** A build of this model, with the files that lie beside the true one. */
async function rendered(dir: string, modelDir: string, model: Model): Promise<Build> {
  const at = await mkdtemp(join(dir, 'mutant-'));
  await mkdir(join(at, 'model'));
  for (const file of modelFiles(model)) await writeFile(join(at, 'model', file.path), file.content);
  for (const folder of ['sounds', 'music']) await symlink(join(modelDir, folder), join(at, 'model', folder));
  await cp(join(modelDir, 'findings.json'), join(at, 'model', 'findings.json'));
  await render(join(at, 'model'), join(at, 'build'), { live: false }, context);
  const build = await readBuild(join(at, 'build'));
  await rm(at, { recursive: true, force: true });
  return build;
}

/** True where two trees differ in comments alone, or their dialplans in the order in which the same is read. */
function readsTheSame(a: Files, b: Files): boolean {
  const text = (path: string, content: Uint8Array | undefined): string => {
    const raw = Buffer.from(content ?? []).toString('latin1');
    return path.endsWith('.conf') ? raw.replaceAll(/(^|[^\\]);.*$/gm, '$1').replaceAll(/\s*\n\s*/g, '\n') : raw;
  };
  const paths = [...new Set([...a.keys(), ...b.keys()])];
  const differing = paths.filter((path) => a.has(path) !== b.has(path) || text(path, a.get(path)) !== text(path, b.get(path)));
  return differing.length === 0 || (differing.every((path) => DIALPLAN.test(path)) && dialplanText(a) === dialplanText(b));
}

/** All that the files make of a dialplan, places in them left out. */
function dialplanText(files: Files): string {
  const { contexts, globals } = dialplanOf([...files].map(([path, content]) => ({ path, content, mode: 0 })));
  const texts = contexts.map((c) => {
    const lines = [...c.steps, ...c.hints, ...c.ignorePatterns, ...c.switches].map(withoutPlace).sort();
    return JSON.stringify([c.name, lines, c.includes.map(withoutPlace)]);
  });
  return JSON.stringify([texts.sort(), globals.map(withoutPlace)]);
}

function withoutPlace(held: { readonly at: unknown }): string {
  return JSON.stringify({ ...held, at: null });
}

process.exitCode = await main();
