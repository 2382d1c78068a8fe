import { settingsOf } from '../../model/kinds.ts';
import { WORKING } from '../../model/moments.ts';
import { type Ref, refText } from '../../model/ref.ts';
import type { Step } from '../../model/walk/step.ts';
import { answersCall } from '../../model/walk/step.ts';
import { parties, timeline } from '../../model/walk/timeline.ts';
import { LONG_WAIT_SECONDS, shortWaitKey } from '../calls/short-wait.ts';
import { type Act, ANY_PROMPT, type EarlierCall, type Scenario, SECRET_KEY, type Trace } from '../scenario.ts';
import { actsOf } from './acts.ts';
import { extensionKeys, heldKeys } from './astdb.ts';
import { awayOf } from './away.ts';
import { isPlayed } from './callers.ts';
import { claimsOf, hasQueueForItself } from './claims.ts';
import type { Draft, EarlierDraft, PlanContext, Planned, Skipped } from './define.ts';
import { endOf, expectation, heardOf, longest, TIMING, USUAL } from './expectation.ts';
import { keysSet, type PlacedCall, type PlacedDraft, place } from './placed.ts';

/** Calls that take longer run only where somebody has the patience. */
export const LONGEST_MS = 60_000;
/** What it may take as a rule: prompts may be longer than usual. */
const PATIENCE_MS = 55_000;
/** So long callers wait where the way on from a queue is called. */
const SHORT_WAIT_SECONDS = 5;
/** What a call may take beyond what follows from the model. */
const MARGIN_MS = 8000;
/** A tone after an answer is played so long. */
const TONE_MS = 20_000;

/** Makes scenarios of drafts: walks each, and leaves out those that are the same call as one before. */
export function scenarios(context: PlanContext, kind: string, drafts: readonly Draft[]): Planned {
  const made: Scenario[] = [];
  const skipped: Skipped[] = [];
  const seen = new Set<string>();
  for (const draft of drafts) {
    const result = scenarioOf(context, kind, draft);
    if ('why' in result) {
      skipped.push({ id: result.id, why: result.why });
      continue;
    }
    // several things that telephones might do come to the same where they are not rung; other objects' calls are their own
    const { dial, at, caller, acts, before, expect } = result;
    const same = JSON.stringify([draft.id.slice(0, draft.id.lastIndexOf('/')), dial, at, caller, acts, before, expect]);
    if (seen.has(same)) continue;
    seen.add(same);
    made.push(result);
  }
  return { scenarios: made, skipped };
}

/** The steps of a draft, whoever calls; null: nobody can. For kinds that look before they choose. */
export function stepsOf(context: PlanContext, draft: Draft): readonly Step[] | null {
  return place(context, draft)?.steps ?? null;
}

type NotPlaced = Skipped & { readonly tooLong: boolean };

function scenarioOf(context: PlanContext, kind: string, draft: Draft): Scenario | NotPlaced {
  const made = scenarioAsFar(context, kind, draft);
  if (!('why' in made) || !made.tooLong) return made;
  if (draft.impatient === true) return scenarioAsFar(context, kind, { ...draft, goes: 'noticed' });
  const [line] = draft.about;
  const isLine = line?.kind === 'queue' || line?.kind === 'ring-group';
  if (!isLine || !(draft.goes === undefined || draft.goes === 'through')) return made;
  const left: Draft = { ...draft, goes: { left: line } };
  const cut = scenarioAsFar(context, kind, left);
  const inTime = 'why' in cut ? withShortWait(context, kind, left, line) : cut;
  return inTime === null || 'why' in inTime ? made : inTime;
}

/** Whether a telephone has the keys that are pressed. */
function isKeyable(act: Act): boolean {
  return typeof act.do !== 'object' || /^[0-9*#]*$/.test(act.do.keys);
}

/** The same where callers of the queue wait for seconds only, which the lab tells the PBX for this call; null: there is no such wait. */
function withShortWait(context: PlanContext, kind: string, draft: Draft, line: Ref): Scenario | NotPlaced | null {
  const queue = line.kind === 'queue' ? context.model.queue[line.id] : undefined;
  // with any other priority an agent who rings is waited for all the same
  if (queue?.maxWaitSeconds == null || queue.maxWaitSeconds < LONG_WAIT_SECONDS || queue.timeoutPriority !== 'app') return null;
  const short = { ...queue, maxWaitSeconds: SHORT_WAIT_SECONDS };
  const model = { ...context.model, queue: { ...context.model.queue, [line.id]: short } };
  const astdb = { ...draft.astdb, [shortWaitKey(line.id)]: String(SHORT_WAIT_SECONDS) };
  return scenarioAsFar({ ...context, model }, kind, { ...draft, astdb });
}

function scenarioAsFar(context: PlanContext, kind: string, draft: Draft): Scenario | NotPlaced {
  const placed = place(context, draft);
  if (placed === null) return { id: draft.id, why: 'no telephone that the lab plays is free to place this call', tooLong: false };
  const around = [...placed.earlier, ...placed.after];
  const why = [placed, ...around.map((c) => c.call)].map((c) => cannotBePlayed(context, c)).find((w) => w !== null);
  if (why !== undefined) return { id: draft.id, why, tooLong: false };
  const { steps, caller } = placed;
  const { language } = settingsOf(context.model);
  const inLine = hasQueueForItself(draft, placed) ? 'alone' : 'with-others';
  const acts = actsOf(context.model, steps, language, inLine);
  const usualMs = (longest(steps, USUAL) ?? timeline(steps, USUAL).endMs ?? 0) + waitsForAgents(context, steps);
  if (usualMs > PATIENCE_MS && !context.patient) {
    return { id: draft.id, why: `it takes ${Math.ceil(usualMs / 1000)} s: place it with --patient`, tooLong: true };
  }
  const [earlier, after] = [callsOf(context, placed.earlier), callsOf(context, placed.after)];
  if (![acts, ...[...earlier, ...after].map((c) => c.acts)].flat().every(isKeyable))
    return { id: draft.id, why: 'it asks for a password that no telephone can key', tooLong: false };
  return {
    id: draft.id,
    kind,
    about: draft.about,
    at: placed.byTime || around.some((c) => c.call.byTime) ? (draft.time ?? WORKING) : null,
    caller,
    dial: draft.dial,
    acts,
    before: {
      astdb: keysBefore(context, draft, placed),
      ...(draft.away === undefined ? {} : { away: awayOf(context.model, draft.away) }),
      ...(earlier.length > 0 ? { calls: earlier } : {}),
    },
    ...(after.length > 0 ? { after } : {}),
    claims: claimsOf(context.model, draft, placed),
    longestMs: Math.min(lasts(context, steps, acts), Math.max(LONGEST_MS, usualMs + MARGIN_MS)),
    expect: expected(draft, expectation(steps, placed.placed, language, { inLine, beyond: placed.beyond }), acts),
  };
}

function expected({ anyPrompt = [] }: Draft, trace: Trace, acts: readonly Act[]): Trace {
  return { ...trace, keys: keysOf(acts), heard: trace.heard.map((prompt) => (anyPrompt.includes(prompt) ? ANY_PROMPT : prompt)) };
}

/** All that the caller keys; a secret is not told. */
function keysOf(acts: readonly Act[]): string {
  const keyed = acts.map(({ who, do: does }) => (who === 'caller' && typeof does === 'object' ? does : null)).filter((d) => d !== null);
  return keyed.map(({ keys, secret }) => (secret === true ? SECRET_KEY.repeat(keys.length) : keys)).join('');
}

function cannotBePlayed(context: PlanContext, { steps, caller }: PlacedCall): string | null {
  const absent = parties(steps).find((p) => p.does !== 'offline' && !isPlayed(context.model, p.to));
  if (absent !== undefined) return `it reaches ${refText(absent.to)}, which the lab does not play`;
  if (caller.ref !== null && !isPlayed(context.model, caller.ref)) return `the lab does not play ${refText(caller.ref)}`;
  const { language } = settingsOf(context.model);
  const hasty = steps.find((s) => s.do === 'ask' && s.keys !== '' && s.seconds < TIME_TO_KEY_SECONDS && heardOf(s, language).length === 0);
  return hasty?.do === 'ask' ? `${refText(hasty.by)} says nothing and waits for no key: whether one comes in time is chance` : null;
}
/** A caller who hears nothing keys blindly. */
const TIME_TO_KEY_SECONDS = 2;

/** What the call needs, and what its calls change, at what the model holds: so it is put back afterwards. */
function keysBefore(context: PlanContext, draft: Draft, placed: PlacedDraft): Record<string, string | null> {
  const changed = [placed, ...[...placed.earlier, ...placed.after].map((c) => c.call)].flatMap((c) => Object.keys(keysSet(c.steps)));
  const states = Object.entries(draft.state ?? {}).map(([id, s]) => extensionKeys(id, s));
  return Object.assign(heldKeys(context.model, changed), ...states, draft.astdb);
}

function callsOf(context: PlanContext, calls: readonly { readonly draft: EarlierDraft; readonly call: PlacedCall }[]): EarlierCall[] {
  const { language } = settingsOf(context.model);
  return calls.map(({ draft, call }) => {
    const { talkMs = null } = draft;
    const own = actsOf(context.model, call.steps, language, 'alone').map((a) =>
      talkMs !== null && a.who === 'caller' && a.do === 'hangup' ? { ...a, afterMs: talkMs } : a,
    );
    const acts = [...own, ...(draft.acts ?? [])];
    return {
      caller: call.caller,
      dial: draft.dial,
      // one that is to go on meanwhile ends with the call that it is for
      acts: acts.filter((a) => draft.until === 'over' || a.do !== 'hangup'),
      longestMs: draft.until === 'over' ? lasts(context, call.steps, acts) + (talkMs ?? 0) : LONGEST_MS,
      ...whenThere(call.steps, draft, language),
    };
  });
}

/** He is there when the last of what he is told begins, if that cannot be taken for something before it. */
function whenThere(steps: readonly Step[], draft: EarlierDraft, language: string): Pick<EarlierCall, 'until' | 'afterMs'> {
  if (draft.until !== 'there') return { until: draft.until, afterMs: draft.afterMs ?? 0 };
  const heard = steps.flatMap((s) => heardOf(s, language));
  const last = heard.at(-1);
  if (last !== undefined && heard.indexOf(last) === heard.length - 1)
    return { until: { heard: last }, afterMs: draft.afterMs ?? SETTLED_MS };
  return { until: 'answered', afterMs: (draft.afterMs ?? SETTLED_MS) + (timeline(steps.slice(0, -1), USUAL).endMs ?? 0) };
}
const SETTLED_MS = 1000;

/** What a call takes at most. */
function lasts(context: PlanContext, steps: readonly Step[], acts: readonly Act[]): number {
  const waits = waitsForAgents(context, steps);
  const givenUp = longest(steps);
  const answered = steps.some(answersCall);
  // a caller who hangs up when he notices something has the time for it
  const notices = acts.some((a) => a.who === 'caller' && a.do === 'hangup');
  if (givenUp !== null) return givenUp + waits + (notices ? MARGIN_MS : 0);
  return (timeline(steps, TIMING).endMs ?? 0) + waits + MARGIN_MS + (answered && endOf(steps) === 'tone' ? TONE_MS : 0);
}

/** Agents who have just had a call are not rung again at once. */
function waitsForAgents(context: PlanContext, steps: readonly Step[]): number {
  const waits = steps.map((s) => {
    const queue = s.do === 'queue' && s.legs.length > 0 ? context.model.queue[s.by.id] : undefined;
    return queue === undefined ? 0 : (queue.wrapUpSeconds + queue.retrySeconds + queue.memberDelaySeconds) * 1000;
  });
  return Math.max(0, ...waits);
}

/** Telephones and trunks in the order in which they ring when nobody takes the call. */
export function ringOrder(context: PlanContext, draft: Draft): Ref[] {
  const steps = stepsOf(context, { ...draft, does: () => 'ignore' }) ?? [];
  const order = new Map(timeline(steps, TIMING).legs.map((leg) => [refText(leg.to), leg.to]));
  return [...order.values()];
}
