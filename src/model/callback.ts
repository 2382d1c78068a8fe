import { z } from 'zod';
import { destination } from './destination.ts';
import { or, text, whole } from './field.ts';

/** Whoever calls it is hung up on and called back: once he answers he is led on. */
export const callback = z.strictObject({
  description: text,
  /** Dialled as from inside; '': the caller's own number, as he sends it. */
  number: text,
  /** Seconds after the hang-up. */
  waitSeconds: or(whole, 0),
  next: or(destination, { to: 'end', how: 'hangup' } as const),
});
export type Callback = z.output<typeof callback>;
