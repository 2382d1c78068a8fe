import { promptsOf } from '../recording.ts';
import { type Ref, ref } from '../ref.ts';
import type { RingGroup } from '../ring-group.ts';
import { answerFirst } from './announcement.ts';
import { type Call, hangUp, leaveWithoutPrefix, mayGoOn, putPrefix, type Run, stateOf } from './call.ts';
import { goTo } from './go-on.ts';
import { recordGroup } from './recording.ts';
import { ring, type Target } from './ring.ts';
import type { Ending, LeftOut, RingResult } from './step.ts';
import { isUnreachable, telephonesOf } from './telephones.ts';

type Member = RingGroup['members'][number];

/** Calls a ring group: ext-group and dialparties. */
export function callGroup(run: Run, call: Call, id: string): Ending {
  const group = run.model['ring-group'][id];
  const by = ref('ring-group', id);
  if (group === undefined) {
    call.steps.push({ do: 'missing', what: `ring group ${id}` });
    return hangUp(call);
  }
  call.steps.push({ do: 'enter', ref: by });
  const wasInside = call.insideGroup;
  call.insideGroup = true;
  setCallerId(call, group.callerId);
  if (group.skipsBusy) call.skipsBusy = true;
  putPrefix(call, group.callerNamePrefix);
  const stopRecording = recordGroup(run, call, id);
  if (!wasInside) announceTo(run, call, group.announcement);
  const result = ringMembers(run, call, by, group);
  if (result === 'answered' || result === 'endless' || result === 'cut') return result;
  stopRecording();
  // reached from another group: that one goes on, this one has no destination (old: NODEST)
  if (wasInside) return hangUp(call);
  call.insideGroup = false;
  call.skipsBusy = false;
  leaveWithoutPrefix(call, group.callerNamePrefix);
  return mayGoOn(run, call, id) ? goTo(run, call, by, group.noAnswer) : 'congestion';
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

/** Whom to ring and how: a ring group, or somebody's other telephones. */
export type Members = Pick<
  RingGroup,
  'strategy' | 'firstMemberIsPrimary' | 'ringSeconds' | 'members' | 'musicClass' | 'confirms' | 'skipsBusy' | 'ignoresForwards'
>;

/** One round after the other, as the strategy has it, until one is not in vain. */
export function ringMembers(run: Run, call: Call, by: Ref, group: Members): RingResult {
  let result: RingResult = 'no-answer';
  for (const targets of roundsOf(run, call, group)) {
    result = ring(run, call, { by, targets, seconds: group.ringSeconds, musicClass: group.musicClass });
    if (result === 'answered' || result === 'endless' || result === 'cut') return result;
  }
  return result;
}

/** Who rings in which round. Who is to be left out is looked at before each call, not at the answer (ELASTIX.md 19). */
function roundsOf(run: Run, call: Call, group: Members): Target[][] {
  const rung: Target[][] = [];
  for (const [i, member] of group.members.entries()) {
    const targets = targetsOf(run, call, group, member);
    if (typeof targets !== 'string') rung.push(targets);
    else call.steps.push({ do: 'leave-out', who: member.number, because: targets });
    if (typeof targets === 'string' && i === 0 && group.firstMemberIsPrimary) return [];
    if (typeof targets !== 'string' && group.strategy.startsWith('first')) break;
  }
  if (rung.length === 0) return [];
  if (group.strategy === 'hunt') return rung;
  if (group.strategy === 'memoryhunt') return rung.map((_, i) => rung.slice(0, i + 1).flat());
  return [rung.flat()];
}

/** What rings for a member, or why nothing does. Their forwards for busy and no answer and their mailboxes do not count. */
function targetsOf(run: Run, call: Call, group: Members, member: Member): Target[] | LeftOut {
  const number = (dialled: string): Target[] => [{ ring: 'number', number: dialled, keepsNumber: false }];
  if (member.outside) return [{ ring: 'number', number: member.number, keepsNumber: false, confirms: group.confirms }];
  // dialparties asks AstDB for the telephones of such a number, and there are none
  if (!(member.number in run.model.extension)) return 'no-such-extension';
  const state = stateOf(run, member.number);
  const forward = state.forwardAlways;
  if (forward !== null && forward !== member.number && forward !== call.from.extension && forward !== call.from.number) {
    return group.ignoresForwards ? 'forwarded' : number(forward);
  }
  if (state.doNotDisturb) return 'do-not-disturb';
  if (state.inCall && (group.skipsBusy || !state.callWaiting || group.strategy === 'firstnotonphone')) return 'in-a-call';
  const targets = telephonesOf(run.model, member.number);
  if (targets.length === 0) return 'no-telephone';
  if (group.strategy === 'firstnotonphone' && isUnreachable(run, targets)) return 'offline';
  return targets;
}
