import type { Ref } from '../model/ref.ts';

/** Legs that begin within this time ring together. */
export const TOGETHER_MS = 400;
/** What a trace has in place of each key of a secret. */
export const SECRET_KEY = '?';
/** Among the prompts that are expected: some prompt, whichever. */
export const ANY_PROMPT = '*';

/** A call to place, and what the model says must happen. */
export interface Scenario {
  /** Stable between runs, the JUnit name: 'did/74951234567/night/1'. */
  readonly id: string;
  readonly kind: string;
  readonly about: readonly Ref[];
  /** Local time of the PBX, 'YYYY-MM-DD HH:mm'; null: the time does not matter. */
  readonly at: string | null;
  readonly caller: Caller;
  readonly dial: string;
  readonly acts: readonly Act[];
  readonly before: {
    /** AstDB keys set first and put back afterwards: { 'CF/101': '102', 'DND/102': null }. */
    readonly astdb: Readonly<Record<string, string | null>>;
    /** Telephones that are not registered meanwhile. */
    readonly away?: readonly Ref[];
    /** Calls placed first, in order. They are not judged. */
    readonly calls?: readonly EarlierCall[];
  };
  /** exclusive: the call tests idle or busy, or changes state. */
  readonly claims: readonly { readonly ref: Ref; readonly mode: 'shared' | 'exclusive' }[];
  /** Calls placed in order when it is over, whatever came of it, to put things back: an agent logs out. They are not judged. */
  readonly after?: readonly EarlierCall[];
  /** After this the caller hangs up, whatever happens. */
  readonly longestMs: number;
  readonly expect: Trace;
}

export interface Caller {
  /** extension: one of the model's telephones (ref: its device). carrier: a trunk's far end (ref: the trunk). ami: an Originate. */
  readonly as: 'extension' | 'carrier' | 'ami';
  readonly ref: Ref | null;
  readonly number: string;
  readonly name: string;
  /**
   * A carrier calls from another port than it is called at, or from the first of its further addresses; by-registration: from an address of which the PBX knows
   * nothing, to where it has registered.
   */
  readonly way?: 'other-port' | 'second-address' | 'by-registration';
}

/** A call that makes the situation for another, or puts it back. */
export interface EarlierCall {
  readonly caller: Caller;
  readonly dial: string;
  readonly acts: readonly Act[];
  readonly longestMs: number;
  /** The next one is placed once this one is so far; 'over': when it has ended. What is not over by then stays up until all is done. */
  readonly until: 'over' | 'rings' | 'answered' | { readonly heard: string };
  /** Waited beyond that. */
  readonly afterMs: number;
}

export interface Act {
  /** A device or trunk that is called, or the caller. */
  readonly who: Ref | 'caller';
  /**
   * heard: from when this prompt begins, for the `nth` time (the first where it is left out). Acts of one party follow one another: the second waits
   * for a prompt that comes after the first act. out: from when nothing more is heard after it has begun, keys alone. rings, of the caller: from when as many legs have rung as are expected, those of `some` at least.
   * talks: from when the caller is joined with whoever answered; an answer alone may be followed by an announcement or a question.
   */
  readonly when: 'rings' | 'answered' | 'talks' | { readonly heard: string; readonly nth?: number; readonly out?: boolean };
  readonly afterMs: number;
  /** `secret`: traces show '?' for each of the keys. */
  readonly do: 'answer' | 'busy' | 'ignore' | 'refuse' | 'wrong-number' | 'hangup' | { readonly keys: string; readonly secret?: boolean };
}

/** What a call did. The same shape for what the model expects and for what was seen. */
export interface Trace {
  readonly legs: readonly Leg[];
  /** Expected alone: legs that a queue picks. Any number of them rings, any number of times; `answered`: one of them takes the call. */
  readonly some?: { readonly of: readonly Leg[]; readonly atLeast: number; readonly answered: boolean } | null;
  /** Prompts in order, without extension and without the sounds folder. */
  readonly heard: readonly string[];
  readonly keys: string;
  readonly musicClass: string | null;
  /** Q.850 cause with which the PBX ended the caller's leg. */
  readonly end: { readonly at: Ref | 'caller' | 'hangup'; readonly cause: number };
  readonly recorded: boolean;
  readonly cdr: readonly CdrRow[];
  /** Keys of AstDB that the call changes, and what they hold after it; null: gone. Seen: the same keys. */
  readonly astdb?: Readonly<Record<string, string | null>>;
  /** Seen alone: keys of AstDB that the dialplan wrote, on whichever channel of the call. */
  readonly wrote?: readonly string[];
  /** Dialplan steps of the caller's channel before the first Dial or Queue; null where none was reached. */
  readonly stepsToDial: number | null;
  /** Expected alone: what comes after all this is not in the model, and anything may. */
  readonly open?: boolean;
  /** Expected alone: the hours of an outbound route decide: old dialplan looks at the PBX's own clock there (an include with hours), not at the call's time. */
  readonly byClock?: boolean;
  /**
   * Expected alone: the call may be further than this when the caller hangs up, since what he hears last may be short. Who ends it, and music and recording that come after
   * it, are not held against it.
   */
  readonly further?: boolean;
  /** Expected alone: the PBX has answered the caller, who does not notice any more with which cause it hangs up. */
  readonly answeredFirst?: boolean;
  /** Expected alone: forwards lead in a circle, which the new PBX ends. */
  readonly circles?: boolean;
  /** Contexts of hand-made dialplan that the call goes through. Seen: all contexts. */
  readonly through?: readonly string[];
}

export interface Leg {
  /** The device or trunk that was called; a trunk's leg shows the number sent in `dialled`. */
  readonly to: Ref | string;
  readonly dialled: string;
  /** 1 for those that rang first; legs that ring together share a number. */
  readonly order: number;
  readonly rangMs: number;
  readonly shown: { readonly number: string; readonly name: string };
  readonly answered: boolean;
  /** Of a leg that is expected: it begins in the very moment in which somebody else has the call, or the caller hangs up, and may not come to that. */
  readonly perhaps?: boolean;
}

export interface CdrRow {
  readonly src: string;
  readonly dst: string;
  readonly disposition: string;
  readonly did: string;
  readonly billsec: number;
  readonly recordingfile: string;
}
