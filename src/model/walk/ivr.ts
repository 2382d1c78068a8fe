import type { Destination } from '../destination.ts';
import { keyedDirectly } from '../directory.ts';
import type { Ivr } from '../ivr.ts';
import { promptsOf } from '../recording.ts';
import { type Ref, ref } from '../ref.ts';
import { answerFirst } from './announcement.ts';
import { type Call, hangUp, mayGoOn, type Run } from './call.ts';
import { goTo } from './go-on.ts';
import { nextKeys, takeKeys } from './keys.ts';
import type { Ending } from './step.ts';

/** A menu is tried again at most so often; Elastix offers 9. */
const MOST_RETRIES = 99;
const GOODBYE = 'vm-goodbye';

type Failure = Ivr['timeout'];

/** A call comes to a voice menu: context ivr-N from its beginning. */
export function callMenu(run: Run, call: Call, id: string, menu: Ivr): Ending {
  if (!mayGoOn(run, call, id)) return 'congestion';
  call.steps.push({ do: 'enter', ref: ref('ivr', id) });
  call.menus = {
    current: id,
    cameFrom: { ...call.menus.cameFrom, [id]: call.menus.current },
    takesBack: menu.returnsFromVoicemail,
    // Elastix 2.0 to 2.4 count both in one variable, which a menu of another kind leaves alone
    tries: menu.sharesRetries ? { ...call.menus.tries, all: 0 } : { ...call.menus.tries, timeout: 0, invalid: 0 },
    digitSeconds: menu.digitTimeoutSeconds ?? call.menus.digitSeconds,
  };
  answerFirst(call);
  return askAgain(run, call, id, menu, promptsOf(run.model, menu.announcement));
}

/** A call comes back to a menu that sent it elsewhere: ivr-N,return. The tries so far still count. */
export function backToMenu(run: Run, call: Call, id: string): Ending {
  const menu = run.model.ivr[id];
  if (menu === undefined) return run.follow({ to: 'ivr', id }, call);
  if (!mayGoOn(run, call, id)) return 'congestion';
  call.steps.push({ do: 'enter', ref: ref('ivr', id) });
  call.menus = { ...call.menus, current: id, digitSeconds: menu.digitTimeoutSeconds ?? call.menus.digitSeconds };
  return askAgain(run, call, id, menu, promptsOf(run.model, menu.announcement));
}

/** A caller who waits elsewhere, in a queue, keys what this menu has. */
export function leaveByKey(run: Run, call: Call, id: string, { destination, returns }: Ivr['entries'][number]): Ending {
  const by = ref('ivr', id);
  call.steps.push({ do: 'enter', ref: by });
  return onward(run, call, by, destination, returns);
}

function askAgain(run: Run, call: Call, id: string, menu: Ivr, first: readonly string[]): Ending {
  const by = ref('ivr', id);
  let prompts = first;
  for (;;) {
    const outcome = ask(run, call, by, menu, prompts);
    if (typeof outcome !== 'string') return outcome();
    const failure = menu[outcome];
    if (failure.retries === null) return goodbye(call, ['sorry-youre-having-problems', GOODBYE]);
    if (tried(call, menu, outcome) > Math.min(failure.retries, MOST_RETRIES)) return giveUp(run, call, by, failure);
    prompts = promptsAgain(run, menu, failure);
  }
}

/** Asks once. Gives how the call goes on, or what went wrong. */
function ask(run: Run, call: Call, by: Ref, menu: Ivr, prompts: readonly string[]): 'timeout' | 'invalid' | (() => Ending) {
  const keys = nextKeys(call);
  const direct = keyedDirectly(run.model, menu);
  const { number, settles } = takeKeys(keys, [...menu.entries.map((e) => e.keys), ...direct]);
  const settleSeconds = settles ? call.menus.digitSeconds : 0;
  call.elapsed += keys === '' ? menu.timeoutSeconds : settleSeconds;
  call.steps.push({ do: 'ask', by, prompts, keys, seconds: menu.timeoutSeconds, settleSeconds, early: false });
  if (number === '') return 'timeout';
  const entry = menu.entries.find((e) => e.keys === number);
  if (entry !== undefined) return () => onward(run, call, by, entry.destination, entry.returns);
  if (!direct.includes(number)) return 'invalid';
  return () => {
    call.insideGroup = false;
    // a directory names numbers of any kind
    const to: Destination =
      menu.directDialDirectory === null
        ? { to: 'extension', id: number, by: 'follow-me' }
        : { to: 'number', context: 'from-internal', number };
    return goTo(run, call, by, to);
  };
}

function tried(call: Call, menu: Ivr, what: 'timeout' | 'invalid'): number {
  const counter = menu.sharesRetries ? 'all' : what;
  const count = call.menus.tries[counter] + 1;
  call.menus = { ...call.menus, tries: { ...call.menus.tries, [counter]: count } };
  return count;
}

function promptsAgain(run: Run, menu: Ivr, failure: Failure): string[] {
  // FreePBX 2.9 and older counted both as one, and said another thing
  const again = spoken(run, failure.retryPrompt, menu.sharesRetries ? 'invalid' : 'no-valid-responce-pls-try-again');
  const follows = failure.menuFollows || again.length === 0;
  return follows ? [...again, ...promptsOf(run.model, menu.announcement)] : again;
}

function giveUp(run: Run, call: Call, by: Ref, failure: Failure): Ending {
  const prompts = spoken(run, failure.lastPrompt, 'no-valid-responce-transfering');
  if (prompts.length > 0) call.steps.push({ do: 'play', prompts, early: false });
  if (failure.next === null && !(failure.returns && cameFrom(call, by) !== null)) return goodbye(call, [GOODBYE]);
  return onward(run, call, by, failure.next ?? { to: 'end', how: 'hangup' }, failure.returns);
}

/** On to a destination, or back to the menu from which the call came to this one. */
function onward(run: Run, call: Call, by: Ref, destination: Destination, returns: boolean): Ending {
  const back = returns ? cameFrom(call, by) : null;
  return back === null ? goTo(run, call, by, destination) : backToMenu(run, call, back);
}

function cameFrom(call: Call, by: Ref): string | null {
  return call.menus.cameFrom[by.id] ?? null;
}

function spoken(run: Run, recording: string | null, own: string): string[] {
  return recording === 'default' ? [own] : promptsOf(run.model, recording);
}

function goodbye(call: Call, prompts: readonly string[]): Ending {
  call.steps.push({ do: 'play', prompts, early: false });
  hangUp(call);
  return 'answered';
}
