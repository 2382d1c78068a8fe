import { playable } from '../../model/sounds.ts';
import { answersCall, type QueueStep, type Step, withinLegs } from '../../model/walk/step.ts';
import { parties, promptsOf, type TimedLeg, type Timing, timeline } from '../../model/walk/timeline.ts';
import { type CdrRow, type Leg, TOGETHER_MS, type Trace } from '../scenario.ts';
import { takenByPbx } from './taken-by-pbx.ts';

/** What the lab's telephones do is timed so; prompts are allowed the time that long ones take. */
export const TIMING: Timing = { answerMs: 1000, refuseMs: 700, promptMs: 4000 };
/** A prompt as long as most are. */
export const USUAL: Timing = { ...TIMING, promptMs: 2000 };
/** Where it rings without end, the caller gives up after that. */
export const STILL_RINGING_MS = 3000;

/** Whose record it is. */
export interface Placed {
  /** Number of the caller, as the PBX knows him. */
  readonly src: string;
  /** As dialled. */
  readonly dst: string;
  /** '' for a call from inside. */
  readonly did: string;
}

/**
 * How a call ends. endless: it rings until the caller gives up. talk: caller and callee talk. waits: he waits in line, in a room, in a slot,
 * before a menu: for somebody, or until he has enough.
 */
export type End = 'endless' | 'talk' | 'message' | 'listens' | 'waits' | 'tone' | 'hung-up';

/** Whether a caller has the queue that he waits in for himself. */
export type InLine = 'alone' | 'with-others';

export interface Circumstances {
  /** Whether the caller has the queue that he waits in for himself: only then is it sure that somebody rings for him. Left out: alone. */
  readonly inLine?: InLine;
  /** What would come after the prompt during which he hangs up. */
  readonly beyond?: readonly Step[];
}

/**
 * The trace that steps must leave. What is measured and not expected is null, 0 or empty: `stepsToDial`, and in a CDR row `billsec` and
 * `recordingfile`. Prompts that the new PBX has no file for are left out.
 */
export function expectation(steps: readonly Step[], placed: Placed, language: string, o: Circumstances = {}): Trace {
  const { inLine = 'alone', beyond = [] } = o;
  const laid = timeline(steps, TIMING);
  const whole = beyond.length === 0 ? laid : timeline([...steps, ...beyond], TIMING);
  const byPbx = takenByPbx(steps, TIMING);
  const end = endOf(steps);
  const through = sentThrough(steps);
  const pbxEnds = end === 'tone' || end === 'hung-up' || (end === 'talk' && calleeHangsUp(steps));
  return {
    legs: [...ordered(laid.legs, longest(steps) ?? 0), ...ordered(whole.legs, 0).slice(laid.legs.length).map(perhaps)],
    some: joined(pickedLegs(steps, inLine), pickedLegs(beyond, 'with-others')),
    heard: playable([...whole.heard, ...(end === 'waits' ? mayBeTold(steps) : [])], language),
    keys: '',
    musicClass: laid.musicClass,
    end: pbxEnds ? { at: 'hangup', cause: end === 'talk' ? NORMAL : causeOf(steps) } : { at: 'caller', cause: NORMAL },
    recorded: laid.recorded,
    cdr: cdr(steps, end, placed),
    astdb: astdbOf(steps),
    stepsToDial: null,
    ...(steps.some(isNotUnderstood) || byPbx === 'perhaps' ? { open: true } : {}),
    ...(withinLegs(steps).some(goesRound) ? { circles: true } : {}),
    ...(withinLegs(steps).some(asksRouteHours) ? { byClock: true } : {}),
    ...(through.length > 0 ? { through } : {}),
    ...(beyond.length > 0 || (end === 'talk' && byPbx !== 'no') ? { further: true } : {}),
    ...(pbxEnds && steps.some(answersCall) ? { answeredFirst: true } : {}),
  };
}

/** It begins where the caller hangs up already. */
function perhaps(leg: Leg): Leg {
  return { ...leg, rangMs: 0, answered: false, perhaps: true };
}

function joined(sure: Trace['some'], further: Trace['some']): NonNullable<Trace['some']> | null {
  if (sure == null || further == null) return sure ?? (further == null ? null : { ...further, atLeast: 0, answered: false });
  return { ...sure, of: [...sure.of, ...further.of] };
}

/** How the steps end, from the caller's side. */
export function endOf(steps: readonly Step[]): End {
  const last = steps.findLast((s) => s.do !== 'set');
  switch (last?.do) {
    case 'tone':
      return 'tone';
    case 'voicemail':
      return 'message';
    case 'sound':
      return 'listens';
    case 'ring':
    case 'dial-out':
      return last.result === 'answered' ? 'talk' : 'endless';
    case 'queue':
      return last.result === 'answered' ? 'talk' : last.result === 'endless' ? 'waits' : 'hung-up';
    case 'ask':
    case 'play':
    case 'conference':
    case 'page':
    case 'park':
    case 'retrieve':
    case 'stay':
      return 'waits';
    default:
      return 'hung-up';
  }
}

/**
 * The one who is called ends the talk, where the PBX answered the caller first: when that talk begins only he knows, for how long prompts
 * take is not in the model. The PBX itself, where it takes the call that it rings somebody for, ends nothing.
 */
export function calleeHangsUp(steps: readonly Step[]): boolean {
  return takenByPbx(steps, TIMING) === 'no' && (steps.some(answersCall) || steps.some((s) => s.do === 'queue'));
}

/** When the caller gives up where it goes on without end, in ms from the beginning; null: it does not. */
export function longest(steps: readonly Step[], timing: Timing = TIMING): number | null {
  const laid = timeline(steps, timing);
  if (laid.endMs !== null) return null;
  const last = timeline(steps.slice(0, -1), timing).endMs ?? 0;
  return Math.max(last, ...laid.legs.map((l) => l.startMs)) + STILL_RINGING_MS;
}

function ordered(legs: readonly TimedLeg[], givenUpMs: number): Leg[] {
  let order = 0;
  let last = Number.NEGATIVE_INFINITY;
  return legs.map((leg) => {
    if (leg.startMs - last > TOGETHER_MS) order++;
    last = leg.startMs;
    return {
      to: leg.to,
      dialled: leg.dialled,
      order,
      rangMs: (leg.endMs ?? givenUpMs) - leg.startMs,
      shown: leg.shown,
      // one that answers and accepts nothing was answered all the same
      answered: leg.answered || leg.does === 'answer-only',
      ...(leg.endMs === leg.startMs ? { perhaps: true } : {}),
    };
  });
}

/** Those whom queues may ring. One must ring at least where the caller has the queue for himself and somebody can be rung. */
function pickedLegs(steps: readonly Step[], inLine: InLine): NonNullable<Trace['some']> | null {
  const queues = steps.filter((s): s is QueueStep => s.do === 'queue');
  const of = queues.flatMap((q) => parties([q])).filter((p) => p.does !== 'offline');
  if (of.length === 0) return null;
  const last = queues.at(-1) as QueueStep;
  const byPbx = takenByPbx([last], TIMING) !== 'no';
  const atLeast = inLine === 'with-others' ? 0 : last.some ? 1 : parties([last]).filter((p) => p.does !== 'offline').length;
  const legs = of.map((p) => ({
    to: p.to,
    dialled: p.dialled,
    order: 1,
    rangMs: p.does === 'ignore' ? (last.agentSeconds ?? 0) * 1000 : 0,
    shown: p.shown,
    answered: p.does === 'answer',
  }));
  if (byPbx) return { of: legs, atLeast: 0, answered: false };
  return { of: legs, atLeast: last.result === 'answered' ? 1 : atLeast, answered: last.result === 'answered' };
}

function astdbOf(steps: readonly Step[]): Readonly<Record<string, string | null>> {
  return Object.fromEntries(steps.flatMap((s) => (s.do === 'set' ? [[s.key, s.value]] : [])));
}

/** A telephone that said busy leaves its cause at the caller: where the call is then hung up with none of its own, that one counts (golden: 602/first-busy). */
function causeOf(steps: readonly Step[]): number {
  const last = steps.findLast((s) => s.do === 'tone' || s.do === 'end');
  // once a call is answered a tone is only heard: Busy and Congestion leave its cause alone (main/pbx_builtins.c)
  const answeredAt = steps.findIndex(answersCall);
  const isHeardOnly = last?.do === 'tone' && answeredAt >= 0 && !steps.some((s, i) => leavesCause(s, i > answeredAt));
  const cause = isHeardOnly ? NORMAL : (last?.cause ?? NORMAL);
  // to who is answered a tone is only heard: a carrier's word that there is no such number stays
  if (last?.do === 'tone' && steps.some(answersCall) && steps.findLast((s) => s.do === 'dial-out')?.leg.does === 'wrong-number')
    return UNALLOCATED;
  return cause === NORMAL && steps.some(someoneWasBusy) ? BUSY : cause;
}

/** Hand-made contexts that a call is sent into: Asterisk names a step by the context that a call was sent to, not by the one that this includes. */
function sentThrough(steps: readonly Step[]): string[] {
  const sent = steps.filter(
    (s, i) =>
      s.do === 'enter' &&
      s.ref.kind === 'custom-dialplan' &&
      steps.slice(0, i).some((b) => b.do === 'enter' && b.ref.kind !== 'custom-dialplan'),
  );
  return [...new Set(sent.flatMap((s) => (s.do === 'enter' ? [s.ref.id] : [])))];
}

/** Nobody can tell what comes after it. */
function isNotUnderstood(step: Step): boolean {
  if (step.do === 'stay') return step.at === 'not-understood';
  if (step.do !== 'ring' && step.do !== 'queue') return false;
  const steps = step.legs.flatMap((leg) => (leg.kind === 'number' ? leg.steps : []));
  // who of a queue's agents has the call first, where the queue itself is among them, is chance
  return steps.some(isNotUnderstood) || (step.do === 'queue' && steps.some(comesBack));
}

/** Whoever is rung leads back to who rings him. */
function comesBack(step: Step): boolean {
  const isRung = step.do === 'ring' || step.do === 'queue';
  return goesRound(step) || (isRung && step.legs.some((leg) => leg.kind === 'number' && leg.steps.some(comesBack)));
}

function asksRouteHours(step: Step): boolean {
  return step.do === 'decide' && step.byTime && step.by.kind === 'outbound-route';
}

/** Where the old box would have gone on for ever. */
function goesRound(step: Step): boolean {
  return step.do === 'loop' || (step.do === 'leave-out' && step.because === 'within-itself');
}

const UNALLOCATED = 1;
const NORMAL = 16;
const BUSY = 17;

/** Whoever is tried may leave a cause of his own, but for a queue's agents; telephones that only rang, before the call was answered, leave none. */
function leavesCause(step: Step, answered: boolean): boolean {
  return step.do === 'dial-out' || (step.do === 'ring' && (answered || step.result !== 'no-answer') && parties([step]).length > 0);
}

/** Follow me rings through channels of its own, which keep the cause to themselves (golden: followme/106/first-busy). */
function someoneWasBusy(step: Step): boolean {
  return (
    step.do === 'ring' &&
    step.by.kind !== 'follow-me' &&
    step.legs.some((leg) => (leg.kind === 'party' ? leg.does === 'busy' : leg.ending === 'busy'))
  );
}

/** Rows that are certain: of a call from inside to telephones alone, which nothing took elsewhere. */
function cdr(steps: readonly Step[], end: End, placed: Placed): CdrRow[] {
  const elsewhere = steps.some(leadsOn) || parties(steps).some((p) => p.to.kind === 'trunk');
  const disposition = elsewhere || placed.did !== '' ? null : dispositionOf(steps, end);
  return disposition === null ? [] : [{ ...placed, disposition, billsec: 0, recordingfile: '' }];
}

/** What the PBX does itself may leave a row under another name than what was dialled. */
const LEAD_ON: ReadonlySet<Step['do']> = new Set([
  'go-on',
  'ask',
  'decide',
  'set',
  'queue',
  'conference',
  'page',
  'park',
  'retrieve',
  'stay',
]);

function leadsOn(step: Step): boolean {
  return LEAD_ON.has(step.do);
}

function dispositionOf(steps: readonly Step[], end: End): string | null {
  if (end === 'talk' || end === 'message' || end === 'listens') return 'ANSWERED';
  if (end === 'endless') return steps.some(answersCall) ? null : 'NO ANSWER';
  return end === 'tone' && steps.some((s) => s.do === 'ring' && s.result === 'busy') ? 'BUSY' : null;
}

/** What a caller in line is told again and again: how often, until he hangs up, depends on the agents. */
function mayBeTold(steps: readonly Step[]): string[] {
  const last = steps.at(-1);
  const prompts = last?.do === 'queue' ? (last.announces?.prompts ?? []) : [];
  return Array.from({ length: MOST_TOLD }, () => prompts).flat();
}
const MOST_TOLD = 5;

/** What the caller hears of a step, as the new PBX has it. */
export function heardOf(step: Step, language: string): string[] {
  return playable(promptsOf(step), language);
}
