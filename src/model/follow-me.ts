import { z } from 'zod';
import { destination } from './destination.ts';
import { off, on, optionalText, or, text, whole } from './field.ts';
import { RING_STRATEGIES } from './ring-group.ts';

/** An extension's calls go on to its owner's other telephones. Id: the extension. */
export const followMe = z.strictObject({
  /** State when the source was read; it lives on in AstDB as AMPUSER/<id>/followme/ddial. */
  enabled: on,
  /** ringallv2: its own telephone for preRingSeconds, then all for the rest of both times together; the others as of ring groups, after its own. */
  strategy: z.enum([...RING_STRATEGIES, 'ringallv2']),
  firstMemberIsPrimary: off,
  /** Seconds that its own telephone rings first. */
  preRingSeconds: or(whole, 0),
  ringSeconds: whole,
  members: or(z.array(z.strictObject({ number: z.string(), outside: off })), []),
  announcement: optionalText,
  /** Where the call goes when nobody answered. */
  noAnswer: or(destination, { to: 'end', how: 'hangup' } as const),
  callerNamePrefix: text,
  alertInfo: text,
  /** Outside members press 1 to accept. */
  confirms: off,
  confirmPrompt: optionalText,
  tooLatePrompt: optionalText,
  musicClass: optionalText,
  callerId: or(z.strictObject({ mode: z.enum(['default', 'fixed', 'extern', 'did', 'forcedid']), fixed: text }), {
    mode: 'default',
    fixed: '',
  }),
});
export type FollowMe = z.output<typeof followMe>;
