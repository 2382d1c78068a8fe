import type { Shown } from '../caller-id.ts';
import type { Ref } from '../ref.ts';
import { saidInLine } from './in-line.ts';
import { answersCall, type NumberLeg, type PartyLeg, type RingLeg, type RingStep, type Step } from './step.ts';

/** How long things take that the model does not say. */
export interface Timing {
  /** From the first ring to the answer. */
  readonly answerMs: number;
  /** From the first ring to busy or a refusal. */
  readonly refuseMs: number;
  /** One prompt. */
  readonly promptMs: number;
}

/** From one key that the caller presses to the next. */
export const KEY_MS = 250;
/** From the answer to the 1 that accepts the call, in seconds: as long as people are taken to need. */
export const CONFIRM_SECONDS = 2;

/** A telephone or trunk that rang. Times in ms from the beginning of the call. */
export interface TimedLeg {
  readonly to: Ref;
  readonly dialled: string;
  readonly shown: Shown;
  readonly startMs: number;
  /** null: it rings until the caller gives up. */
  readonly endMs: number | null;
  readonly answered: boolean;
  readonly does: PartyLeg['does'];
}

/** What those who take part notice, with times. */
export interface Timeline {
  /** In order of their beginning, without those whom a queue picks: when they ring is its own affair. */
  readonly legs: readonly TimedLeg[];
  /** Prompts that the caller hears, by file. */
  readonly heard: readonly string[];
  readonly musicClass: string | null;
  readonly recorded: boolean;
  /** When the steps are through; null: never, without the caller. Of an answered call, when it was answered. */
  readonly endMs: number | null;
}

/** Lays steps out in time. Numbers that are dialled beside others are laid out within the ringing that they belong to. */
export function timeline(steps: readonly Step[], timing: Timing): Timeline {
  const legs: TimedLeg[] = [];
  const heard: string[] = [];
  let at = 0;
  let endMs: number | null = 0;
  let musicClass: string | null = null;
  let recorded = false;
  for (const step of steps) {
    if (step.do === 'record') recorded = true;
    musicClass ??= musicOf(step);
    heard.push(...promptsOf(step), ...saidWaiting(step, timing));
    const laid = layOut(step, timing);
    recorded ||= laid.recorded;
    legs.push(...shifted(laid.legs, at));
    endMs = laid.endMs === null ? null : at + laid.endMs;
    if (endMs === null) break;
    at = endMs;
  }
  return { legs: legs.sort((a, b) => a.startMs - b.startMs), heard, musicClass, recorded, endMs };
}

interface Laid {
  readonly legs: readonly TimedLeg[];
  /** How long it takes; null: until the caller gives up. */
  readonly endMs: number | null;
  readonly recorded: boolean;
}

function layOut(step: Step, timing: Timing): Laid {
  if (step.do === 'ring') return rungIn(step, timing);
  if (step.do === 'dial-out') {
    const endMs = endOfParty(step.leg, timing, step.result === 'cut' ? null : step.seconds);
    return { legs: step.leg.does === 'offline' ? [] : [timed(step.leg, 0, endMs)], endMs, recorded: false };
  }
  if (step.do === 'page') return paged(step, timing);
  return { legs: [], endMs: waitOf(step, timing), recorded: step.do === 'queue' && step.result === 'answered' && recordsAny(step.legs) };
}

/** All of them may take it: each rings until he does, or its time is up. */
function paged({ legs, seconds }: Extract<Step, { do: 'page' }>, timing: Timing): Laid {
  const rung = legs.filter((leg) => leg.does !== 'offline');
  return { legs: rung.map((leg) => timed(leg, 0, endOfParty(leg, timing, seconds))), endMs: null, recorded: false };
}

/** How long a step takes in which nobody rings, or only those whom a queue picks; null: until the caller gives up. */
function waitOf(step: Step, timing: Timing): number | null {
  const promptsMs = promptsOf(step).length * timing.promptMs;
  switch (step.do) {
    case 'wait':
      return step.seconds * 1000;
    case 'ask':
      return promptsMs + (step.keys === '' ? step.seconds : step.settleSeconds) * 1000 + step.keys.length * KEY_MS;
    case 'queue':
      if (step.result === 'answered') return timing.answerMs;
      return step.result === 'not-let-in' || step.result === 'sent-away'
        ? 0
        : (step.result === 'timeout' || step.result === 'leaves') && step.seconds !== null
          ? step.seconds * 1000
          : null;
    case 'park':
      return promptsMs + step.seconds * 1000;
    case 'conference':
    case 'retrieve':
    case 'stay':
      return null;
    default:
      return promptsMs;
  }
}

/** What a queue says to a caller whose waiting has an end. Who gives up while it has none hears what is said until then, which nobody can tell here. */
function saidWaiting(step: Step, timing: Timing): string[] {
  if (step.do !== 'queue' || step.result !== 'timeout' || step.seconds === null) return [];
  const refused = step.legs.length * timing.refuseMs;
  const roundMs = !step.legs.some(ringsOn) ? refused : step.agentSeconds === null ? null : step.agentSeconds * 1000;
  return saidInLine(step, step.seconds * 1000, roundMs, timing.promptMs);
}

function recordsAny(legs: readonly RingLeg[]): boolean {
  return legs.some((leg) => leg.kind === 'number' && leg.steps.some((s) => s.do === 'record'));
}

function musicOf(step: Step): string | null {
  // where nobody can be rung nothing is dialled, and nothing played meanwhile
  if (step.do === 'ring') return step.legs.some((leg) => leg.kind === 'number' || leg.does !== 'offline') ? step.musicClass : null;
  if (step.do === 'queue' || step.do === 'conference' || step.do === 'park') return step.musicClass;
  return step.do === 'sound' && step.sound === 'music' ? 'default' : null;
}

/** Prompts of one step, as the files that are played. A mailbox without a greeting of its own says its number (app_voicemail). */
export function promptsOf(step: Step): readonly string[] {
  if (step.do === 'play' || step.do === 'ask' || step.do === 'conference' || step.do === 'park') return step.prompts;
  if (step.do === 'page') return ['beep'];
  if (step.do !== 'voicemail') return [];
  if (step.greeting === 'none') return ['beep'];
  const digits = [...(step.mailbox.split('@')[0] ?? '')].map((d) => `digits/${d}`);
  return ['vm-theperson', ...digits, step.greeting === 'busy' ? 'vm-isonphone' : 'vm-isunavail', 'vm-intro', 'beep'];
}

function rungIn(step: RingStep, timing: Timing): Laid {
  const inner = step.legs.map((leg) => (leg.kind === 'number' ? timeline(leg.steps, timing) : null));
  const ends = step.legs.map((leg, i) =>
    leg.kind === 'party' ? endOfParty(leg, timing, null) : endOfNumber(leg, inner[i]?.endMs ?? null, timing),
  );
  const endMs = endOfRinging(step, ends);
  const legs = step.legs.flatMap((leg, i) => {
    if (leg.kind === 'party') return leg.does === 'offline' ? [] : [clipped(timed(leg, 0, ends[i] ?? null), endMs, step.result)];
    // who answered there was decided there: whoever must press 1 and does not has answered all the same
    return (inner[i]?.legs ?? []).map((l) => clipped(l, endMs, 'answered'));
  });
  return { legs, endMs, recorded: inner.some((t) => t?.recorded === true) };
}

function endOfRinging(step: RingStep, ends: readonly (number | null)[]): number | null {
  if (step.result === 'endless' || step.result === 'cut') return null;
  if (step.result === 'answered')
    return Math.min(...step.legs.flatMap((leg, i) => (answers(leg) ? [ends[i] ?? Number.POSITIVE_INFINITY] : [])));
  if (step.legs.some(ringsOn)) return step.seconds === null ? null : step.seconds * 1000;
  return Math.max(0, ...ends.map((e) => e ?? 0));
}

/**
 * When a number that is dialled beside others is through with its own: one that was accepted, when the 1 was pressed; where the PBX itself answers, as a conference or
 * a question for a PIN does, at that answer.
 */
function endOfNumber(leg: NumberLeg, endMs: number | null, timing: Timing): number | null {
  const itselfMs = leg.ending === 'answered' && leg.confirmed === undefined ? answeredItselfMs(leg.steps, timing) : null;
  if (itselfMs !== null) return itselfMs;
  return leg.confirmed === true && endMs !== null ? endMs + CONFIRM_SECONDS * 1000 : endMs;
}

/** When the PBX itself takes the call, before anybody else; null: it does not, or never comes to that. */
export function answeredItselfMs(steps: readonly Step[], timing: Timing): number | null {
  const at = steps.findIndex(answersCall);
  return at < 0 ? null : timeline(steps.slice(0, at), timing).endMs;
}

function answers(leg: RingLeg): boolean {
  return leg.kind === 'party' ? picksUp(leg) : leg.ending === 'answered';
}

function picksUp(leg: PartyLeg): boolean {
  return leg.does === 'answer' || leg.does === 'answer-only';
}

/** It goes on until somebody puts an end to it: it rings, or was answered by who does not accept the call. */
export function ringsOn(leg: RingLeg): boolean {
  return leg.kind === 'party' ? leg.does === 'ignore' : leg.ending === 'endless' || leg.ending === 'cut';
}

function endOfParty(leg: PartyLeg, timing: Timing, seconds: number | null): number | null {
  if (leg.does === 'offline') return 0;
  if (leg.does === 'ignore') return seconds === null ? null : seconds * 1000;
  return picksUp(leg) ? timing.answerMs : timing.refuseMs;
}

function timed(leg: PartyLeg, startMs: number, rangMs: number | null): TimedLeg {
  const { to, dialled, shown, does } = leg;
  return { to, dialled, shown, does, startMs, endMs: rangMs === null ? null : startMs + rangMs, answered: picksUp(leg) };
}

/** Ringing ends for all when it ends; only one of those who would answer has the call. */
function clipped(leg: TimedLeg, endMs: number | null, result: RingStep['result']): TimedLeg {
  if (endMs === null) return leg;
  const ends = leg.endMs === null ? endMs : Math.min(leg.endMs, endMs);
  return { ...leg, endMs: ends, answered: leg.answered && result === 'answered' && leg.endMs !== null && leg.endMs <= endMs };
}

function shifted(legs: readonly TimedLeg[], by: number): TimedLeg[] {
  return legs.map((leg) => ({ ...leg, startMs: leg.startMs + by, endMs: leg.endMs === null ? null : leg.endMs + by }));
}

/** Every object that took the call, in order, those of numbers dialled beside others among them. */
export function entered(steps: readonly Step[]): Ref[] {
  return steps.flatMap((step) => {
    if (step.do === 'enter') return [step.ref];
    if (step.do !== 'ring' && step.do !== 'queue') return [];
    return step.legs.filter((leg): leg is NumberLeg => leg.kind === 'number').flatMap((leg) => entered(leg.steps));
  });
}

/** Telephones and trunks that are called, in the order in which they are written, those whom a queue may pick among them. */
export function parties(steps: readonly Step[]): PartyLeg[] {
  return steps.flatMap((step) => {
    if (step.do === 'dial-out') return [step.leg];
    if (step.do === 'page') return step.legs;
    if (step.do !== 'ring' && step.do !== 'queue') return [];
    return step.legs.flatMap((leg) => (leg.kind === 'party' ? [leg] : parties(leg.steps)));
  });
}
