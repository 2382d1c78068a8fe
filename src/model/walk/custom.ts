import { gotosInCircles } from '../circles.ts';
import type { CustomStep } from '../custom-dialplan.ts';
import { type CountedStep, includesOf, isShared, stepFor } from '../custom-steps.ts';
import type { Destination } from '../destination.ts';
import { ref } from '../ref.ts';
import { type Call, hangUp, mayGoOn, type Run, tone } from './call.ts';
import { CUSTOM_APPLICATIONS } from './custom-application.ts';
import type { At, Turn } from './custom-turn.ts';
import type { Ending } from './step.ts';

/** Steps of hand-made dialplan in one call at most: what goes on longer goes in a circle. */
const MOST_STEPS = 500;

/**
 * A call in the dialplan that the site wrote itself, in the language of the old box, as far as the applications of custom-application.ts go over values that are known.
 * Where it does something else, the walk ends with a step `stay`, `not-understood`: the call is there, and what it does is for the dialplan to say.
 */
export function callCustom(run: Run, call: Call, d: Extract<Destination, { to: 'custom' }>): Ending {
  if (!mayGoOn(run, call, d.context)) return 'congestion';
  let next = firstAt(run, d);
  if (next === null) return missing(call, `${d.context},${d.extension},${d.priority}`);
  let at: At = { context: d.context, extension: d.extension, priority: next.priority };
  let entered = '';
  const round = new Set<CustomStep>();
  for (let taken = 0; taken < MOST_STEPS; taken++) {
    if (next.context !== entered) call.steps.push({ do: 'enter', ref: ref('custom-dialplan', next.context) });
    entered = next.context;
    if (goesRound(run, next.step, round)) return comesBack(call, next.context);
    const turn = CUSTOM_APPLICATIONS[next.step.application.toLowerCase()]?.(next.step.arguments, { run, call, at }) ?? UNKNOWN;
    if (turn.goes === 'over') return turn.ending;
    if (turn.goes === 'out') return run.follow(turn.destination, call);
    if (turn.goes === 'unknown') return notUnderstood(call, next.context);
    at = turn.goes === 'on' ? { ...at, priority: at.priority + 1 } : placeAfter(run, at, turn);
    const found: CountedStep | null = at.priority > 0 ? stepFor(run.model, at.context, at.extension, at.priority) : null;
    if (found === null) return turn.goes === 'on' ? fallThrough(run, call, at) : missing(call, `${at.context},${at.extension}`);
    next = found;
  }
  return notUnderstood(call, at.context);
}

/** What takes no time: a call that does nothing else goes round at full speed. */
const AT_ONCE =
  /^(?:answer|noop|verbose|log|set|setvar|global|setglobalvar|goto|gotoif|progress|ringing|resetcdr|nocdr|userevent|queuelog|sipaddheader)$/i;

/** A Goto() that leads back to itself whatever happens, for the second time, and nothing on the way took time. */
function goesRound({ model }: Run, step: CustomStep, round: Set<CustomStep>): boolean {
  if (!AT_ONCE.test(step.application)) round.clear();
  if (step.application.toLowerCase() !== 'goto') return false;
  const isSecond = round.has(step);
  round.add(step);
  return isSecond && gotosInCircles(model).has(step);
}

function comesBack(call: Call, context: string): Ending {
  call.steps.push({ do: 'loop', at: context });
  return tone(call, 'congestion');
}

const UNKNOWN: Turn = { goes: 'unknown' };

function firstAt(run: Run, d: Extract<Destination, { to: 'custom' }>): CountedStep | null {
  return stepFor(run.model, d.context, d.extension, /^\d+$/.test(d.priority) ? Number(d.priority) : d.priority);
}

/** A place by number or label; priority 0 where there is none. */
function placeAfter(run: Run, from: At, to: Extract<Turn, { goes: 'to' }>): At {
  const context = to.context ?? from.context;
  const extension = to.extension ?? from.extension;
  const found = stepFor(run.model, context, extension, /^\d+$/.test(to.priority) ? Number(to.priority) : to.priority);
  return { context, extension, priority: found?.priority ?? 0 };
}

/** Nothing comes after: autofallthrough, by what became of the last ringing. A context whose includes depend on the hour may have more. */
function fallThrough(run: Run, call: Call, at: At): Ending {
  if (includesOf(run.model, at.context).sometimes) return notUnderstood(call, at.context);
  // the new box ends it there: on the old one the next priority of a pattern for wrong numbers came, by chance (golden: custom/7701)
  if (isShared(run.model, at.context)) return hangUp(call, call.outcome === 'busy' && call.steps.some((s) => s.do === 'ring') ? 17 : 16);
  const rung = call.steps.some((s) => s.do === 'ring' || s.do === 'dial-out');
  if (rung && call.outcome === 'busy') return tone(call, 'busy');
  return rung && call.outcome === 'unreachable' ? tone(call, 'congestion') : hangUp(call);
}

function missing(call: Call, what: string): Ending {
  call.steps.push({ do: 'missing', what });
  return hangUp(call);
}

function notUnderstood(call: Call, context: string): Ending {
  call.steps.push({ do: 'stay', by: ref('custom-dialplan', context), at: 'not-understood' });
  return 'answered';
}
