import { z } from 'zod';
import { destination } from './destination.ts';
import { off, optionalText, or, text, whole } from './field.ts';

export const RING_STRATEGIES = ['ringall', 'hunt', 'memoryhunt', 'firstavailable', 'firstnotonphone'] as const;

/** Several extensions and outside numbers under one number. */
export const ringGroup = z.strictObject({
  description: text,
  /**
   * ringall: all at once. hunt: one after the other, ringSeconds each. memoryhunt: the first, then the first two, and so on.
   * firstavailable: the first that is not busy, alone. firstnotonphone: the first that is in no call, alone.
   */
  strategy: z.enum(RING_STRATEGIES),
  /** The first member must be free, or nobody rings. */
  firstMemberIsPrimary: off,
  ringSeconds: whole,
  members: or(z.array(z.strictObject({ number: z.string(), outside: off })), []),
  /** Recording played to the caller first. */
  announcement: optionalText,
  /** Where the call goes when nobody answered. */
  noAnswer: or(destination, { to: 'end', how: 'hangup' } as const),
  callerNamePrefix: text,
  alertInfo: text,
  /** Outside members press 1 to accept. */
  confirms: off,
  confirmPrompt: optionalText,
  tooLatePrompt: optionalText,
  /** Music class that the caller hears; null: ringing. */
  musicClass: optionalText,
  /** Members in a call are left out, even with call waiting on. */
  skipsBusy: off,
  /** Members that have forwarded all their calls are left out, instead of the forward being followed. */
  ignoresForwards: off,
  allowsPickup: off,
  /** Caller id that outside members see: as it comes, or changed so. */
  callerId: or(z.strictObject({ mode: z.enum(['default', 'fixed', 'extern', 'did', 'forcedid']), fixed: text }), {
    mode: 'default',
    fixed: '',
  }),
  recording: or(z.enum(['always', 'never', 'dontcare']), 'dontcare'),
});
export type RingGroup = z.output<typeof ringGroup>;
