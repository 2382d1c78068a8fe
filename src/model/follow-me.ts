import { z } from 'zod';
import { on, or, whole } from './field.ts';
import { RING_STRATEGIES, ringList } from './ring-list.ts';

/** An extension's calls go on to its owner's other telephones. Id: the extension. */
export const followMe = z.strictObject({
  /** State when the source was read; it lives on in AstDB as AMPUSER/<id>/followme/ddial. */
  enabled: on,
  /** ringallv2: its own telephone for preRingSeconds, then all for the rest of both times together; the others as of ring groups, after its own. */
  strategy: z.enum([...RING_STRATEGIES, 'ringallv2']),
  /** Seconds that its own telephone rings first. */
  preRingSeconds: or(whole, 0),
  ...ringList,
});
export type FollowMe = z.output<typeof followMe>;
