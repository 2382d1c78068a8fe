import { isOperator, isWoken, wakeUpOf } from '../wake-up.ts';
import { type Asking, ask, saidAll, say, spelled } from './ask.ts';
import type { Call } from './call.ts';
import { answerAndWait, byOf, type Feature, keep, userOf } from './feature-call.ts';
import type { Ending } from './step.ts';

const KEY: Asking = { seconds: 15, settleSeconds: 0, most: 1 };
/** Read() with a timeout waits as long after each key (ast_app_getdata). */
const TIME: Asking = { seconds: 15, settleSeconds: 15, most: 4 };
const MOST_TRIES = 3;
const FAMILY = 'WAKEUP';

/** *68: orders a call that wakes the caller, or whom an operator says; or takes it back. */
export const orderWakeUp: Feature = (run, call, use) => {
  const by = byOf(use);
  answerAndWait(call);
  let who = userOf(call);
  if (who === '') {
    say(call, ['agent-loggedoff']);
    return saidAll(call);
  }
  say(call, ['hello']);
  if (isOperator(run.model, who))
    who = ask(call, by, ['extension', 'number', 'then-press-pound'], { ...TIME, most: wakeUpOf(run.model).extensionDigits });
  if (!isWoken(run.model, who)) return bye(call);
  const waiting = run.at.state.wakeUps?.[who] ?? null;
  if (waiting !== null) {
    say(call, ['rqsted-wakeup-for', ...spelled(waiting)]);
    const key = ask(call, by, ['for-wakeup-call', 'press-1', 'to-cancel-wakeup', 'press-2'], KEY);
    if (key === '2') return cancelled(call, who);
    if (key !== '1') return bye(call);
  }
  const time = askTime(call, by);
  if (time === null) return bye(call);
  keep(call, FAMILY, who, time);
  say(call, ['rqsted-wakeup-for', ...spelled(time)]);
  return bye(call);
};

function cancelled(call: Call, who: string): Ending {
  keep(call, FAMILY, who, null);
  say(call, ['wakeup-call-cancelled']);
  return bye(call);
}

/** As '0730', of 24 hours; before one in the afternoon it is asked which half of the day is meant. null: he keyed none. */
function askTime(call: Call, by: ReturnType<typeof byOf>): string | null {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const keyed = ask(call, by, ['please-enter-the', 'time', 'hours', 'vm-and', 'minutes'], TIME).replaceAll(/\D/g, '');
    const time = keyed.padStart(4, '0');
    if (keyed !== '' && time.slice(0, 2) <= '23' && time.slice(2) <= '59')
      return time < '1300' ? inHalf(time, ask(call, by, ['1-for-am-2-for-pm'], KEY)) : time;
    say(call, ['please-try-again']);
  }
  return null;
}

function inHalf(time: string, key: string): string {
  if (key === '1' && time >= '1200') return `00${time.slice(2)}`;
  return key === '2' && time < '1200' ? String(Number(time) + 1200) : time;
}

function bye(call: Call): Ending {
  say(call, ['goodbye']);
  return saidAll(call);
}
