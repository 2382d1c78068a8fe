import { ref } from '../ref.ts';
import { type Asking, ask, saidAll, say, spelled } from './ask.ts';
import { type Call, type Run, tone } from './call.ts';
import { answerAndWait, byOf, type Feature, pauseFor, userOf } from './feature-call.ts';
import type { Ending } from './step.ts';

/** One key out of a menu, for a minute (WaitExten(60)). */
const CHOICE: Asking = { seconds: 60, settleSeconds: 0, most: 1, takesHash: true };
const IF_CORRECT = ['if-correct-press', 'digits/1'];
const SORRY = ['sorry-youre-having-problems', 'goodbye'];
/** How often a menu is heard out, where the old dialplan says it without end. */
const MOST_ROUNDS = 9;

/** *30: a caller to be turned away. */
export const addToBlacklist: Feature = (_run, call, use) => {
  answerAndWait(call);
  for (let tries = 0; tries < 3; tries++) {
    const number = readListed(call, byOf(use), 'enter-num-blacklist');
    const key = ask(call, byOf(use), [], CHOICE);
    if (key !== '1') return unconfirmed(call, key);
    if (number !== '') return listed(call, number, 'added');
    say(call, ['pm-invalid-option']);
  }
  say(call, ['goodbye']);
  return saidAll(call);
};

/** *31: and one to be let in again. */
export const removeFromBlacklist: Feature = (_run, call, use) => {
  answerAndWait(call);
  const number = readListed(call, byOf(use), 'entr-num-rmv-blklist');
  const key = ask(call, byOf(use), [], CHOICE);
  return key === '1' ? listed(call, number, 'removed') : unconfirmed(call, key);
};

/** *32: who called last. */
export const blacklistLast: Feature = (run, call, use) => {
  answerAndWait(call);
  const last = lastCallerOf(run, call);
  if (last === null) {
    say(call, ['unidentified-no-callback']);
    return saidAll(call);
  }
  say(call, ['privacy-to-blacklist-last-caller', 'telephone-number', ...spelled(last), ...IF_CORRECT]);
  const key = ask(call, byOf(use), [], CHOICE);
  return key === '1' ? listed(call, last, 'added') : unconfirmed(call, key);
};

function readListed(call: Call, by: ReturnType<typeof byOf>, prompt: string): string {
  say(call, [prompt]);
  const number = ask(call, by, ['then-press-pound'], { seconds: 60 });
  say(call, [...spelled(number), ...IF_CORRECT]);
  return number;
}

function listed(call: Call, number: string, what: 'added' | 'removed'): Ending {
  if (number !== '') call.steps.push({ do: 'set', key: `blacklist/${number}`, value: what === 'added' ? '1' : null });
  say(call, ['num-was-successfully', what]);
  pauseFor(call, 1);
  return saidAll(call);
}

/** Who keys nothing hears that it did not work; any other key leads nowhere, and ends the call (the contexts have no `i`). */
function unconfirmed(call: Call, key: string): Ending {
  if (key === '') say(call, SORRY);
  return saidAll(call);
}

/** Who called the caller last, as far as it was known; null: nobody who is known. */
export function lastCallerOf(run: Run, call: Call): string | null {
  const last = run.at.state.lastCallers?.[userOf(call)] ?? '';
  return last === '' || last === 'unknown' ? null : last;
}

/** *0N: one's own short number, else everybody's. */
export const dialShort: Feature = (run, call, use) => {
  const number = shortNumber(run, userOf(call), use.given ?? '');
  if (number === '') {
    say(call, ['speed-dial-empty']);
    return tone(call, 'congestion');
  }
  call.steps.push({ do: 'go-on', from: ref('feature-code', use.id), number, because: 'speed-dial' });
  return run.dial(number, call);
};

function shortNumber(run: Run, user: string, place: string): string {
  const { speedDials } = run.at.state;
  const own = speedDials?.[`${user}/${place}`];
  const everybodys = speedDials?.[place];
  return (
    (own === undefined ? run.model.extension[user]?.speedDials[place] : own) ||
    (everybodys === undefined ? run.model['speed-dial'][place]?.number : everybodys) ||
    ''
  );
}

/** *75: keeps a short number of one's own; where the place is taken, one hears it, chooses another place or changes it. */
export const setShort: Feature = (run, call, use) => {
  const by = byOf(use);
  const user = userOf(call);
  let place = ask(call, by, ['speed-enterlocation']);
  for (let rounds = 0; rounds < MOST_ROUNDS; rounds++) {
    const taken = shortNumber(run, user, place);
    if (taken === '') return keepShort(call, by, user, place);
    say(call, ['speed-dial', ...spelled(place), 'is-in-use']);
    const key = ask(call, by, MENU, CHOICE);
    if (key === '3') return keepShort(call, by, user, place);
    if (key === '2') place = ask(call, by, ['speed-enterlocation']);
    else if (key === '1') say(call, ['speed-dial', ...spelled(place), 'is-set-to', ...spelled(taken)]);
    // a key that the menu has not ends the call, none at all with a tone (app-speeddial-set, t)
    else return key === '' ? tone(call, 'congestion') : saidAll(call);
  }
  return saidAll(call);
};
const MENU = ['press-1', 'to-listen-to-it', 'press-2', 'to-enter-a-diff', 'location', 'press-3', 'to-change', 'telephone-number'];

function keepShort(call: Call, by: ReturnType<typeof byOf>, user: string, place: string): Ending {
  const number = ask(call, by, ['speed-enternumber']);
  // the old box kept an empty number, which is none to whoever dials it
  if (place === '' || number === '') return saidAll(call);
  if (user !== '') call.steps.push({ do: 'set', key: `AMPUSER/${user}/speeddials/${place}`, value: number });
  say(call, ['speed-dial', ...spelled(place), 'is-set-to', ...spelled(number)]);
  return saidAll(call);
}
