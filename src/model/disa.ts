import { z } from 'zod';
import { off, on, or, text, whole } from './field.ts';

/** Callers from outside dial on as if from inside. PINs, each of which opens it: 'disa/1/pin/0', 'disa/1/pin/1'. */
export const disa = z.strictObject({
  name: text,
  asksPin: off,
  /** Asked first to press any key, which a machine does not. */
  confirms: off,
  /** '"Name" <number>' under which the calls go on; '': the caller's own. The number of an extension gives its rights as well. */
  callerId: text,
  /** The caller id stays on trunks. */
  keepsCallerId: on,
  /** Context that numbers are dialled in. */
  context: or(z.string(), 'from-internal'),
  /** Seconds until the first digit, and after each further one. */
  firstDigitSeconds: or(whole, 10),
  digitSeconds: or(whole, 5),
  /** The caller ends a call by the disconnect code, and dials another. */
  dialsAgain: off,
});
export type Disa = z.output<typeof disa>;
