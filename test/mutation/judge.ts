import type { Context } from '../../src/context.ts';
import type { Model } from '../../src/model/kinds.ts';
import { ref, refText } from '../../src/model/ref.ts';
import { placeCalls, whatWasWrong } from '../../src/verify/calls/calls.ts';
import { plan } from '../../src/verify/plan.ts';
import type { Scenario } from '../../src/verify/scenario.ts';
import { checkStatic } from '../../src/verify/static/static.ts';
import type { Meaning } from './meaning.ts';
import type { Files, Mutant } from './mutant.ts';
import type { Random } from './random.ts';
import type { Trails } from './trails.ts';
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
  /** Where each call of the control run came by. */
  readonly trails: Trails;
  /** Contexts that no call can come to: what they hold nobody notices. */
  readonly neverEntered: ReadonlySet<string>;
  /** Log lines that a new start brings with the unchanged build. */
  readonly usual: ReadonlySet<string>;
  /** Simulated calls that the unchanged build is said to do otherwise. */
  readonly usualWays: ReadonlySet<string>;
  readonly meaning: Meaning;
}

/** Placed first: most mutants are caught by then. */
const FIRST = 4;
/** Placed where those went well: calls that the defect must change or that come by it, at most, one of each kind before a second of any. */
const CALLS = 40;
/** Then, where nothing is known of the defect: a few that are about the object, and others by chance. */
const ABOUT = 3;
const NEIGHBOURS = 4;

/** Puts a mutant into the PBX and verifies it against the model that is true. */
export async function judge(bench: Workbench, truth: Truth, mutant: Mutant, files: Files, random: Random, c: Context): Promise<Verdict> {
  await bench.hold(files);
  const entries = [...files].map(([path, content]) => ({ path, content, mode: 0o640 }));
  const { mismatches, findings } = await checkStatic(bench.lab.pbx, { entries, model: truth.model });
  const [mismatch] = mismatches;
  if (mismatch !== undefined)
    return { by: 'static', why: `${refText(mismatch.about)} ${mismatch.what}: expected ${mismatch.expected}, held ${mismatch.held}` };
  const way = findings.find((f) => f.code === 'CALL_WAY_DIFFERS' && !truth.usualWays.has(f.where ?? ''));
  if (way !== undefined) return { by: 'static', why: `simulated: ${way.where}: ${way.means}` };
  const complaint = await complaintOf(bench, truth);
  if (complaint !== null) return { by: 'static', why: complaint };
  const chosen = choose(truth, mutant, random);
  await bench.telephonesAreBack();
  for (const calls of [chosen.slice(0, FIRST), chosen.slice(FIRST)]) {
    const failed = (await placeCalls([bench.lab], calls, c)).find((r) => !r.passed);
    if (failed !== undefined) return { by: 'calls', why: `${failed.scenario.id}: ${whatWasWrong(failed).split('\n')[0]}` };
  }
  const late = await complaintOf(bench, truth);
  if (late !== null) return { by: 'static', why: late };
  const { made } = mutant;
  if (made.in === 'build' && made.place !== null && truth.neverEntered.has(made.place.context))
    return { by: 'same', why: `no telephone, carrier or step of the dialplan leads to ${made.place.context}` };
  if (made.in === 'model' && truth.meaning.isSame(made.model, made.kind, made.field, mutant.about ?? ref('settings', 'pbx')))
    return { by: 'same', why: 'thousands of calls by chance go the same way, those that begin at the object among them' };
  return { by: 'nobody', why: survivorText(truth, mutant, chosen) };
}

async function complaintOf(bench: Workbench, truth: Truth): Promise<string | null> {
  const line = (await bench.log(truth.model)).find((l) => l.because === null && !truth.usual.has(`${l.source} ${l.text}`));
  return line === undefined ? null : `log: ${line.level} ${line.source} ${line.text}`;
}

/** Calls for which the mutated model expects something else, or that came by the changed step; then those about the object; then any. */
function choose(truth: Truth, mutant: Mutant, random: Random): Scenario[] {
  const { about } = mutant;
  const certain = kindsInTurn(touched(truth, mutant)).slice(0, CALLS);
  const near =
    about === null
      ? []
      : truth.scenarios.filter((s) => [...s.about, ...s.claims.map((cl) => cl.ref)].some((r) => refText(r) === refText(about)));
  const others = random.shuffled(truth.scenarios).slice(0, NEIGHBOURS);
  return [...new Set([...certain, ...short(near).slice(0, ABOUT), ...others])];
}

function short(list: readonly Scenario[]): Scenario[] {
  return [...list].sort((a, b) => a.longestMs - b.longestMs);
}

/** The shortest of each kind, then the next of each: a routine that all calls come by does something else for each kind. */
function kindsInTurn(list: readonly Scenario[]): Scenario[] {
  const placeOf = new Map<Scenario, number>();
  const held = new Map<string, number>();
  const sorted = short(list);
  for (const s of sorted) {
    const place = held.get(s.kind) ?? 0;
    placeOf.set(s, place);
    held.set(s.kind, place + 1);
  }
  return sorted.sort((a, b) => (placeOf.get(a) ?? 0) - (placeOf.get(b) ?? 0));
}

export function touched(truth: Truth, mutant: Mutant): Scenario[] {
  const { made } = mutant;
  if (made.in === 'model') return differing(truth, made.model);
  const { place } = made;
  return place === null ? [] : truth.scenarios.filter((s) => truth.trails.comesBy(s.id, place));
}

/** Calls of the true model for which the mutated one expects something else, or which it has not. */
function differing(truth: Truth, mutated: Model): Scenario[] {
  const there = new Map(plan(mutated).scenarios.map((s) => [s.id, s]));
  const expected = (s: Scenario | undefined): string =>
    JSON.stringify(s === undefined ? null : [s.dial, s.acts, s.before, s.after, s.expect]);
  return truth.scenarios.filter((s) => expected(there.get(s.id)) !== expected(s));
}

function survivorText(truth: Truth, mutant: Mutant, placed: readonly Scenario[]): string {
  const by = touched(truth, mutant);
  if (by.length === 0)
    return `no call ${mutant.made.in === 'model' ? 'expects anything else' : 'comes by there'}, and Asterisk does not tell it`;
  return `${placed.length} calls went the same, ${by.length} of all come by it: ${by
    .slice(0, 3)
    .map((s) => s.id)
    .join(', ')}`;
}
