import { promptsOf } from '../recording.ts';
import { ref } from '../ref.ts';
import type { RingGroup } from '../ring-group.ts';
import { answerFirst } from './announcement.ts';
import { type Call, hangUp, mayGoOn, putPrefix, type Run, tone } from './call.ts';
import { goTo } from './go-on.ts';
import { recordGroup } from './recording.ts';
import { ringMembers } from './ring-members.ts';
import type { Ending } from './step.ts';

/** Calls a ring group: ext-group and dialparties. */
export function callGroup(run: Run, call: Call, id: string, group: RingGroup): Ending {
  const by = ref('ring-group', id);
  call.steps.push({ do: 'enter', ref: by });
  if (call.within.includes(id)) return endsWithinItself(call, id);
  const wasInside = call.insideGroup;
  call.insideGroup = true;
  call.within = [...call.within, id];
  setCallerId(call, group.callerId);
  putPrefix(run, call, group.callerNamePrefix);
  const stopRecording = recordGroup(run, call, id);
  if (!wasInside) announceTo(run, call, group.announcement);
  const result = ringMembers(run, call, by, group);
  if (result === 'answered' || result === 'endless' || result === 'cut') return result;
  stopRecording();
  // reached from another group: that one goes on, this one has no destination (old: NODEST)
  if (wasInside) return hangUp(call);
  call.insideGroup = false;
  call.within = [];
  call.skipsBusy = false;
  return mayGoOn(run, call, id) ? goTo(run, call, by, group.noAnswer) : 'congestion';
}

/** A member leads back to the group that rings it: for ever, on the old box (ELASTIX.md, section 19); here that way ends. */
export function endsWithinItself(call: Call, id: string): Ending {
  call.steps.push({ do: 'leave-out', who: id, because: 'within-itself' });
  return tone(call, 'congestion');
}

/** The caller hears an announcement before anybody rings. */
export function announceTo(run: Run, call: Call, recording: string | null): void {
  const prompts = promptsOf(run.model, recording);
  if (prompts.length === 0) return;
  answerFirst(call);
  call.steps.push({ do: 'play', prompts, early: false });
}

/** Caller id that outside members see (old: sub-rgsetcid, sub-fmsetcid). Only numbers count. */
export function setCallerId(call: Call, callerId: RingGroup['callerId']): void {
  const { mode, fixed } = callerId ?? { mode: 'default', fixed: '' };
  const isNumber = (text: string): boolean => /^\+?[0-9]+$/.test(text);
  if ((mode === 'fixed' || (mode === 'extern' && call.did !== null)) && isNumber(fixed)) call.override = fixed;
  if (mode === 'forcedid' && call.did !== null && isNumber(call.did)) call.override = call.did;
}
