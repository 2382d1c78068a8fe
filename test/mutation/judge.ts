import type { Context } from '../../src/context.ts';
import type { Model } from '../../src/model/kinds.ts';
import { refText } from '../../src/model/ref.ts';
import { placeCalls, whatWasWrong } from '../../src/verify/calls/calls.ts';
import { plan } from '../../src/verify/plan.ts';
import type { Scenario } from '../../src/verify/scenario.ts';
import { checkStatic } from '../../src/verify/static/static.ts';
import type { Meaning } from './meaning.ts';
import type { Files, Mutant } from './mutant.ts';
import type { Random } from './random.ts';
import type { Workbench } from './workbench.ts';

/** What became of a mutant, and how one knows. */
export interface Verdict {
  /** same: nobody catches it, and there is nothing to catch. */
  readonly by: 'render' | 'static' | 'calls' | 'nobody' | 'same';
  readonly why: string;
}

/** What holds for all mutants of a run. */
export interface Truth {
  readonly model: Model;
  readonly scenarios: readonly Scenario[];
  /** Steps of the dialplan by which each call of the control run came: 'ext-group,600,2'. */
  readonly ways: ReadonlyMap<string, ReadonlySet<string>>;
  /** Log lines that a new start brings with the unchanged build. */
  readonly usual: ReadonlySet<string>;
  readonly meaning: Meaning;
}

/** Calls of a mutant at most: those that it must change, the shortest first; where none is known to, a few that are about the object; and others by chance. */
const CALLS = 12;
const ABOUT = 3;
const NEIGHBOURS = 2;
/** Placed first: most mutants are caught by then. */
const FIRST = 4;

/** Puts a mutant into the PBX and verifies it against the model that is true. */
export async function judge(bench: Workbench, truth: Truth, mutant: Mutant, files: Files, random: Random, c: Context): Promise<Verdict> {
  await bench.hold(files);
  const entries = [...files].map(([path, content]) => ({ path, content, mode: 0o640 }));
  const { mismatches } = await checkStatic(bench.lab.pbx, { entries, model: truth.model });
  const [mismatch] = mismatches;
  if (mismatch !== undefined)
    return { by: 'static', why: `${refText(mismatch.about)} ${mismatch.what}: expected ${mismatch.expected}, held ${mismatch.held}` };
  const complaint = await complaintOf(bench, truth);
  if (complaint !== null) return { by: 'static', why: complaint };
  const chosen = choose(truth, mutant, random);
  for (const calls of [chosen.slice(0, FIRST), chosen.slice(FIRST)]) {
    const failed = (await placeCalls(bench.lab, calls, c)).find((r) => !r.passed);
    if (failed !== undefined) return { by: 'calls', why: `${failed.scenario.id}: ${whatWasWrong(failed).split('\n')[0]}` };
  }
  const late = await complaintOf(bench, truth);
  if (late !== null) return { by: 'static', why: late };
  const { made } = mutant;
  if (made.in === 'model' && truth.meaning.isSame(made.model, made.kind, made.field))
    return { by: 'same', why: 'thousands of calls by chance go the same way' };
  return { by: 'nobody', why: survivorText(truth, mutant, chosen) };
}

async function complaintOf(bench: Workbench, truth: Truth): Promise<string | null> {
  const line = (await bench.log(truth.model)).find((l) => l.because === null && !truth.usual.has(`${l.source} ${l.text}`));
  return line === undefined ? null : `log: ${line.level} ${line.source} ${line.text}`;
}

/** Calls for which the mutated model expects something else, or that came by the changed step; then those about the object; then any. */
function choose(truth: Truth, mutant: Mutant, random: Random): Scenario[] {
  const { about } = mutant;
  const certain = short([...differing(truth, mutant), ...truth.scenarios.filter((s) => touches(truth, mutant, s))]).slice(0, CALLS);
  const near =
    about === null
      ? []
      : truth.scenarios.filter((s) => [...s.about, ...s.claims.map((cl) => cl.ref)].some((r) => refText(r) === refText(about)));
  const others = random.shuffled(truth.scenarios).slice(0, NEIGHBOURS);
  return [...new Set([...certain, ...short(near).slice(0, ABOUT), ...others])];
}

/** The short ones first; a call at an hour of its own has the lab for itself. */
function short(list: readonly Scenario[]): Scenario[] {
  return [...list].sort((a, b) => Number(a.at !== null) - Number(b.at !== null) || a.longestMs - b.longestMs);
}

function touches({ ways }: Truth, { made }: Mutant, s: Scenario): boolean {
  return made.in === 'build' && made.place !== null && (ways.get(s.id)?.has(made.place) ?? false);
}

/** Of a mutated model: calls of the true one for which it expects another end, or none. */
function differing(truth: Truth, { made }: Mutant): Scenario[] {
  if (made.in !== 'model') return [];
  const mutated = new Map(plan(made.model).scenarios.map((s) => [s.id, s]));
  const expected = (s: Scenario | undefined): string => JSON.stringify(s === undefined ? null : [s.dial, s.expect]);
  return truth.scenarios.filter((s) => expected(mutated.get(s.id)) !== expected(s));
}

function survivorText(truth: Truth, mutant: Mutant, placed: readonly Scenario[]): string {
  const touched = mutant.made.in === 'model' ? differing(truth, mutant) : truth.scenarios.filter((s) => touches(truth, mutant, s));
  if (touched.length === 0)
    return `no call ${mutant.made.in === 'model' ? 'expects anything else' : 'comes by there'}, and Asterisk does not tell it`;
  return `${placed.length} calls went the same, ${touched.length} of them by it: ${touched
    .slice(0, 3)
    .map((s) => s.id)
    .join(', ')}`;
}
