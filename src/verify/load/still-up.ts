import type { Ami } from '../../asterisk/ami.ts';

/** Named of them; the others are only counted. */
const NAMED = 3;

/** Channels that are up, each as one reads it. */
export async function channelsUp(ami: Ami): Promise<string[]> {
  return channelsOf(await ami.command('core show channels concise'));
}

/**
 * Of channels that are up, those that were not before, a line for all; none: no call is left. Asterisk itself may leave one where an AMI Redirect meets a channel that is just
 * being answered (seen in 22 far over its capacity: `Surrogate/Local/...`, Down): what a storm before has left is not laid at the door of the next.
 */
export function stillUp(now: readonly string[], before: readonly string[]): string[] {
  const left = now.filter((channel) => !before.includes(channel));
  if (left.length === 0) return [];
  const more = left.length > NAMED ? ` and ${left.length - NAMED} more` : '';
  return [`calls stay up: ${left.slice(0, NAMED).join(', ')}${more}`];
}

/**
 * Fields of a line, ended by `!`: name, context, extension, priority, state, application, its arguments, caller, account, peer account, flags, seconds, bridge, id
 * (main/cli.c). What the application was given may hold a dial string: it is not told.
 * @param said what `core show channels concise` prints
 */
export function channelsOf(said: string): string[] {
  return said
    .split('\n')
    .map((line) => line.split('!'))
    .filter((fields) => fields.length > 6)
    .map(([name, context, extension, priority, state, application]) => {
      const where = context === '' ? 'nowhere in the dialplan' : `${context},${extension},${priority}`;
      return `${name} (${state}, ${where}${application === '' || application === undefined ? '' : `, ${application}`})`;
    });
}
