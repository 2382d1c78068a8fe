import { ask, askAgain, saidAll, say, spelled } from './ask.ts';
import { type Call, stateOf } from './call.ts';
import { answerAndWait, byOf, type Feature, keep, pauseFor, userOf } from './feature-call.ts';
import type { Ending } from './step.ts';

/** The families of AstDB in which forwards live on. */
type Family = 'CF' | 'CFB' | 'CFU';

const NAMED: Readonly<Record<Family, string>> = { CF: 'call-fwd-unconditional', CFB: 'call-fwd-on-busy', CFU: 'call-fwd-no-ans' };
const FOR_EXTENSION = ['for', 'extension'];
const ASK_TARGET = ['ent-target-attendant', 'then-press-pound'];
const ASK_EXTENSION = ['please-enter-your', 'extension', 'then-press-pound'];

/** *72 and its like: the number comes behind the code, or it is asked for. */
export function forwardOn(family: Family): Feature {
  return (_run, call, use) => {
    answerAndWait(call);
    const user = userOf(call);
    if (use.given !== null) return set(call, family, user, use.given);
    if (user === '') {
      say(call, ['agent-loggedoff']);
      return saidAll(call);
    }
    return askTarget(call, family, user, byOf(use));
  };
}

/** *720 and its like: also whose calls are forwarded is asked for. */
export function forwardAsked(family: Family): Feature {
  return (_run, call, use) => {
    answerAndWait(call);
    if (use.given !== null) return set(call, family, userOf(call), use.given);
    const whose = ask(call, byOf(use), [NAMED[family], ...ASK_EXTENSION]) || userOf(call);
    pauseFor(call, 1);
    return askTarget(call, family, whose, byOf(use));
  };
}

/** *73 and its like: one's own, or of the extension behind the code. */
export function forwardOff(family: Family): Feature {
  return (_run, call, use) => {
    answerAndWait(call);
    if (use.given !== null) return cancel(call, family, use.given);
    keep(call, family, userOf(call), null);
    say(call, [NAMED[family], 'de-activated']);
    return saidAll(call);
  };
}

/** *74 and its like: of the extension that is asked for. */
export function forwardOffAsked(family: Family): Feature {
  return (_run, call, use) => {
    answerAndWait(call);
    const whose = ask(call, byOf(use), ASK_EXTENSION) || userOf(call);
    pauseFor(call, 1);
    return cancel(call, family, whose);
  };
}

/** *740: off where it is on, else on to the number that is asked for. */
export const forwardToggle: Feature = (run, call, use) => {
  answerAndWait(call);
  const user = userOf(call);
  if (stateOf(run, user).forwardAlways === null) return askTarget(call, 'CF', user, byOf(use));
  keep(call, 'CF', user, null);
  say(call, [NAMED.CF, 'de-activated']);
  return saidAll(call);
};

function askTarget(call: Call, family: Family, user: string, by: ReturnType<typeof byOf>): Ending {
  const target = askAgain(call, by, ASK_TARGET);
  if (target === null) return 'answered';
  pauseFor(call, 1);
  return set(call, family, user, target);
}

function set(call: Call, family: Family, user: string, target: string): Ending {
  keep(call, family, user, target);
  say(call, [NAMED[family], ...FOR_EXTENSION, ...spelled(user), 'is-set-to', ...spelled(target)]);
  return saidAll(call);
}

function cancel(call: Call, family: Family, user: string): Ending {
  keep(call, family, user, null);
  say(call, [NAMED[family], ...FOR_EXTENSION, ...spelled(user), 'cancelled']);
  return saidAll(call);
}
