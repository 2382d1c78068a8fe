import type { Ami } from '../../asterisk/ami.ts';

/** Named of them; the others are only counted. */
const NAMED = 3;

/** Channels that are up, a line for all; none: no call is. */
export async function stillUp(ami: Ami): Promise<string[]> {
  const names = channelsOf(await ami.command('core show channels concise'));
  if (names.length === 0) return [];
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
  return [`calls stay up: ${names.slice(0, NAMED).join(', ')}${more}`];
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
