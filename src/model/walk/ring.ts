import { seenByCarrier } from '../caller-id.ts';
import type { Ref } from '../ref.ts';
import { type Call, childOf, type Run, shownOf } from './call.ts';
import { answersCall, type Ending, type NumberLeg, type PartyLeg, type RingLeg, type RingResult, type Step } from './step.ts';
import { answeredItselfMs, CONFIRM_SECONDS, type Timing } from './timeline.ts';

/** Somebody to ring: a telephone, or a number to dial through the internal numbering. */
export type Target =
  /** `dead`: of a technology that the new box cannot ring. */
  | { readonly ring: 'device'; readonly device: Ref; readonly dead: boolean }
  | { readonly ring: 'trunk'; readonly trunk: Ref; readonly dialled: string }
  | NumberTarget;

/** The context of all outbound routes and nothing else (FreePBX: outbound-allroutes). */
export const ALL_ROUTES = 'outbound-allroutes';

interface NumberTarget {
  readonly ring: 'number';
  readonly number: string;
  readonly keepsNumber: boolean;
  /** Who answers must press 1 to take the call. */
  readonly confirms?: boolean;
  /** The outbound routes alone are asked, whoever has the number inside; left out: it is dialled as from inside. */
  readonly by?: 'routes';
  /** What happens on that channel, where it is not simply dialled. */
  readonly walk?: (child: Call) => Ending;
}

export interface Ringing {
  readonly by: Ref;
  readonly targets: readonly Target[];
  /** null: without end. */
  readonly seconds: number | null;
  readonly musicClass?: string | null;
}

/** One target's fate: `at`, seconds after ringing began, is when it was decided; null: it rings on. */
interface Fate {
  readonly leg: RingLeg;
  readonly result: 'answered' | 'busy' | 'congestion' | 'unreachable' | 'gone' | 'rings';
  readonly at: number;
}

/**
 * Rings all targets together, as Dial() does: who answers first has the call; when all have failed it is over at once, with busy before
 * congestion before unreachable; else it rings until the time is up.
 */
export function ring(run: Run, call: Call, o: Ringing): RingResult {
  if (isOver(call)) return 'cut';
  const left = call.limit === null ? null : call.limit - call.elapsed;
  const until = shorter(o.seconds, left);
  const fates = decide(run, call, o.targets, until);
  const winner = fates.filter((f) => f.result === 'answered').sort((a, b) => a.at - b.at)[0];
  // the others ring no longer than until then
  const final = winner === undefined ? fates : decide(run, call, o.targets, winner.at, winner, fates);
  const result = winner !== undefined ? 'answered' : failed(fates, until, left !== null && until === left);
  call.elapsed += elapsedAfter(result, winner, fates, until);
  if (result === 'busy' || result === 'no-answer' || result === 'unreachable') call.outcome = result;
  call.steps.push({ do: 'ring', by: o.by, legs: final.map((f) => f.leg), seconds: o.seconds, musicClass: o.musicClass ?? null, result });
  return result;
}

/** Calls one trunk. Seconds as in ring(). */
export function dialOut(call: Call, leg: PartyLeg, seconds: number): RingResult {
  if (isOver(call)) return 'cut';
  const left = call.limit === null ? null : call.limit - call.elapsed;
  const result = resultOf(leg, left !== null && left <= seconds);
  if (result === 'no-answer') call.elapsed += seconds;
  if (result === 'cut') call.elapsed = call.limit ?? call.elapsed;
  call.steps.push({ do: 'dial-out', leg, seconds, result });
  return result;
}

/** The one who waits has given up. What begins in the same moment as the call itself still happens. */
export function isOver(call: Call): boolean {
  return call.limit !== null && call.elapsed > 0 && call.elapsed >= call.limit;
}

function resultOf(leg: PartyLeg, cut: boolean): RingResult {
  switch (leg.does) {
    case 'answer':
    case 'answer-only':
      return 'answered';
    case 'busy':
      return 'busy';
    case 'refuse':
    case 'wrong-number':
      return 'congestion';
    case 'offline':
      return 'unreachable';
    case 'ignore':
      return cut ? 'cut' : 'no-answer';
  }
}

function decide(run: Run, call: Call, targets: readonly Target[], until: number | null, winner?: Fate, before?: readonly Fate[]): Fate[] {
  return targets.map((target, i) => {
    const known = before?.[i];
    return known !== undefined && known === winner ? known : fateOf(run, call, target, until);
  });
}

/** What becomes of one target that rings for at most `until` seconds. */
export function fateOf(run: Run, call: Call, target: Target, until: number | null): Fate {
  if (target.ring === 'number') return numberFate(run, call, target, until);
  const to = target.ring === 'device' ? target.device : target.trunk;
  const dialled = target.ring === 'device' ? target.device.id : target.dialled;
  const does = target.ring === 'device' && target.dead ? 'offline' : run.at.phones(to, dialled);
  const trunk = target.ring === 'trunk' ? run.model.trunk[to.id] : undefined;
  const shown = trunk === undefined ? shownOf(call) : seenByCarrier(trunk, shownOf(call));
  const leg: PartyLeg = { kind: 'party', to, dialled, shown, does };
  const result = (
    {
      answer: 'answered',
      'answer-only': 'answered',
      busy: 'busy',
      refuse: 'congestion',
      'wrong-number': 'unreachable',
      offline: 'unreachable',
      ignore: 'rings',
    } as const
  )[does];
  return { leg, result, at: 0 };
}

function numberFate(run: Run, call: Call, target: NumberTarget, until: number | null): Fate {
  const { number } = target;
  // a dial string that a script wrote in the place of a number: what stands behind its own '@' is taken for a context (core_local.c), and no channel is opened
  if (target.walk === undefined && number.includes('@')) {
    const steps: Step[] = [{ do: 'missing', what: `number ${number}` }];
    return { leg: { kind: 'number', number, steps, ending: 'congestion' }, result: 'unreachable', at: 0 };
  }
  const child = childOf(call, until);
  child.keepsNumber = call.keepsNumber || target.keepsNumber;
  const last =
    target.walk !== undefined
      ? target.walk(child)
      : target.by === 'routes'
        ? run.follow({ to: 'number', context: ALL_ROUTES, number }, child)
        : run.dial(number, child);
  // a prompt has answered, whatever comes after it
  const ended = last !== 'cut' && last !== 'endless' && child.steps.some(answersCall) ? 'answered' : last;
  const confirmed = ended === 'answered' && target.confirms === true ? isAccepted(child.steps) : null;
  // who does not press 1 is asked again and again, longer than anybody rings (old: macro-confirm)
  const ending = confirmed === false ? 'endless' : ended;
  const leg: NumberLeg = {
    kind: 'number',
    number,
    steps: child.steps,
    ending,
    ...(confirmed === null ? {} : { confirmed }),
  };
  const result = ending === 'hung-up' ? 'gone' : ending === 'endless' || ending === 'cut' ? 'rings' : ending;
  const itselfMs = ending === 'answered' && confirmed === null ? answeredItselfMs(child.steps, AT_ONCE) : null;
  return { leg, result, at: itselfMs === null ? child.elapsed + (confirmed === true ? CONFIRM_SECONDS : 0) : itselfMs / 1000 };
}

/** People answer and refuse at once here, and prompts take no time. */
const AT_ONCE: Timing = { answerMs: 0, refuseMs: 0, promptMs: 0 };

/** The call was answered by somebody who presses 1; a mailbox does not. */
function isAccepted(steps: readonly Step[]): boolean {
  const last = steps.at(-1);
  if (last?.do === 'dial-out') return last.leg.does === 'answer';
  if (last?.do !== 'ring') return false;
  return last.legs.some((leg) => (leg.kind === 'party' ? leg.does === 'answer' : leg.ending === 'answered' && isAccepted(leg.steps)));
}

function failed(fates: readonly Fate[], until: number | null, cut: boolean): RingResult {
  if (fates.some((f) => f.result === 'rings')) return until === null ? 'endless' : cut ? 'cut' : 'no-answer';
  const some = (want: Fate['result']): boolean => fates.some((f) => f.result === want);
  if (some('gone')) return 'no-answer';
  return some('busy') ? 'busy' : some('congestion') ? 'congestion' : 'unreachable';
}

function elapsedAfter(result: RingResult, winner: Fate | undefined, fates: readonly Fate[], until: number | null): number {
  if (winner !== undefined) return winner.at;
  const rang = fates.some((f) => f.result === 'rings');
  return rang ? (until ?? 0) : result === 'endless' ? 0 : Math.max(0, ...fates.map((f) => f.at));
}

function shorter(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.min(a, b);
}
