import { split } from '../../asterisk/arguments.ts';
import { isHandMade } from '../static/held-dialplan.ts';
import { APPLICATIONS } from './applications.ts';
import type { Channel, Frame, Place } from './channel.ts';
import { filledIn } from './functions.ts';
import { NotJudged } from './not-judged.ts';
import type { Steps } from './scheduler.ts';
import type { Simulation } from './simulation.ts';

/** What comes after a step: the next priority, another place, keys that somebody keyed, the end of the call, or of a routine that an option of Dial entered. */
export type Next = 'next' | 'hang-up' | 'returned' | { readonly to: Place } | { readonly keys: string };

/** A channel goes through the dialplan from where it is, until its call ends there, or a routine does that Dial entered (main/pbx.c, __ast_pbx_run). */
export function* runDialplan(sim: Simulation, channel: Channel): Steps {
  for (;;) {
    const { context, number, priority } = channel.place;
    const step = sim.house.lookup.step(context, number, priority, channel.caller.number);
    let next: Next;
    if (step === null)
      next = priority > 1 && exists(sim, channel, number) ? yield* fallThrough(sim, channel) : invalid(sim, channel, number);
    else {
      if (isHandMade(sim.house.model, step)) throw new NotJudged(`hand-made ${step.context}`);
      sim.step();
      next = yield* execute(sim, channel, step.application, filledIn(sim, channel, step.data));
    }
    if (next === 'hang-up' || next === 'returned') return;
    if (next === 'next') channel.place = { ...channel.place, priority: channel.place.priority + 1 };
    else if ('to' in next) channel.place = next.to;
    else channel.place = byKeys(sim, channel, next.keys) ?? { ...channel.place, priority: Number.MAX_SAFE_INTEGER };
    if (channel.place.priority === Number.MAX_SAFE_INTEGER) return;
  }
}

/** One application with its arguments filled in. */
export function* execute(sim: Simulation, channel: Channel, name: string, data: string): Steps<Next> {
  const application = APPLICATIONS[name.toLowerCase()];
  if (application === undefined) throw new NotJudged(`${name}()`);
  const next = application(sim, channel, data);
  return typeof next === 'object' && Symbol.iterator in next ? yield* next : next;
}

/** A routine on a channel that has no dialplan of its own: Dial's options b() and U(). */
export function* runRoutine(sim: Simulation, channel: Channel, target: string, args: string): Steps {
  const place = placeOf(sim, channel, target);
  if (place === null) throw new NotJudged(`routine ${target}`);
  enter(channel, args === '' ? [] : split(args, ','), null);
  channel.place = place;
  yield* runDialplan(sim, channel);
}

/** Enters a routine: ARG1 and so on are its own, and hide those of the routine before (gosub_exec). */
export function enter(channel: Channel, args: readonly string[], back: Place | null): void {
  const count = Math.max(args.length, channel.frames.at(-1)?.argumentCount ?? 0);
  const frame: Frame = { back, own: new Set(), argumentCount: count };
  for (let i = 0; i < count; i++) {
    frame.own.add(`ARG${i + 1}`);
    channel.variables.push(`ARG${i + 1}`, args[i] ?? '');
  }
  channel.frames.push(frame);
}

/** Leaves a routine; null: there is none. */
export function leave(channel: Channel): Frame | null {
  const frame = channel.frames.pop();
  for (const name of frame?.own ?? []) channel.variables.pop(name);
  return frame ?? null;
}

/** `[[context,]number,]priority`; a priority may be a label. null: there is no such place. */
export function placeOf(sim: Simulation, channel: Channel, text: string): Place | null {
  const parts = split(text, ',', 3);
  const label = parts.at(-1) ?? '';
  const number = parts.at(-2) ?? channel.place.number;
  const context = parts.at(-3) ?? channel.place.context;
  if (/^\d+$/.test(label)) return { context, number, priority: Number(label) };
  const priority = sim.house.lookup.label(context, number, label, channel.caller.number);
  return priority === null ? null : { context, number, priority };
}

function exists(sim: Simulation, channel: Channel, number: string): boolean {
  return sim.house.lookup.exists(channel.place.context, number, channel.caller.number);
}

/** No step of a number that is not there: the context may say what then. */
function invalid(sim: Simulation, channel: Channel, number: string): Next {
  if (exists(sim, channel, 'i') && number !== 'i') return { to: { ...channel.place, number: 'i', priority: 1 } };
  channel.cause ||= 0;
  return 'hang-up';
}

/** Nothing is left to do: a tone, as the last Dial ended (autofallthrough). */
function* fallThrough(sim: Simulation, channel: Channel): Steps<Next> {
  const status = channel.variables.get('DIALSTATUS') ?? '';
  if (status === 'BUSY') return yield* execute(sim, channel, 'Busy', '10');
  if (status === 'CONGESTION' || status === 'CHANUNAVAIL') return yield* execute(sim, channel, 'Congestion', '10');
  return 'hang-up';
}

/** Keys lead to the number that they are; null: there is none, and nothing for that. Which of them count was seen when they were keyed. */
function byKeys(sim: Simulation, channel: Channel, keys: string): Place | null {
  const at = (number: string): Place => ({ context: channel.place.context, number, priority: 1 });
  if (exists(sim, channel, keys)) return at(keys);
  return exists(sim, channel, 'i') ? at('i') : null;
}
