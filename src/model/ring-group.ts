import { z } from 'zod';
import { off, or, text } from './field.ts';
import { RING_STRATEGIES, ringList } from './ring-list.ts';

/** Several extensions and outside numbers under one number. */
export const ringGroup = z.strictObject({
  description: text,
  /**
   * ringall: all at once. hunt: one after the other, ringSeconds each. memoryhunt: the first, then the first two, and so on.
   * firstavailable: the first that is not busy, alone. firstnotonphone: the first that is in no call, alone.
   */
  strategy: z.enum(RING_STRATEGIES),
  ...ringList,
  /** Members in a call are left out, even with call waiting on. */
  skipsBusy: off,
  /** Members that have forwarded all their calls are left out, instead of the forward being followed. */
  ignoresForwards: off,
  allowsPickup: off,
  recording: or(z.enum(['always', 'never', 'dontcare']), 'dontcare'),
});
export type RingGroup = z.output<typeof ringGroup>;
