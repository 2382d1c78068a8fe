import type { Shown } from '../caller-id.ts';
import type { Destination } from '../destination.ts';
import type { Ref } from '../ref.ts';
import type { Behaviour } from './situation.ts';

/**
 * How ringing ended. `unreachable`: nothing could be rung. `endless`: it rings until the caller gives up. `cut`: whoever had this call
 * rung gave up.
 */
export type RingResult = 'answered' | 'busy' | 'no-answer' | 'congestion' | 'unreachable' | 'endless' | 'cut';

/** How a whole call ended for the one who placed it. `hung-up`: the PBX ended it without a tone. */
export type Ending = 'answered' | 'busy' | 'congestion' | 'hung-up' | 'endless' | 'cut';

/** A telephone or trunk that is called. */
export interface PartyLeg {
  readonly kind: 'party';
  /** A device or a trunk. */
  readonly to: Ref;
  /** Number sent: the device's own id, or the number as the trunk dials it. */
  readonly dialled: string;
  readonly shown: Shown;
  /** What it does about it. An offline one is not rung at all. */
  readonly does: Behaviour;
}

/** A number that is dialled through the internal numbering beside whatever else rings: a forward, an outside member. */
export interface NumberLeg {
  readonly kind: 'number';
  readonly number: string;
  /** What happens there, until it is answered, ends or is cut. The caller hears none of its prompts unless it answers. */
  readonly steps: readonly Step[];
  readonly ending: Ending;
  /** Who answered was asked to press 1, and did or did not; left out: nobody was asked. */
  readonly confirmed?: boolean;
}

export type RingLeg = PartyLeg | NumberLeg;

/** One thing that happens to a call, in order. Those of the first group tell why; the others are what those who take part notice. */
export type Step =
  /** An object takes the call. */
  | { readonly do: 'enter'; readonly ref: Ref }
  /** The call goes on to a number as if it had been dialled. */
  | { readonly do: 'go-on'; readonly from: Ref; readonly number: string; readonly because: Forward }
  /** Somebody who might be rung is not. */
  | { readonly do: 'leave-out'; readonly who: string; readonly because: LeftOut }
  | { readonly do: 'pass-over'; readonly trunk: Ref; readonly because: PassedOver }
  /** The route takes the number and lets nobody through: it exists only within hours that are nowhere. */
  | { readonly do: 'closed'; readonly route: Ref; readonly because: 'time-group' }
  /** A destination of a kind that the kit does not carry yet. The new box says that there is no such service. */
  | { readonly do: 'not-carried'; readonly destination: Destination }
  /** A destination that leads nowhere on the old box either. */
  | { readonly do: 'missing'; readonly what: string }
  /** The call was sent on too often: it ends here. */
  | { readonly do: 'loop'; readonly at: string }
  /** From here on the call is recorded. */
  | { readonly do: 'record'; readonly because: Ref }
  | { readonly do: 'ringing' }
  | { readonly do: 'wait'; readonly seconds: number; readonly answers: boolean }
  /** Parties that ring together, at most for `seconds`; null: without end. */
  | {
      readonly do: 'ring';
      readonly by: Ref;
      readonly legs: readonly RingLeg[];
      readonly seconds: number | null;
      /** Music that the caller hears instead of ringing. */
      readonly musicClass: string | null;
      readonly result: RingResult;
    }
  | { readonly do: 'dial-out'; readonly leg: PartyLeg; readonly seconds: number | null; readonly result: RingResult }
  /** Prompts; `early`: without answering the call. */
  | { readonly do: 'play'; readonly prompts: readonly string[]; readonly early: boolean }
  /**
   * The caller is asked for something: prompts, then `seconds` to key it. `keys`: what he keyed once the last prompt began; '': nothing. `settleSeconds`: so long the
   * PBX waits after the last key, since more might come. `early`: without answering the call.
   */
  | {
      readonly do: 'ask';
      readonly by: Ref;
      readonly prompts: readonly string[];
      readonly keys: string;
      readonly seconds: number;
      readonly settleSeconds: number;
      readonly early: boolean;
      /** Keys during the prompts are lost: they count once these are over. */
      readonly heardOut?: boolean;
    }
  /** A decision that the hour, a switch or a list makes. `because` in a word: 'in time', 'overridden', 'day', 'blacklisted'. */
  | { readonly do: 'decide'; readonly by: Ref; readonly because: string; readonly byTime: boolean }
  /** State of the PBX changes: a key of AstDB. null: it is gone. */
  | { readonly do: 'set'; readonly key: string; readonly value: string | null }
  /**
   * The caller waits in line. `legs`: all who may be rung; with `some` the queue picks among them, else all ring together; none: nobody can be rung, he only waits.
   * Rounds repeat until `seconds` are over (null: without end). not-let-in: he never waited. sent-away: he did, until it was seen that nobody is there. leaves: he waited
   * so long and then keyed `keys`, which the queue's menu has.
   */
  | {
      readonly do: 'queue';
      readonly by: Ref;
      readonly legs: readonly RingLeg[];
      readonly some: boolean;
      readonly agentSeconds: number | null;
      readonly retrySeconds: number;
      readonly seconds: number | null;
      readonly musicClass: string | null;
      /** Prompts that the caller hears between two rounds, so long after he came at the earliest, and then every so many seconds. */
      readonly announces: { readonly seconds: number; readonly afterSeconds: number; readonly prompts: readonly string[] } | null;
      readonly result: 'answered' | 'timeout' | 'not-let-in' | 'sent-away' | 'leaves' | 'endless' | 'cut';
      readonly keys?: string;
    }
  /** The caller is in a room, after these prompts; alone he hears music where `musicClass` says so. */
  | { readonly do: 'conference'; readonly by: Ref; readonly prompts: readonly string[]; readonly musicClass: string | null }
  /** The caller, answered, speaks to all these telephones that take the call by themselves; they ring at most so long. It goes on until he has enough. */
  | { readonly do: 'page'; readonly by: Ref; readonly legs: readonly PartyLeg[]; readonly seconds: number }
  /** The caller waits in a slot, at most so long; he was told it by these prompts. */
  | {
      readonly do: 'park';
      readonly by: Ref;
      readonly slot: string;
      readonly prompts: readonly string[];
      readonly musicClass: string | null;
      readonly seconds: number;
    }
  /** The caller is joined with who waits in a slot, or rings at an extension: somebody's channel already. */
  | { readonly do: 'retrieve'; readonly by: Ref; readonly slot: string }
  /** Who may take a queue's calls: he logs in or out, or pauses. */
  | {
      readonly do: 'agent';
      readonly queue: Ref;
      readonly agent: string;
      readonly change: 'logs-in' | 'logs-out' | 'pauses' | 'ends-pause';
    }
  /**
   * Something that goes on until the caller has enough: an echo, a mailbox's menu, listening in, a clock, a question that is asked again and again. What he hears of it
   * is not in the model. not-understood: hand-made dialplan of which nobody can tell what it does.
   */
  | {
      readonly do: 'stay';
      readonly by: Ref;
      readonly at: 'echo' | 'mailbox-menu' | 'listening' | 'clock' | 'asked-again' | 'not-understood';
    }
  | { readonly do: 'voicemail'; readonly mailbox: string; readonly greeting: 'busy' | 'unavailable' | 'none' }
  /** Music, a ringing tone or the three tones of an invalid number, after answering. */
  | { readonly do: 'sound'; readonly sound: 'music' | 'ring' | 'zapateller' }
  /** A tone, and the call ends with this Q.850 cause. */
  | { readonly do: 'tone'; readonly tone: 'busy' | 'congestion'; readonly cause: 17 | 34 }
  | { readonly do: 'end'; readonly cause: number };

export type RingStep = Extract<Step, { do: 'ring' }>;
export type QueueStep = Extract<Step, { do: 'queue' }>;

/** The PBX answers here, before anybody else does. */
export function answersCall(s: Step): boolean {
  if (s.do === 'play' || s.do === 'ask') return !s.early;
  return (s.do === 'wait' && s.answers) || s.do === 'conference' || s.do === 'page' || s.do === 'voicemail' || s.do === 'sound';
}

export type Forward = 'forward-always' | 'forward-busy' | 'forward-unavailable' | 'destination' | 'follow-me' | 'speed-dial';

export type LeftOut =
  | 'do-not-disturb'
  | 'in-a-call'
  | 'forwarded'
  | 'no-such-extension'
  | 'rings-already'
  /** A member of a group leads back to that group. */
  | 'within-itself'
  | 'no-telephone'
  | 'offline'
  | 'paused'
  | 'not-carried';

export type PassedOver = 'disabled' | 'full' | 'not-carried' | 'no-such-peer';

/** Steps with those of all who are dialled beside others on the way. */
export function withinLegs(steps: readonly Step[]): Step[] {
  const within = (legs: readonly RingLeg[]): Step[] => legs.flatMap((l) => (l.kind === 'number' ? withinLegs(l.steps) : []));
  return steps.flatMap((s) => (s.do === 'ring' ? [s, ...within(s.legs)] : [s]));
}
