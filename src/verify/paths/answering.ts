import type { Channel } from './channel.ts';
import type { Simulation } from './simulation.ts';

/** The call is answered: who called this channel learns of it. */
export function answer(sim: Simulation, channel: Channel, presses = false): void {
  if (channel.isUp) return;
  channel.isUp = true;
  const { leg, parent } = channel;
  if (leg === null || leg.state !== 'ringing') return;
  leg.state = 'answered';
  leg.presses = presses;
  if (parent !== null) sim.scheduler.wake(parent);
}

/** The call is over on this channel, or hears a tone: who called it learns of it. */
export function refuse(sim: Simulation, channel: Channel, state: 'busy' | 'congestion' | 'no-channel' | 'gone'): void {
  const { leg, parent } = channel;
  if (leg === null || leg.state !== 'ringing') return;
  leg.state = state;
  leg.cause = channel.cause;
  if (parent !== null) sim.scheduler.wake(parent);
}

/** How the cause of a channel that is hung up counts among those who were dialled (handle_cause, apps/app_dial.c). */
export function refusalOf(cause: number): 'busy' | 'congestion' | 'no-channel' | 'gone' {
  if (cause === 17) return 'busy';
  if (cause === 34) return 'congestion';
  return cause === 16 || cause === 19 ? 'gone' : 'no-channel';
}
