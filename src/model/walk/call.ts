import type { Shown } from '../caller-id.ts';
import { shownInside } from '../caller-id.ts';
import type { Destination } from '../destination.ts';
import { type Model, settingsOf } from '../kinds.ts';
import type { Numbering } from '../numbering.ts';
import type { ExtensionState, Situation } from './situation.ts';
import type { Ending, Step } from './step.ts';

/**
 * A call is sent on at most so often, by forwards and by destinations; then it ends in congestion. The old box has no such guard
 * (ELASTIX.md 19), and no call that people meant goes so far.
 */
export const MOST_FORWARDS = 16;
/** What the caller hears when a number leads nowhere (bad-number), without an answer. */
export const NO_SUCH_NUMBER = ['silence/1', 'cannot-complete-as-dialed', 'check-number-dial-again'];
/** Numbers dialled in one walk at most: groups that ring each other branch at every step. */
const MOST_DIALS = 5000;

/** What one walk has in common. */
export interface Run {
  readonly model: Model;
  readonly at: Situation;
  readonly inside: Numbering;
  dials: number;
  /** Goes to a destination. */
  readonly follow: (d: Destination, call: Call) => Ending;
  /** Dials a number as from inside. */
  readonly dial: (number: string, call: Call) => Ending;
  /** Goes back into a voice menu. */
  readonly menu: (id: string, call: Call) => Ending;
}

/** One channel on its way through the PBX: the caller's, or one that the PBX opened to dial a number beside others. */
export interface Call {
  readonly steps: Step[];
  /** As others see the caller now, with no prefix. */
  caller: Shown;
  /** With whom it all began; a DISA and a caller id that is set put another in his place. */
  from: { readonly number: string; readonly extension: string | null; readonly device: string | null };
  did: string | null;
  prefix: Prefix;
  /** Forwarded: on a trunk the first caller's number stays (old: KEEPCID). */
  keepsNumber: boolean;
  /** Caller id for outside members of a ring group (old: TRUNKCIDOVERRIDE). */
  override: string | null;
  /** Rung by a group: no mailbox takes the call, and an inner group goes nowhere when nobody answers (old: BLKVM, NODEST). */
  insideGroup: boolean;
  /** Numbers of the groups and follow me whose members are being rung for it: a member may lead back to one of them. */
  within: readonly string[];
  /** Telephones alone are rung: no forward, no follow me, nothing afterwards (old: from-queue-exten-only, CFIGNORE). */
  telephonesOnly: boolean;
  /** Music that waits for the caller; null: the default one (old: MOHCLASS). */
  musicClass: string | null;
  /** Call waiting does not count (old: CWIGNORE). */
  skipsBusy: boolean;
  recording: { readonly policy: string; readonly on: boolean };
  /** What the caller will key, an entry each time that he is asked. */
  keys: readonly string[];
  menus: Menus;
  /** What hand-made dialplan has set; null: to something that nobody can tell. */
  variables: Readonly<Record<string, string | null>>;
  /** What became of the last ringing that was in vain (old: DIALSTATUS). */
  outcome: 'busy' | 'no-answer' | 'unreachable';
  forwards: number;
  /** Seconds of ringing so far, and after how many the one who waits for this call gives up; null: never. */
  elapsed: number;
  limit: number | null;
}

/** What stands before a caller's name, and the last of what was put there (old: RGPREFIX). It stays when the call goes on. */
export interface Prefix {
  readonly shown: string;
  readonly last: string;
}

/** Voice menus that the call went through (old: IVR_CONTEXT, IVR_CONTEXT_<menu>, TIMEOUT_LOOPCOUNT, INVALID_LOOPCOUNT). */
export interface Menus {
  /** The last one, wherever the call has gone since. */
  readonly current: string | null;
  /** By which menu the call came to one. */
  readonly cameFrom: Readonly<Record<string, string | null>>;
  /** The menu that was entered last takes back who reaches nobody (old: IVR_RETVM). */
  readonly takesBack: boolean;
  /** Vain tries since the menu that was entered last: with no key, with a wrong one; all: in menus that count both in one. */
  readonly tries: Readonly<Record<'timeout' | 'invalid' | 'all', number>>;
  /** Seconds between two digits, which a menu sets for all that the call comes to after it (Asterisk: TIMEOUT(digit)). */
  readonly digitSeconds: number;
}

/** Asterisk's own, where no menu set other ones. */
const DIGIT_SECONDS = 5;

/** Also where the caller id was set anew: the name no longer begins with what was put before it. */
export const NO_PREFIX: Prefix = { shown: '', last: '' };

export function newCall(model: Model, at: Situation): Call {
  const { number, name, extension, device, did } = at.caller;
  const inside = extension !== null && extension in model.extension;
  return {
    steps: [],
    caller: inside ? shownInside(model, extension) : { number, name },
    from: { number: number === '' ? (extension ?? '') : number, extension, device: device ?? null },
    did,
    prefix: NO_PREFIX,
    keepsNumber: false,
    override: null,
    insideGroup: false,
    within: [],
    telephonesOnly: false,
    musicClass: null,
    skipsBusy: false,
    recording: { policy: '', on: false },
    keys: at.keys,
    variables: {},
    menus: { current: null, cameFrom: {}, takesBack: false, tries: { timeout: 0, invalid: 0, all: 0 }, digitSeconds: DIGIT_SECONDS },
    outcome: 'no-answer',
    forwards: 0,
    elapsed: 0,
    limit: null,
  };
}

/** A channel that the PBX opens to dial a number for this call; the one who waits for it gives up after `limit` seconds. */
export function childOf(call: Call, limit: number | null): Call {
  return { ...call, steps: [], keys: [], menus: { ...call.menus, takesBack: false, digitSeconds: DIGIT_SECONDS }, elapsed: 0, limit };
}

/** The caller as a telephone shows him: the number stands for a missing name only where a route from outside has set it so. */
export function shownOf(call: Call): Shown {
  return call.prefix.shown === '' ? call.caller : { number: call.caller.number, name: `${call.prefix.shown}${call.caller.name}` };
}

/**
 * Puts a prefix before the caller's name (macro-prepend-cid of FreePBX 2.8 to 2.11, CID_PREPEND_REPLACE; sub-prepend-cid of Issabel, which returns
 * before it puts the next one. Golden: did/74951234501 shows neither 'R:' nor 'REG:', ringgroup/600 no 'CC:').
 */
export function putPrefix(run: Run, call: Call, text: string): void {
  if (text === '') return;
  const { namePrefixes } = settingsOf(run.model);
  if (namePrefixes === 'stack') call.prefix = { shown: `${text}${call.prefix.shown}`, last: text };
  else call.prefix = namePrefixes === 'cancel' && call.prefix.last !== '' ? NO_PREFIX : { shown: text, last: text };
}

/** An extension's state: what the situation says, else what the model holds. */
export function stateOf(run: Pick<Run, 'model' | 'at'>, id: string): ExtensionState {
  const held = run.model.extension[id]?.state ?? {
    callWaiting: false,
    doNotDisturb: false,
    forwardAlways: null,
    forwardBusy: null,
    forwardUnavailable: null,
  };
  return { inCall: false, ...held, ...run.at.state.extensions[id] };
}

/** The call is sent on once more; false: that was once too often, and it has ended. */
export function mayGoOn(run: Run, call: Call, to: string): boolean {
  if (++call.forwards <= MOST_FORWARDS && ++run.dials <= MOST_DIALS) return true;
  call.steps.push({ do: 'loop', at: to }, { do: 'tone', tone: 'congestion', cause: 34 });
  return false;
}

/** Ends the call with a tone. */
export function tone(call: Call, which: 'busy' | 'congestion'): Ending {
  call.steps.push({ do: 'tone', tone: which, cause: which === 'busy' ? 17 : 34 });
  return which;
}

/** Ends the call in silence. */
export function hangUp(call: Call, cause = 16): Ending {
  call.steps.push({ do: 'end', cause });
  return 'hung-up';
}

/** Prompts without an answer, then the congestion tone. */
export function sorry(call: Call, prompts: readonly string[], early = true): Ending {
  call.steps.push({ do: 'play', prompts, early });
  return tone(call, 'congestion');
}
