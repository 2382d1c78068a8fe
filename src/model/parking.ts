import { z } from 'zod';
import { destination } from './destination.ts';
import { off, on, optionalText, or, text, whole } from './field.ts';

const side = or(z.enum(['no', 'caller', 'callee', 'both']), 'no');

/** A lot where calls are put aside. */
export const parking = z.strictObject({
  name: text,
  /** Number that parks a call. */
  extension: z.string(),
  firstSlot: z.string(),
  slots: whole,
  seconds: or(whole, 45),
  isDefault: off,
  musicClass: or(z.string(), 'default'),
  findSlot: or(z.enum(['first', 'next']), 'first'),
  /** Lamps of telephones show the slots. */
  hasHints: on,
  /** Slots can be dialled to take a call back. */
  slotsAreDialled: on,
  /** A call that nobody took back goes to who parked it first. */
  returnsToParker: on,
  /** Where it goes then; null: it ends. */
  next: or(destination, null),
  /** Recording played before it goes there. */
  announcement: optionalText,
  alertInfo: text,
  callerNamePrefix: text,
  /** Who hears the tone when a parked call is taken back. */
  tone: side,
  transfers: side,
  reparking: side,
});
export type Parking = z.output<typeof parking>;
