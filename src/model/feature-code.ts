import { z } from 'zod';
import { on, text } from './field.ts';

/**
 * A number that does something instead of ringing somebody. Id: FreePBX's module and name of it, 'callforward/cfon', 'daynight/toggle-mode-0'. Those of the
 * module core called atxfer, automon, blindxfer, disconnect and pickupexten are keyed during a call.
 */
export const featureCode = z.strictObject({
  description: text,
  code: z.string(),
  enabled: on,
});
export type FeatureCode = z.output<typeof featureCode>;

/** Codes that a telephone can key and a dialplan line can hold; the others are no code of anybody. */
export function isKeyable(code: string): boolean {
  return /^[0-9*#+]+$/.test(code);
}
