import { playable } from '../../model/sounds.ts';
import type { Step } from '../../model/walk/step.ts';
import { parties, type TimedLeg, type Timing, timeline } from '../../model/walk/timeline.ts';
import type { CdrRow, Leg, Trace } from '../scenario.ts';

/** What the lab's telephones do is timed so; prompts are allowed the time that long ones take. */
export const TIMING: Timing = { answerMs: 1000, refuseMs: 700, promptMs: 4000 };
/** Where it rings without end, the caller gives up after that. */
export const STILL_RINGING_MS = 3000;
/** Legs that begin within this time ring together: so the lab tells them, too. */
const TOGETHER_MS = 400;

/** Whose record it is. */
export interface Placed {
  /** Number of the caller, as the PBX knows him. */
  readonly src: string;
  /** As dialled. */
  readonly dst: string;
  /** '' for a call from inside. */
  readonly did: string;
}

/** How a call ends. */
export type End = 'endless' | 'talk' | 'message' | 'listens' | 'tone' | 'hung-up';

/**
 * The trace that steps must leave. What is measured and not expected is null, 0 or empty: `stepsToDial`, and in a CDR row `billsec` and
 * `recordingfile`. Prompts that the new PBX has no file for are left out.
 */
export function expectation(steps: readonly Step[], placed: Placed, language: string): Trace {
  const laid = timeline(steps, TIMING);
  const end = endOf(steps);
  return {
    legs: ordered(laid.legs, longest(steps) ?? 0),
    heard: playable(laid.heard, language),
    keys: '',
    musicClass: laid.musicClass,
    end: end === 'tone' || end === 'hung-up' ? { at: 'hangup', cause: causeOf(steps) } : { at: 'caller', cause: 16 },
    recorded: laid.recorded,
    cdr: cdr(steps, end, placed),
    stepsToDial: null,
  };
}

/** How the steps end, from the caller's side. */
export function endOf(steps: readonly Step[]): End {
  const last = steps.at(-1);
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
    default:
      return 'hung-up';
  }
}

/** When the caller hangs up where it rings without end, in ms from the beginning; null: it does not. */
export function longest(steps: readonly Step[]): number | null {
  const laid = timeline(steps, TIMING);
  return laid.endMs === null ? Math.max(0, ...laid.legs.map((l) => l.startMs)) + STILL_RINGING_MS : null;
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
      answered: leg.answered,
    };
  });
}

/** A telephone that said busy leaves its cause at the caller: where the call is then hung up with none of its own, that one counts (golden: 602/first-busy). */
function causeOf(steps: readonly Step[]): number {
  const last = steps.at(-1);
  const cause = last?.do === 'tone' || last?.do === 'end' ? last.cause : NORMAL;
  return cause === NORMAL && steps.some(someoneWasBusy) ? BUSY : cause;
}

const NORMAL = 16;
const BUSY = 17;

function someoneWasBusy(step: Step): boolean {
  return step.do === 'ring' && step.legs.some((leg) => (leg.kind === 'party' ? leg.does === 'busy' : leg.ending === 'busy'));
}

/** Rows that are certain: of a call from inside to telephones alone, which no forward and no destination took elsewhere. */
function cdr(steps: readonly Step[], end: End, placed: Placed): CdrRow[] {
  const elsewhere = steps.some((s) => s.do === 'go-on') || parties(steps).some((p) => p.to.kind === 'trunk');
  const disposition = elsewhere || placed.did !== '' ? null : dispositionOf(steps, end);
  return disposition === null ? [] : [{ ...placed, disposition, billsec: 0, recordingfile: '' }];
}

/** The PBX answers here, before anybody else does. */
export function answersCall(s: Step): boolean {
  return (s.do === 'play' && !s.early) || (s.do === 'wait' && s.answers);
}

function dispositionOf(steps: readonly Step[], end: End): string | null {
  if (end === 'talk' || end === 'message' || end === 'listens') return 'ANSWERED';
  if (end === 'endless') return steps.some(answersCall) ? null : 'NO ANSWER';
  return end === 'tone' && steps.some((s) => s.do === 'ring' && s.result === 'busy') ? 'BUSY' : null;
}
