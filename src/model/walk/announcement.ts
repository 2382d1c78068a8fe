import type { Announcement } from '../announcement.ts';
import { promptsOf } from '../recording.ts';
import { type Ref, ref } from '../ref.ts';
import { type Call, mayGoOn, type Run } from './call.ts';
import { goTo } from './go-on.ts';
import { nextKeys } from './keys.ts';
import { answersCall, type Ending } from './step.ts';

/** An announcement, then on: app-announcement-N. A second of silence comes before it where the call is answered for it. Where there is nothing to play, no key is taken. */
export function announce(run: Run, call: Call, id: string, held: Announcement): Ending {
  const by = ref('announcement', id);
  if (!mayGoOn(run, call, id)) return 'congestion';
  call.steps.push({ do: 'enter', ref: by });
  if (!held.withoutAnswer) answerFirst(call);
  const prompts = promptsOf(run.model, held.recording);
  if (prompts.length > 0 && (held.allowsSkip || held.repeatKey !== '')) playForKeys(call, by, held, prompts);
  else if (prompts.length > 0) call.steps.push({ do: 'play', prompts, early: held.withoutAnswer });
  const { current } = call.menus;
  return held.returnsToIvr && current !== null ? run.menu(current, call) : goTo(run, call, by, held.next);
}

/**
 * One key plays it again, and has a second for that after the end; any other goes on, where that is allowed at once. Keys of a caller who is not answered yet reach
 * nobody (golden: announcement/2/repeat-key).
 */
function playForKeys(call: Call, by: Ref, held: Announcement, prompts: readonly string[]): void {
  const early = held.withoutAnswer && !call.steps.some(answersCall);
  const seconds = held.repeatKey === '' ? 0 : 1;
  let keys: string;
  do {
    keys = early ? '' : nextKeys(call);
    call.elapsed += keys === '' ? seconds : 0;
    call.steps.push({ do: 'ask', by, prompts, keys, seconds, settleSeconds: 0, early });
  } while (keys !== '' && keys[0] === held.repeatKey);
}

/** Answers and waits a second, unless the call is answered already. */
export function answerFirst(call: Call): void {
  if (call.steps.some(answersCall)) return;
  call.elapsed += 1;
  call.steps.push({ do: 'wait', seconds: 1, answers: true });
}
