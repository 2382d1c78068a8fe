import type { Ref } from '../ref.ts';
import type { RingGroup } from '../ring-group.ts';
import { type Call, type Run, stateOf } from './call.ts';
import { heardMusic } from './music.ts';
import { ring, type Target } from './ring.ts';
import type { LeftOut, RingResult } from './step.ts';
import { isUnreachable, telephonesOf } from './telephones.ts';

/** Whom to ring and how: a ring group, or somebody's other telephones. */
export type Members = Pick<
  RingGroup,
  'strategy' | 'firstMemberIsPrimary' | 'ringSeconds' | 'members' | 'musicClass' | 'confirms' | 'skipsBusy' | 'ignoresForwards'
>;

type Member = RingGroup['members'][number];

/** What rings for a member, under which number: its own, or that of a forward. */
interface Rung {
  readonly number: string;
  readonly targets: readonly Target[];
}

/** One round after the other, as the strategy has it, until one is not in vain. */
export function ringMembers(run: Run, call: Call, by: Ref, group: Members): RingResult {
  // dialparties.agi sets KEEPCID before all else
  call.keepsNumber = true;
  let result: RingResult = 'no-answer';
  for (const targets of roundsOf(run, call, group)) {
    result = ring(run, call, { by, targets, seconds: group.ringSeconds, musicClass: heardMusic(run, group.musicClass) });
    if (result === 'answered' || result === 'endless' || result === 'cut') return result;
  }
  return result;
}

/**
 * Who rings in which round: dialparties.agi of FreePBX 2.8 to 2.11. Who is to be left out is looked at before each call, not at the answer (ELASTIX.md 19).
 * A number rings once, whoever leads to it; but a member that is listed twice is hunted twice.
 */
function roundsOf(run: Run, call: Call, group: Members): Target[][] {
  const rung: Target[][] = [];
  const listed = new Map<string, Member>();
  const leaveOut = (who: string, because: LeftOut): unknown => call.steps.push({ do: 'leave-out', who, because });
  for (const member of isFirstAlone(run, call, group) ? group.members.slice(0, 1) : group.members) {
    const found = rungFor(run, call, group, member);
    if (typeof found === 'string') {
      leaveOut(member.number, found);
      continue;
    }
    const other = listed.get(found.number);
    if (other !== undefined && !(hunts(group) && isSame(other, member))) {
      leaveOut(member.number, 'rings-already');
      continue;
    }
    listed.set(found.number, member);
    rung.push([...found.targets]);
    if (group.strategy.startsWith('first')) break;
  }
  if (rung.length === 0) return [];
  if (group.strategy === 'hunt') return rung;
  if (group.strategy === 'memoryhunt') return rung.map((_, i) => rung.slice(0, i + 1).flat());
  return [rung.flat()];
}

function isSame(a: Member, b: Member): boolean {
  return a.number === b.number && a.outside === b.outside;
}

function hunts(group: Members): boolean {
  return group.strategy !== 'ringall';
}

/** Nobody but the first may ring: it is the primary one, and in a call or not to be disturbed. Where it forwards its calls, that does not count. */
function isFirstAlone(run: Run, call: Call, { firstMemberIsPrimary, members: [first] }: Members): boolean {
  if (!firstMemberIsPrimary || first === undefined || !isExtension(run, first) || forwardOf(run, call, first.number) !== null) return false;
  const { doNotDisturb, inCall } = stateOf(run, first.number);
  return doNotDisturb || (inCall && !isUnreachable(run, telephonesOf(run.model, first.number)));
}

/** Its own telephone was busy before, and the first member is the primary one: nobody rings then but who is outside or forwards, and he is not first. */
export function holdsBackForBusy(run: Run, call: Call, { firstMemberIsPrimary, members: [first] }: Members): boolean {
  return firstMemberIsPrimary && first !== undefined && isExtension(run, first) && forwardOf(run, call, first.number) === null;
}

function isExtension(run: Run, member: Member): boolean {
  return !member.outside && member.number in run.model.extension;
}

/** Where all calls of a member go; a forward to itself or back to the caller is none. */
function forwardOf(run: Run, call: Call, id: string): string | null {
  const to = stateOf(run, id).forwardAlways;
  return to === id || to === call.from.extension || to === call.from.number ? null : to;
}

/** What rings for a member, or why nothing does. Its mailbox does not count. */
function rungFor(run: Run, call: Call, group: Members, member: Member): Rung | LeftOut {
  if (member.outside) return dialledFor(member.number, group.confirms);
  // dialparties asks AstDB for the telephones of such a number, and there are none
  if (!isExtension(run, member)) return 'no-such-extension';
  const forward = forwardOf(run, call, member.number);
  // who hunts looks members up by their own numbers, and finds none that was forwarded
  if (forward !== null) return group.ignoresForwards || hunts(group) ? 'forwarded' : dialledFor(forward);
  const state = stateOf(run, member.number);
  if (state.doNotDisturb) return 'do-not-disturb';
  const targets = telephonesOf(run.model, member.number);
  if (targets.length === 0) return 'no-telephone';
  const skipsBusy = group.skipsBusy || call.skipsBusy;
  return keptFrom({ ...group, skipsBusy }, state, isUnreachable(run, targets)) ?? { number: member.number, targets };
}

/** A forward that its state brings about, or why it does not ring; null: it rings. */
function keptFrom(group: Members, state: ReturnType<typeof stateOf>, unreachable: boolean): Rung | LeftOut | null {
  const waits = state.callWaiting && !group.skipsBusy;
  const { forwardBusy, forwardUnavailable, inCall } = state;
  if (unreachable && forwardUnavailable !== null) return group.ignoresForwards ? 'offline' : dialledFor(forwardUnavailable);
  if (!waits) {
    if (!inCall || unreachable) return null;
    return forwardBusy !== null && !group.ignoresForwards ? dialledFor(forwardBusy) : 'in-a-call';
  }
  // with a forward for busy or no answer these two strategies do not look
  if (forwardBusy !== null || forwardUnavailable !== null) return null;
  if (group.strategy === 'firstnotonphone' && inCall) return 'in-a-call';
  return group.strategy.startsWith('first') && unreachable ? 'offline' : null;
}

function dialledFor(number: string, confirms?: boolean): Rung {
  return { number, targets: [{ ring: 'number', number, keepsNumber: false, ...(confirms === undefined ? {} : { confirms }) }] };
}
