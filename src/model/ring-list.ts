import { z } from 'zod';
import { destination } from './destination.ts';
import { off, optionalText, or, text, whole } from './field.ts';

export const RING_STRATEGIES = ['ringall', 'hunt', 'memoryhunt', 'firstavailable', 'firstnotonphone'] as const;

/** How several extensions and outside numbers ring for one call: what ring groups and follow me have in common. */
export const ringList = {
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
  /** Caller id that outside members see: as it comes, or changed so. */
  callerId: or(z.strictObject({ mode: z.enum(['default', 'fixed', 'extern', 'did', 'forcedid']), fixed: text }), {
    mode: 'default',
    fixed: '',
  }),
};
