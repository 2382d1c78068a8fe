import { z } from 'zod';
import { destination } from './destination.ts';
import { or, text, whole } from './field.ts';

/** Whoever passes here waits in the next queue before callers of a lower priority. */
export const queuePriority = z.strictObject({
  description: text,
  /** 0 is that of a caller who passed none; the higher goes first. */
  priority: or(whole, 0),
  next: or(destination, { to: 'end', how: 'hangup' } as const),
});
export type QueuePriority = z.output<typeof queuePriority>;
