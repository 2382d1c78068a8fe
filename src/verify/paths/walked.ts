import { type Model, settingsOf } from '../../model/kinds.ts';
import { playable } from '../../model/sounds.ts';
import type { Situation } from '../../model/walk/situation.ts';
import { answersCall, type PartyLeg, type RingLeg, type Step, withinLegs } from '../../model/walk/step.ts';
import { parties, promptsOf, timeline } from '../../model/walk/timeline.ts';
import type { House } from './house.ts';
import { NotJudged } from './not-judged.ts';
import type { Outcome } from './outcome.ts';
import { agentsIn, logInOf } from './queue-members.ts';
import { whoOf } from './who.ts';

/** In simulated time people answer and refuse at once, and prompts take none. */
const AT_ONCE = { answerMs: 0, refuseMs: 0, promptMs: 0 };

/**
 * What steps of walk() say, in the words of a simulated call.
 * @param before AstDB before the call: setting a key to what it holds changes nothing.
 * @throws NotJudged where walk() itself gives up.
 */
export function outcomeOfWalk(house: House, steps: readonly Step[], at: Situation, before: ReadonlyMap<string, string>): Outcome {
  const { model } = house;
  // somebody who is not logged in and logs out changes nothing
  const changes = ({ queue, agent, change }: Extract<Step, { do: 'agent' }>): boolean =>
    change !== 'logs-out' || agentsIn({ house, at }, queue.id).some((a) => a.member.number === agent);
  const all = withinLegs(steps);
  const gaveUp = all.find(givesUp);
  if (gaveUp !== undefined) throw new NotJudged(`walk: ${gaveUp.do}`);
  if (all.some((s) => isForced(model, s))) throw new NotJudged('a time condition that a call flow forces');
  if (isDisturbedFirst(all)) throw new NotJudged('follow me of who is not to be disturbed and goes first');
  if (all.filter((s) => s.do === 'queue').length > MOST_QUEUES) throw new NotJudged('from queue to queue');
  if (steps.filter((s) => s.do === 'ask' && s.by.kind === 'disa').length > MOST_DISA)
    throw new NotJudged('a DISA that is dialled again and again');
  const laid = timeline(steps, AT_ONCE);
  const { language } = settingsOf(model);
  const last = steps.findLast((s) => s.do !== 'set');
  return {
    legs: laid.legs.map((l) => ({ who: whoOf(l), start: l.startMs / 1000, end: l.endMs === null ? null : l.endMs / 1000 })),
    heard: steps.flatMap((s) => heardOf(s, language)),
    database: Object.fromEntries(Object.entries(setBy(all)).filter(([key, value]) => value !== (before.get(key) ?? ''))),
    agents: all.flatMap((s) => (s.do === 'agent' && changes(s) ? [changeText(house, s)] : [])),
    isRecorded: steps.some(isRecordedByItself) ? null : laid.recorded,
    end: endOf(last),
    // queues and dial tones have times of their own, which nobody can tell here
    endSeconds: laid.endMs === null || all.some(hasOwnTimes) ? null : laid.endMs / 1000,
    isOpen: last?.do === 'stay',
  };
}

function changeText(house: House, { queue, agent, change }: Extract<Step, { do: 'agent' }>): string {
  return change === 'logs-in' ? logInOf(house, queue.id, agent) : `Local/${agent}@from-queue/n ${change} ${queue.id}`;
}

function hasOwnTimes(step: Step): boolean {
  return step.do === 'queue' || (step.do === 'enter' && step.ref.kind === 'disa');
}

/** Whether agents of a queue are recorded is settled in another way than on the old box, and a room is recorded as such. */
function isRecordedByItself(step: Step): boolean {
  return step.do === 'queue' || (step.do === 'record' && step.because.kind === 'conference');
}

/** Whether an override goes before the call flow differs by the generation of the old box. */
function isForced(model: Model, step: Step): boolean {
  const id =
    step.do === 'enter' && step.ref.kind === 'time-condition'
      ? step.ref.id
      : step.do === 'set'
        ? /^TC\/(.+)$/.exec(step.key)?.[1]
        : undefined;
  return id !== undefined && Object.values(model['call-flow']).some((f) => f.dayForces.includes(id) || f.nightForces.includes(id));
}

/** walk() goes no further, or not as the new box does: an object that a model by hand names and lacks is told to callers there. */
function givesUp(step: Step): boolean {
  switch (step.do) {
    case 'loop':
    case 'closed':
    case 'park':
      return true;
    // whoever speaks to nobody does so for an hour
    case 'page':
      return step.legs.every((leg) => leg.does === 'offline');
    case 'missing':
      return /^(extension|ring group|announcement|trunk) /.test(step.what);
    default:
      return step.do === 'stay' && step.at === 'not-understood';
  }
}

/** A call that goes round by queues ends by guards, and those are the new box's own. */
const MOST_QUEUES = 3;

/** What is said to who dials a number that does not exist takes its time, which walk() does not count: once is within what is judged. */
const MOST_DISA = 2;

/** Whether his forwards count then is not settled. */
function isDisturbedFirst(steps: readonly Step[]): boolean {
  return steps.some(
    (s, i) =>
      s.do === 'leave-out' &&
      s.because === 'do-not-disturb' &&
      steps.slice(0, i).some((b) => b.do === 'enter' && b.ref.kind === 'follow-me' && b.ref.id === s.who),
  );
}

function setBy(steps: readonly Step[]): Record<string, string> {
  return Object.fromEntries(steps.flatMap((s) => (s.do === 'set' ? [[s.key, s.value ?? '']] : [])));
}

function heardOf(step: Step, language: string): string[] {
  switch (step.do) {
    case 'voicemail':
      return [`voicemail ${step.mailbox} ${step.greeting}`];
    case 'queue':
      return [
        `queue ${step.by.id} (${step.agentSeconds ?? 0} s): ${[...new Set(rungFor(step.legs).filter(rings).map(whoOf))].sort().join(', ')}`,
      ];
    case 'conference':
      return [`conference ${step.by.id}`];
    case 'retrieve':
      return [step.by.kind === 'extension' ? `call that rings at ${step.slot}` : `parked in ${step.slot}`];
    case 'ask':
      // asked for by ConfBridge itself
      return step.prompts[0] === 'vm-rec-name' ? [] : playable(step.prompts, language);
    default:
      return playable(promptsOf(step), language);
  }
}

/** Whom a queue may ring by itself: until the PBX takes a call that it makes, and without those whom another queue picks. */
function rungFor(legs: readonly RingLeg[]): PartyLeg[] {
  return legs.flatMap((leg) => {
    if (leg.kind === 'party') return [leg];
    const taken = leg.steps.findIndex(answersCall);
    const steps = taken < 0 ? leg.steps : leg.steps.slice(0, taken);
    return steps.flatMap((s) => (s.do === 'queue' ? [] : s.do === 'ring' ? rungFor(s.legs) : parties([s])));
  });
}

function rings(leg: PartyLeg): boolean {
  return leg.does !== 'offline';
}

function endOf(last: Step | undefined): string {
  switch (last?.do) {
    case 'tone':
      return last.tone;
    case 'voicemail':
      return 'message';
    case 'sound':
      return 'listens';
    case 'stay':
      return `stays: ${last.at}`;
    case 'ring':
    case 'dial-out':
      return last.result === 'answered' ? 'talk' : 'endless';
    case 'queue':
      return last.result === 'answered' ? 'talk' : last.result === 'endless' ? 'waits' : 'hung-up';
    case 'conference':
    case 'page':
    case 'retrieve':
      return 'waits';
    default:
      return 'hung-up';
  }
}
