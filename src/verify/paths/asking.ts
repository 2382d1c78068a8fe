import { split } from '../../asterisk/arguments.ts';
import { CONFIRM_SECONDS, KEY_MS } from '../../model/walk/timeline.ts';
import { answer } from './answering.ts';
import type { Channel } from './channel.ts';
import type { Next } from './run.ts';
import type { Steps } from './scheduler.ts';
import type { Simulation } from './simulation.ts';

/** What the tone means that he hears who dials nothing. */
const CONGESTION = 34;

/** Read(variable,prompts,most,options,attempts,seconds). Source: apps/app_read.c, ast_app_getdata of main/app.c. */
export function* read(sim: Simulation, channel: Channel, data: string): Steps<Next> {
  const [name = '', prompts = '', most = '', options = '', attempts = '', seconds = ''] = split(data, ',');
  if (!options.includes('n')) answer(sim, channel);
  const limit = most === '' || most === '0' ? Number.POSITIVE_INFINITY : Number(most);
  const given = Number(seconds) > 0 ? Number(seconds) : null;
  for (let tries = Math.max(1, Number(attempts) || 1); tries > 0; tries--) {
    sim.hears(channel, ...filesOf(prompts));
    const keys = (yield* keyed(sim, channel)).slice(0, limit);
    const end = keys.indexOf('#');
    const isEnded = end >= 0 || keys.length >= limit;
    if (keys === '') yield { until: sim.now + (given ?? channel.responseSeconds) };
    else if (!isEnded) yield { until: sim.now + (given ?? channel.digitSeconds) };
    const text = end < 0 ? keys : keys.slice(0, end);
    channel.variables.set(name, text);
    if (text !== '') break;
  }
  return 'next';
}

/** What is keyed now: by the caller, or the 1 of somebody who was called and is asked whether he takes the call. */
function* keyed(sim: Simulation, channel: Channel): Steps<string> {
  if (channel.leg?.presses !== true || channel.parent !== null) return yield* pressed(sim, sim.nextKeys(channel));
  yield { until: sim.now + CONFIRM_SECONDS };
  return '1';
}

/** Each key takes its time, as in walk(). */
export function* pressed(sim: Simulation, keys: string): Steps<string> {
  if (keys !== '') yield { until: sim.now + (keys.length * KEY_MS) / 1000 };
  return keys;
}

/** BackGround(prompts,options): keys end it. Source: pbx_builtin_background of main/pbx_builtins.c. */
export function* background(sim: Simulation, channel: Channel, data: string): Steps<Next> {
  const [prompts = '', options = ''] = split(data, ',');
  if (!options.includes('n') && !options.includes('s')) answer(sim, channel);
  sim.hears(channel, ...filesOf(prompts));
  // keys of a caller who is not answered yet reach nobody
  const keys = channel.isUp ? yield* pressed(sim, sim.nextKeys(channel)) : '';
  if (keys !== '') return yield* collected(sim, channel, keys);
  channel.askedIn = channel.place.context;
  return 'next';
}

/** WaitExten(seconds). */
export function* waitExten(sim: Simulation, channel: Channel, data: string): Steps<Next> {
  const asked = channel.askedIn === channel.place.context;
  channel.askedIn = null;
  const keys = asked || !channel.isUp ? '' : yield* pressed(sim, sim.nextKeys(channel));
  if (keys !== '') return yield* collected(sim, channel, keys);
  yield { until: sim.now + (Number(data) > 0 ? Number(data) : channel.responseSeconds) };
  const { lookup } = sim.house;
  const { context, number, priority } = channel.place;
  if (lookup.exists(context, number, channel.caller.number, priority + 1)) return 'next';
  return lookup.exists(context, 't', channel.caller.number) ? { to: { context, number: 't', priority: 1 } } : 'hang-up';
}

/** DISA(no-password,context): a dial tone, and a number that is looked for in the context once no further digit comes. Source: apps/app_disa.c. */
export function* disa(sim: Simulation, channel: Channel, data: string): Steps<Next> {
  const [, context = ''] = split(data, ',');
  answer(sim, channel);
  const number = yield* pressed(sim, sim.nextKeys(channel));
  if (number === '') yield { until: sim.now + channel.responseSeconds };
  else {
    yield { until: sim.now + channel.digitSeconds };
    if (sim.house.lookup.exists(context, number, channel.caller.number)) return { to: { context, number, priority: 1 } };
  }
  channel.cause = CONGESTION;
  if (channel === sim.caller) sim.end = 'congestion';
  return 'hang-up';
}

/** How long PrivacyManager() waits for the first digit, and for each further one: 3.2 seconds in Asterisk, 3 for walk(). */
const PRIVACY = { firstSeconds: 5, digitSeconds: 3 };

/** PrivacyManager(tries,digits at least): nothing to a caller who has a number. Source: apps/app_privacy.c. */
export function* privacyManager(sim: Simulation, channel: Channel, data: string): Steps<Next> {
  if (channel.caller.number !== '') return 'next';
  const [tries = 3, shortest = 10] = split(data, ',').map(Number);
  answer(sim, channel);
  yield { until: sim.now + 1 };
  sim.hears(channel, 'privacy-unident');
  for (let left = tries; left > 0; left--) {
    sim.hears(channel, 'privacy-prompt');
    const [number = '', ended] = split(yield* pressed(sim, sim.nextKeys(channel)), '#', 2);
    if (ended === undefined) yield { until: sim.now + (number === '' ? PRIVACY.firstSeconds : PRIVACY.digitSeconds) };
    if (number.length >= shortest) {
      sim.hears(channel, 'privacy-thankyou');
      channel.caller = { number, name: 'Privacy Manager' };
      channel.variables.set('PRIVACYMGRSTATUS', 'SUCCESS');
      return 'next';
    }
    sim.hears(channel, 'privacy-incorrect');
  }
  channel.variables.set('PRIVACYMGRSTATUS', 'FAILED');
  return 'next';
}

/** Keys one by one, for as long as a longer number of the context begins with them (collect_digits, main/pbx.c). */
function* collected(sim: Simulation, channel: Channel, keys: string): Steps<Next> {
  let number = '';
  for (const key of keys) {
    number += key;
    if (!sim.house.lookup.takesMore(channel.place.context, number)) return { keys: number };
  }
  yield { until: sim.now + channel.digitSeconds };
  return { keys: number };
}

/** `one&two`. */
export function filesOf(prompts: string): string[] {
  return prompts.split('&').flatMap((p) => (p.trim() === '' ? [] : [p.trim()]));
}
