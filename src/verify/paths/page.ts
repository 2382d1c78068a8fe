import { splitArguments } from '../../asterisk/argument-list.ts';
import { filesOf } from './asking.ts';
import type { Channel } from './channel.ts';
import { call, optionOf } from './dial.ts';
import { NotJudged } from './not-judged.ts';
import type { Next } from './run.ts';
import type { Steps } from './scheduler.ts';
import type { Simulation } from './simulation.ts';

/** Page(telephones,options,seconds): they take the call by themselves, and the caller speaks until he has enough. Source: apps/app_page.c. */
export function* page(sim: Simulation, channel: Channel, data: string): Steps<Next> {
  const [targets = '', options = '', seconds = ''] = splitArguments(data, ',');
  const { process } = channel;
  if (process === null || channel !== sim.caller) throw new NotJudged('Page()');
  const announcement = optionOf(options, 'A');
  if (optionOf(options, 'q') === null) sim.hears(channel, 'beep');
  if (announcement !== null && optionOf(options, 'n') === null) sim.hears(channel, ...filesOf(announcement));
  const legs = [];
  for (const target of filesOf(targets)) legs.push(yield* call(sim, channel, target, optionOf(options, 'b'), process));
  if (Number(seconds) > 0) yield { until: sim.now + Number(seconds) };
  for (const leg of legs) if (leg.state === 'ringing') leg.hangUp();
  sim.end = 'waits';
  yield { until: null };
  return 'hang-up';
}
