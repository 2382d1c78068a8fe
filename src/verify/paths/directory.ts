import { split } from '../../asterisk/arguments.ts';
import { DIRECTORY_DIGITS, type Directory, type DirectoryEntry, foundBy } from '../../model/directory.ts';
import { spelledName } from '../../model/walk/directory.ts';
import { answer } from './answering.ts';
import { pressed } from './asking.ts';
import type { Channel } from './channel.ts';
import type { Next } from './run.ts';
import type { Steps } from './scheduler.ts';
import type { Simulation } from './simulation.ts';

/** Seconds for the first digit of a name, for each further one, and to take who is offered; so often one is offered. */
const FIRST_SECONDS = 5;
const DIGIT_SECONDS = 3;
const CHOICE_SECONDS = 3;
const OFFERS = 3;

/** Directory(names,where numbers are dialled,options). Source: apps/app_directory.c. */
export function* directory(sim: Simulation, channel: Channel, data: string): Steps<Next> {
  const [context = '', dials = '', options = ''] = split(data, ',');
  const at = (number: string): Next => ({ to: { context: dials, number, priority: 1 } });
  const matches: Directory['matches'] = options.includes('b') ? 'both' : options.includes('f') ? 'first' : 'last';
  const part = { first: 'dir-first', last: 'dir-last', both: 'dir-firstlast' }[matches];
  answer(sim, channel);
  for (;;) {
    sim.step();
    sim.hears(channel, 'dir-welcome', 'dir-pls-enter', `digits/${DIRECTORY_DIGITS}`, part, 'dir-usingkeypad');
    const keys = sim.nextKeys(channel);
    const isSwitch = /^[0*]/.test(keys);
    const digits = yield* pressed(sim, keys.slice(0, isSwitch ? 1 : DIRECTORY_DIGITS));
    if (digits === '') {
      yield { until: sim.now + FIRST_SECONDS };
      return 'next';
    }
    if (isSwitch) return at(digits === '0' ? 'o' : 'a');
    const end = digits.indexOf('#', 1);
    if (end < 0 && digits.length < DIRECTORY_DIGITS) yield { until: sim.now + DIGIT_SECONDS };
    const found = foundBy(sim.house.names(context), matches, end < 0 ? digits : digits.slice(0, end));
    const chosen = found.length === 0 ? null : yield* offered(sim, channel, found);
    if (chosen === 'leaves') return 'next';
    if (chosen !== null) return at(chosen);
    sim.hears(channel, found.length === 0 ? 'dir-nomatch' : 'dir-nomore');
  }
}

/** The number of who is taken, or 'o'; null: nobody is. */
function* offered(sim: Simulation, channel: Channel, found: readonly DirectoryEntry[]): Steps<string | 'leaves' | null> {
  for (const { name, number } of found) {
    for (let loop = 0; loop < OFFERS; loop++) {
      sim.hears(channel, ...spelledName(name), 'dir-instr');
      const key = yield* pressed(sim, sim.nextKeys(channel).slice(0, 1));
      if (key === '') yield { until: sim.now + CHOICE_SECONDS };
      if (key === '1') return number;
      if (key === '0') return 'o';
      if (key === '#') return 'leaves';
      if (key === '*') break;
    }
  }
  return null;
}
