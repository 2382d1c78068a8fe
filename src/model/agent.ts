import { z } from 'zod';
import { off, optionalText, optionalWhole, text } from './field.ts';

/**
 * An agent who logs in by his number and waits on the line until a caller is joined with him: 'Agent/1001' among a queue's members. Who is nobody's agent here logs in by
 * a queue's code. Password: 'agent/1001/password'.
 */
export const agent = z.strictObject({
  name: text,
  /** He is asked to take each call by a key. */
  acknowledges: off,
  /** Milliseconds of rest after a call. */
  restMs: optionalWhole,
  /** Seconds in which he must take a call, or he is logged off; it counts where he is asked to. */
  logOffSeconds: optionalWhole,
  /** Class of the music that he hears while he waits; null: the PBX's. */
  musicClass: optionalText,
});
export type AgentOnLine = z.output<typeof agent>;
