import type { FollowMe } from '../follow-me.ts';
import { ref } from '../ref.ts';
import { type Call, hangUp, mayGoOn, putPrefix, type Run, stateOf } from './call.ts';
import { ringOwn } from './extension.ts';
import { goTo } from './go-on.ts';
import { heardMusic } from './music.ts';
import { recordExtension } from './recording.ts';
import { ring, type Target } from './ring.ts';
import { announceTo, endsWithinItself, setCallerId } from './ring-group.ts';
import { holdsBackForBusy, type Members, ringMembers } from './ring-members.ts';
import type { Ending, RingResult } from './step.ts';
import { isUnreachable, telephonesOf } from './telephones.ts';

/** Seconds between the moment when its own telephone says busy and the others' ringing (old: findmefollow-ringallv2 looks each second). */
const AFTER_BUSY_SECONDS = 1;

/** True where calls to an extension go to its owner's other telephones, too. */
export function isFollowed(run: Run, id: string): boolean {
  const held = run.model['follow-me'][id];
  return held !== undefined && (run.at.state.followMe?.[id] ?? held.enabled);
}

/** An extension is called with its owner's other telephones: ext-findmefollow. */
export function callFollowMe(run: Run, call: Call, id: string, held: FollowMe): Ending {
  if (!mayGoOn(run, call, id)) return 'congestion';
  const by = ref('follow-me', id);
  call.steps.push({ do: 'enter', ref: by });
  if (call.within.includes(id)) return ringAgain(run, call, id, held);
  const wasInside = call.insideGroup;
  call.insideGroup = true;
  call.within = [...call.within, id];
  setCallerId(call, held.callerId);
  putPrefix(run, call, held.callerNamePrefix);
  recordExtension(run, call, id);
  const result = ringAll(run, call, id, held, wasInside);
  if (result === 'answered' || result === 'endless' || result === 'cut') return result;
  // reached from a group: that one goes on (old: NODEST)
  if (wasInside) return hangUp(call);
  call.insideGroup = false;
  call.within = [];
  call.outcome = outcomeOf(run, id, result);
  return goTo(run, call, by, held.noAnswer);
}

/**
 * A member leads back here. On the old box all of it began anew, until the time of the first was up: the extension's own telephone rang on, and so it does here, alone.
 * Where it does not ring by itself nobody did, and that way ends.
 */
function ringAgain(run: Run, call: Call, id: string, held: FollowMe): Ending {
  if (!ringsItself(id, held)) return endsWithinItself(call, id);
  call.steps.push({ do: 'leave-out', who: id, because: 'within-itself' });
  return endingOf(call, ringOwn(run, call, id, held.preRingSeconds + held.ringSeconds));
}

/** Its own telephone rings, before the others or among them. */
function ringsItself(id: string, { strategy, preRingSeconds, members }: FollowMe): boolean {
  return strategy === 'ringallv2' || preRingSeconds > 0 || members.some((m) => m.number === id);
}

/** ringallv2: its own telephone rings for all the time. No seconds of its own are none that end (old: Dial() takes 0 for no limit). */
function ringsOn(id: string, { preRingSeconds, members }: FollowMe): boolean {
  return preRingSeconds === 0 || members.some((m) => m.number === id);
}

function ringAll(run: Run, call: Call, id: string, held: FollowMe, wasInside: boolean): RingResult {
  const members: Members = {
    ...held,
    strategy: held.strategy === 'ringallv2' ? 'ringall' : held.strategy,
    skipsBusy: false,
    ignoresForwards: false,
  };
  if (held.strategy === 'ringallv2') {
    if (!wasInside) announceTo(run, call, held.announcement);
    return ringTogether(run, call, id, { held, members });
  }
  if (held.preRingSeconds > 0) {
    const own = ringOwn(run, call, id, held.preRingSeconds);
    if (own === 'answered' || own === 'endless' || own === 'cut') return own;
    if (own === 'busy' && holdsBackForBusy(run, call, members)) return 'busy';
  }
  if (!wasInside) announceTo(run, call, held.announcement);
  return ringMembers(run, call, ref('follow-me', id), members);
}

interface Together {
  readonly held: FollowMe;
  readonly members: Members;
}

/**
 * ringallv2: its own telephone at once, the others when it has rung alone for its time, or was busy; with `-prim` they do not ring when it was. An own telephone
 * that is not among the members rings alone only, where it has a time for that (dialparties: FMREALPRERING).
 */
function ringTogether(run: Run, call: Call, id: string, o: Together): RingResult {
  const { held } = o;
  const others = held.members.filter((m) => m.number !== id);
  const ownSeconds = ringsOn(id, held) ? held.preRingSeconds + held.ringSeconds : held.preRingSeconds;
  const ownForwards = stateOf(run, id).forwardAlways !== null;
  const disturbed = !ownForwards && stateOf(run, id).doNotDisturb;
  if (disturbed && held.firstMemberIsPrimary) {
    call.steps.push({ do: 'leave-out', who: id, because: 'do-not-disturb' });
    return 'busy';
  }
  if (others.length === 0) return within(call, held.preRingSeconds + held.ringSeconds, () => ringOwn(run, call, id, ownSeconds));
  const own = (child: Call): Ending => endingOf(child, ringOwn(run, child, id, ownSeconds));
  const rest = (child: Call): Ending =>
    ringOthers(run, child, {
      ...o,
      others,
      probe: () => {
        const alone = { ...child, steps: [] };
        return { ending: own(alone), at: alone.elapsed - child.elapsed };
      },
      id,
    });
  const targets: Target[] = [
    { ring: 'number', number: id, keepsNumber: false, walk: own },
    { ring: 'number', number: others.map((m) => m.number).join('-'), keepsNumber: false, walk: rest },
  ];
  const seconds = held.preRingSeconds + held.ringSeconds;
  return ring(run, call, { by: ref('follow-me', id), targets, seconds, musicClass: heardMusic(run, held.musicClass) });
}

/** No longer than so many seconds: what its own telephone's calls are forwarded to as well. */
function within(call: Call, seconds: number, rings: () => RingResult): RingResult {
  const { limit, steps } = call;
  const own = call.elapsed + seconds;
  if (limit !== null && limit <= own) return rings();
  const before = steps.length;
  call.limit = own;
  const result = rings();
  call.limit = limit;
  if (result !== 'cut') return result;
  // the time is over, not the caller's patience
  const rung = steps.slice(before).map((s) => (s.do === 'ring' && s.result === 'cut' ? ({ ...s, result: 'no-answer' } as const) : s));
  steps.splice(before, rung.length, ...rung);
  return 'no-answer';
}

interface Others extends Together {
  readonly id: string;
  readonly others: FollowMe['members'];
  /** What becomes of its own telephone, and after how many seconds. */
  readonly probe: () => { readonly ending: Ending; readonly at: number };
}

function ringOthers(run: Run, child: Call, o: Others): Ending {
  const { ending, at } = o.probe();
  const busy = ending === 'busy' && at < o.held.preRingSeconds;
  if (busy && o.held.firstMemberIsPrimary) return hangUp(child);
  const seconds = busy ? Math.min(at + AFTER_BUSY_SECONDS, o.held.preRingSeconds) : o.held.preRingSeconds;
  child.elapsed += seconds;
  child.steps.push({ do: 'wait', seconds, answers: false });
  return endingOf(child, ringMembers(run, child, ref('follow-me', o.id), { ...o.members, members: o.others, firstMemberIsPrimary: false }));
}

/** A channel that only rang: what its caller learns of it. */
function endingOf(child: Call, result: RingResult): Ending {
  if (result === 'answered' || result === 'endless' || result === 'cut' || result === 'busy') return result;
  return hangUp(child);
}

/** The extension's own telephone decides what nobody's answer counts as (old: FM_DIALSTATUS). */
function outcomeOf(run: Run, id: string, result: RingResult): Call['outcome'] {
  if (result === 'unreachable' || isUnreachable(run, telephonesOf(run.model, id))) return 'unreachable';
  return stateOf(run, id).inCall ? 'busy' : 'no-answer';
}
