import { promptsOf } from '../recording.ts';
import { ref } from '../ref.ts';
import { type Call, hangUp, mayGoOn, type Run } from './call.ts';
import { goTo } from './go-on.ts';
import { answersCall, type Ending } from './step.ts';

/** An announcement, then on: app-announcement-N. A second of silence comes before it where the call is answered for it. */
export function announce(run: Run, call: Call, id: string): Ending {
  const by = ref('announcement', id);
  const held = run.model.announcement[id];
  if (held === undefined) {
    call.steps.push({ do: 'missing', what: `announcement ${id}` });
    return hangUp(call);
  }
  if (!mayGoOn(run, call, id)) return 'congestion';
  call.steps.push({ do: 'enter', ref: by });
  if (!held.withoutAnswer) answerFirst(call);
  const prompts = promptsOf(run.model, held.recording);
  if (prompts.length > 0) call.steps.push({ do: 'play', prompts, early: held.withoutAnswer });
  const { current } = call.menus;
  return held.returnsToIvr && current !== null ? run.menu(current, call) : goTo(run, call, by, held.next);
}

/** Answers and waits a second, unless the call is answered already. */
export function answerFirst(call: Call): void {
  if (call.steps.some(answersCall)) return;
  call.elapsed += 1;
  call.steps.push({ do: 'wait', seconds: 1, answers: true });
}
