import type { Extension } from '../extension.ts';
import { settingsOf } from '../kinds.ts';
import { ref } from '../ref.ts';
import { type Call, hangUp, mayGoOn, type Run, stateOf, tone } from './call.ts';
import { goTo } from './go-on.ts';
import { recordExtension } from './recording.ts';
import { ring } from './ring.ts';
import type { ExtensionState } from './situation.ts';
import type { Ending, Forward, RingResult } from './step.ts';
import { takeMessage } from './take-message.ts';
import { isUnreachable, telephonesOf } from './telephones.ts';

/** What became of the attempt to ring somebody: a result to act upon, or the end of the call, which went elsewhere for good. */
type Attempt = { readonly result: RingResult } | { readonly gone: Ending };

/**
 * Calls an extension: macro-exten-vm and macro-dial-one. Forward, do not disturb, ring; then the forwards for busy and for no answer; then
 * its destinations, its mailbox, a tone.
 */
export function callExtension(run: Run, call: Call, id: string): Ending {
  const x = run.model.extension[id];
  if (x === undefined) {
    call.steps.push({ do: 'missing', what: `extension ${id}` });
    return hangUp(call);
  }
  call.steps.push({ do: 'enter', ref: ref('extension', id) });
  recordExtension(run, call, id);
  const state = stateOf(run, id);
  const seconds = ringSecondsOf(run, call, x, state);
  const first = attempt(run, call, id, state, seconds);
  if ('gone' in first) return first.gone;
  if (isFinal(first.result)) return first.result;
  if (call.telephonesOnly) return hangUp(call, first.result === 'busy' ? 17 : 16);
  const second = forwarded(run, call, { id, x, state, seconds }, first.result);
  if (second !== null) return second;
  return afterwards(run, call, x, first.result, id);
}

/** Its telephones ring for so long, its forwards count, and nothing comes after: macro-simple-dial. */
export function ringOwn(run: Run, call: Call, id: string, seconds: number): RingResult {
  const x = run.model.extension[id];
  if (x === undefined) return 'no-answer';
  const state = stateOf(run, id);
  const first = attempt(run, call, id, state, seconds);
  if ('gone' in first) return first.gone === 'hung-up' ? 'no-answer' : first.gone;
  const number = first.result === 'no-answer' ? state.forwardUnavailable : first.result === 'busy' ? state.forwardBusy : null;
  if (number === null) return first.result;
  const because: Forward = first.result === 'busy' ? 'forward-busy' : 'forward-unavailable';
  call.steps.push({ do: 'go-on', from: ref('extension', id), number, because });
  const second = ring(run, call, { by: ref('extension', id), targets: [{ ring: 'number', number, keepsNumber: true }], seconds });
  return isFinal(second) ? second : first.result;
}

/** An extension's calls that nobody answered, without ringing it: ext-local, dest. */
export function callUnanswered(run: Run, call: Call, id: string): Ending {
  const x = run.model.extension[id];
  if (x === undefined) {
    call.steps.push({ do: 'missing', what: `extension ${id}` });
    return hangUp(call);
  }
  const onward = { busy: x.busy, 'no-answer': x.noAnswer, unreachable: x.unreachable }[call.outcome];
  if (onward !== null || x.voicemail !== null) return afterwards(run, call, x, call.outcome, id);
  // with nowhere to go it returns to the voice menu that it came from
  return call.menus.current === null ? hangUp(call) : run.menu(call.menus.current, call);
}

/** Seconds that an extension rings, or null: without end, since there is nowhere to go next (ELASTIX.md 19). */
function ringSecondsOf(run: Run, call: Call, x: Extension, state: ExtensionState): number | null {
  if (call.telephonesOnly) return null;
  const onward = [x.voicemail, x.noAnswer, x.busy, x.unreachable, state.forwardBusy, state.forwardUnavailable];
  return onward.every((o) => o === null) ? null : (x.ringSeconds ?? settingsOf(run.model).ringSeconds);
}

function attempt(run: Run, call: Call, id: string, state: ExtensionState, seconds: number | null): Attempt {
  const target = state.forwardAlways;
  if (target !== null && target !== id && target !== call.from.extension && target !== call.from.number) {
    return call.telephonesOnly ? leftOut(call, id, 'forwarded', 'no-answer') : forwardAlways(run, call, id, target, seconds);
  }
  if (state.doNotDisturb) return leftOut(call, id, 'do-not-disturb', 'busy');
  const waits = state.callWaiting && !call.skipsBusy;
  if (state.inCall && !waits) return leftOut(call, id, 'in-a-call', 'busy');
  const targets = telephonesOf(run.model, id);
  if (targets.length === 0) return leftOut(call, id, 'no-telephone', 'no-answer');
  if (state.forwardUnavailable !== null && isUnreachable(run, targets)) return leftOut(call, id, 'offline', 'no-answer');
  call.keepsNumber = true;
  const result = ring(run, call, { by: ref('extension', id), targets, seconds });
  // call waiting that nobody took counts as busy (old: CWINUSEBUSY; golden: ext-state/119/in-call-cw-on-cfb)
  return { result: state.inCall && !isFinal(result) ? 'busy' : result };
}

function leftOut(
  call: Call,
  id: string,
  because: 'do-not-disturb' | 'in-a-call' | 'no-telephone' | 'offline' | 'forwarded',
  result: RingResult,
): Attempt {
  call.steps.push({ do: 'leave-out', who: id, because });
  return { result };
}

/**
 * All calls are forwarded. With no ring time the call goes over for good; else that number rings so long, and then the extension's own
 * destinations count, its mailbox among them (macro-dial-one: USEGOTO only where ARG1 is empty).
 */
function forwardAlways(run: Run, call: Call, id: string, number: string, own: number | null): Attempt {
  const set = run.model.extension[id]?.forwardRingSeconds ?? 0;
  const seconds = set === 0 ? own : set === -1 ? null : set;
  call.keepsNumber = true;
  call.steps.push({ do: 'go-on', from: ref('extension', id), number, because: 'forward-always' });
  if (seconds === null) return { gone: run.dial(number, call) };
  return { result: ring(run, call, { by: ref('extension', id), targets: [{ ring: 'number', number, keepsNumber: true }], seconds }) };
}

interface Called {
  readonly id: string;
  readonly x: Extension;
  readonly state: ExtensionState;
  readonly seconds: number | null;
}

/** The forward for what happened, if there is one. Null: there is none, or it was not answered either; no second forward follows. */
function forwarded(run: Run, call: Call, o: Called, result: RingResult): Ending | null {
  const unanswered = result === 'no-answer' || result === 'unreachable';
  const number = unanswered ? o.state.forwardUnavailable : result === 'busy' ? o.state.forwardBusy : null;
  if (number === null) return null;
  const because: Forward = unanswered ? 'forward-unavailable' : 'forward-busy';
  call.steps.push({ do: 'go-on', from: ref('extension', o.id), number, because });
  call.keepsNumber = true;
  const destination = unanswered ? o.x.noAnswer : o.x.busy;
  // macro-exten-vm, docfu and docfb: with a destination and no mailbox the call goes over for good, too
  if (o.x.forwardRingSeconds === -1 || (o.x.voicemail === null && destination !== null)) return run.dial(number, call);
  const seconds = o.x.forwardRingSeconds === 0 ? o.seconds : o.x.forwardRingSeconds;
  const second = ring(run, call, { by: ref('extension', o.id), targets: [{ ring: 'number', number, keepsNumber: true }], seconds });
  return isFinal(second) ? second : null;
}

/** Nobody took the call. */
function afterwards(run: Run, call: Call, x: Extension, result: RingResult, id: string): Ending {
  const destination = { busy: x.busy, 'no-answer': x.noAnswer, unreachable: x.unreachable }[result as string] ?? null;
  if (destination !== null) return mayGoOn(run, call, id) ? goTo(run, call, ref('extension', id), destination) : 'congestion';
  if (x.voicemail !== null) return takeMessage(run, call, x.voicemail, result === 'busy' ? 'busy' : 'unavailable');
  const { current, takesBack } = call.menus;
  if (takesBack && current !== null) {
    call.steps.push({ do: 'play', prompts: NOBODY_THERE, early: false });
    return run.menu(current, call);
  }
  return tone(call, result === 'busy' ? 'busy' : 'congestion');
}

/** Before who reaches nobody goes back to the menu that he came from: macro-exten-vm, exit. */
const NOBODY_THERE = ['beep', 'line-busy-transfer-menu', 'silence/1'];

/** Nothing comes after it: somebody answered, or the one who waits gives up. */
function isFinal(result: RingResult): result is 'answered' | 'endless' | 'cut' {
  return result === 'answered' || result === 'endless' || result === 'cut';
}
