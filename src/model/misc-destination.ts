import { z } from 'zod';
import { text } from './field.ts';

/** A number as a destination: it is dialled as if by a telephone of the house. */
export const miscDestination = z.strictObject({
  description: text,
  /** '' leads nowhere. */
  number: text,
});
export type MiscDestination = z.output<typeof miscDestination>;

/** A number that dialplan can dial: one with a pause or a comma in it hangs up in silence. */
export function isDialled(number: string): boolean {
  return /^[0-9A-Za-z+*#]+$/.test(number);
}
