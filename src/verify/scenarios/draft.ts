import { shownInside } from '../../model/caller-id.ts';
import { settingsOf } from '../../model/kinds.ts';
import { type Ref, ref, refText } from '../../model/ref.ts';
import { type ExtensionState, fromExtension, fromOutside, type Situation } from '../../model/walk/situation.ts';
import type { Step } from '../../model/walk/step.ts';
import { entered, parties, ringsOn, timeline } from '../../model/walk/timeline.ts';
import { dialled, fromCarrier, walk } from '../../model/walk.ts';
import type { Act, Caller, Scenario } from '../scenario.ts';
import { isPlayed, type Phone, spread } from './callers.ts';
import { claimsOf } from './claims.ts';
import type { Draft, PlanContext, Planned, Skipped } from './define.ts';
import { answersCall, endOf, expectation, longest, TIMING } from './expectation.ts';

/** Calls that take longer run only where somebody has the patience. */
export const LONGEST_MS = 60_000;
/** What a call may take beyond what follows from the model. */
const MARGIN_MS = 8000;
/** How long people talk. */
const TALK_MS = 1500;
/** Seconds of ringing for which nobody waits. */
const AS_GOOD_AS_ENDLESS = 300;
/** A tone after an answer is played so long. */
const TONE_MS = 20_000;
/** Telephones tried as callers. */
const MOST_CALLERS = 60;

/** Makes scenarios of drafts: walks each, and leaves out those that are the same call as one before. */
export function scenarios(context: PlanContext, kind: string, drafts: readonly Draft[]): Planned {
  const made: Scenario[] = [];
  const skipped: Skipped[] = [];
  const seen = new Set<string>();
  for (const draft of drafts) {
    const result = scenarioOf(context, kind, draft);
    if ('why' in result) {
      skipped.push(result);
      continue;
    }
    // several things that telephones might do come to the same where they are not rung; other objects' calls are their own
    const same = JSON.stringify([
      draft.id.slice(0, draft.id.lastIndexOf('/')),
      result.dial,
      result.caller,
      result.acts,
      result.before,
      result.expect,
    ]);
    if (seen.has(same)) continue;
    seen.add(same);
    made.push(result);
  }
  return { scenarios: made, skipped };
}

/**
 * The steps as far as somebody waits for them: ringing that goes on for minutes is as good as without end, for the caller gives up. Elastix
 * has such times where it means none (a trunk's 300 s; a group by ringallv2, which ignores its own).
 */
function awaited(steps: readonly Step[]): readonly Step[] {
  const at = steps.findIndex((s) => {
    if ((s.do !== 'ring' && s.do !== 'dial-out') || s.result !== 'no-answer' || (s.seconds ?? 0) < AS_GOOD_AS_ENDLESS) return false;
    return s.do === 'dial-out' || s.legs.some(ringsOn);
  });
  const last = steps[at];
  if (last === undefined || (last.do !== 'ring' && last.do !== 'dial-out')) return steps;
  return [...steps.slice(0, at), { ...last, seconds: null, result: 'endless' }];
}

/** The steps of a draft, whoever calls; null: nobody can. For kinds that look before they choose. */
export function stepsOf(context: PlanContext, draft: Draft): readonly Step[] | null {
  return walkWithCaller(context, draft)?.steps ?? null;
}

function scenarioOf(context: PlanContext, kind: string, draft: Draft): Scenario | Skipped {
  const walked = walkWithCaller(context, draft);
  if (walked === null) return { id: draft.id, why: 'no telephone that the lab plays is free to place this call' };
  const { caller, placed } = walked;
  const steps = awaited(walked.steps);
  const absent = parties(steps).find((p) => p.does !== 'offline' && !isPlayed(context.model, p.to));
  if (absent !== undefined) return { id: draft.id, why: `it reaches ${refText(absent.to)}, which the lab does not play` };
  const longestMs = longestOf(steps);
  if (longestMs > LONGEST_MS && !context.patient) {
    return { id: draft.id, why: `it takes up to ${Math.ceil(longestMs / 1000)} s: place it with --patient` };
  }
  return {
    id: draft.id,
    kind,
    about: draft.about,
    at: null,
    caller,
    dial: draft.dial,
    acts: actsOf(steps),
    before: { astdb: astdbOf(draft.state ?? {}) },
    claims: claimsOf(context.model, steps, caller, draft),
    longestMs,
    expect: expectation(steps, placed, settingsOf(context.model).language),
  };
}

interface Walked {
  readonly steps: readonly Step[];
  readonly caller: Caller;
  readonly placed: { src: string; dst: string; did: string };
}

function walkWithCaller(context: PlanContext, draft: Draft): Walked | null {
  const { from } = draft;
  if ('carrier' in from) {
    const { number, name } = from;
    const steps = oneAnswers(draft, (o) => walk(context.model, fromCarrier(draft.dial), fromOutside(number, name, o), context.inside));
    return {
      steps,
      caller: { as: 'carrier', ref: ref('trunk', from.carrier), number, name },
      placed: { src: number, dst: draft.dial, did: draft.dial },
    };
  }
  // by what is dialled, so that all calls to one object have one caller
  const first = spread(draft.dial, from.inside.length);
  for (let i = 0; i < Math.min(from.inside.length, MOST_CALLERS); i++) {
    const phone = from.inside[(first + i) % from.inside.length] as Phone;
    if (draft.notCalling?.includes(phone.extension)) continue;
    const { device, extension } = phone;
    const steps = oneAnswers(draft, (o) =>
      walk(context.model, dialled(draft.dial), fromExtension(extension, { ...o, device }), context.inside),
    );
    if (takesPart(phone, steps)) continue;
    const shown = shownInside(context.model, extension);
    return {
      steps,
      caller: { as: 'extension', ref: ref('device', device), ...shown },
      placed: { src: shown.number, dst: draft.dial, did: '' },
    };
  }
  return null;
}

/** Of several that would answer at the same time one does, and the others ring on: who is the faster would be chance. */
function oneAnswers(draft: Draft, walkWith: (o: Partial<Situation>) => readonly Step[]): readonly Step[] {
  const state = { extensions: draft.state ?? {}, trunks: {} };
  const steps = walkWith({ state, phones: draft.does });
  const taken = timeline(steps, TIMING)
    .legs.filter((l) => l.answered)
    .sort((a, b) => (a.endMs ?? 0) - (b.endMs ?? 0))[0];
  if (taken === undefined) return steps;
  const name = refText(taken.to);
  return walkWith({ state, phones: (leg) => (draft.does(leg) === 'answer' && refText(leg) !== name ? 'ignore' : draft.does(leg)) });
}

function takesPart(phone: Phone, steps: readonly Step[]): boolean {
  return (
    parties(steps).some((p) => p.to.kind === 'device' && p.to.id === phone.device) ||
    entered(steps).some((r) => r.kind === 'extension' && r.id === phone.extension)
  );
}

/** What telephones and caller do: all but ringing on. */
function actsOf(steps: readonly Step[]): Act[] {
  const acts = new Map<string, Act>();
  for (const { to, does } of parties(steps)) {
    if (does === 'ignore' || does === 'offline') continue;
    acts.set(refText(to), {
      who: to,
      when: 'rings',
      afterMs: does === 'answer' ? TIMING.answerMs : TIMING.refuseMs,
      do: does === 'answer-only' ? 'answer' : does,
    });
  }
  const end = endOf(steps);
  const list = [...acts.values()];
  if (end === 'talk' || end === 'listens')
    list.push({ who: 'caller', when: 'answered', afterMs: answeredFor(steps) + TALK_MS, do: 'hangup' });
  if (end === 'message') list.push({ who: 'caller', when: { heard: 'beep' }, afterMs: TALK_MS, do: 'hangup' });
  return list;
}

/** How long the caller has been answered when somebody takes the call: an announcement may come before. */
function answeredFor(steps: readonly Step[]): number {
  const at = steps.findIndex(answersCall);
  return at < 0 ? 0 : (timeline(steps.slice(at), TIMING).endMs ?? 0);
}

function longestOf(steps: readonly Step[]): number {
  const givenUp = longest(steps);
  if (givenUp !== null) return givenUp;
  const answered = steps.some(answersCall);
  return (timeline(steps, TIMING).endMs ?? 0) + MARGIN_MS + (answered && endOf(steps) === 'tone' ? TONE_MS : 0);
}

/** Keys of the old box's AstDB, which the new one keeps: ELASTIX.md 2. */
function astdbOf(state: Readonly<Record<string, Partial<ExtensionState>>>): Record<string, string | null> {
  const keys: Record<string, string | null> = {};
  for (const [id, s] of Object.entries(state)) {
    if (s.forwardAlways !== undefined) keys[`CF/${id}`] = s.forwardAlways;
    if (s.forwardBusy !== undefined) keys[`CFB/${id}`] = s.forwardBusy;
    if (s.forwardUnavailable !== undefined) keys[`CFU/${id}`] = s.forwardUnavailable;
    if (s.doNotDisturb !== undefined) keys[`DND/${id}`] = s.doNotDisturb ? 'YES' : null;
    if (s.callWaiting !== undefined) keys[`CW/${id}`] = s.callWaiting ? 'ENABLED' : null;
  }
  return keys;
}

/** Telephones and trunks in the order in which they ring when nobody takes the call. */
export function ringOrder(context: PlanContext, draft: Draft): Ref[] {
  const steps = stepsOf(context, { ...draft, does: () => 'ignore' }) ?? [];
  const order = new Map(timeline(steps, TIMING).legs.map((leg) => [refText(leg.to), leg.to]));
  return [...order.values()];
}
