import { z } from 'zod';
import { destination } from './destination.ts';
import { off, optionalText, or, text } from './field.ts';

/**
 * How somebody has overridden a time condition by its code: 'matched' and 'unmatched' until the hours themselves change over, the sticky
 * ones until they are taken back.
 */
export const OVERRIDES = ['matched', 'matched-sticky', 'unmatched', 'unmatched-sticky'] as const;

/** Which way a call takes by the time of day. Its code is a feature code. */
export const timeCondition = z.strictObject({
  name: text,
  /** null, or one that does not exist: it never matches. */
  timeGroup: optionalText,
  whenMatched: or(destination, { to: 'end', how: 'hangup' } as const),
  otherwise: or(destination, { to: 'end', how: 'hangup' } as const),
  /** State when the source was read; it lives on in AstDB as TC/<id>. */
  override: or(z.enum(OVERRIDES), null),
  /** A lamp of telephones shows it. */
  hasHint: off,
});
export type TimeCondition = z.output<typeof timeCondition>;
export type Override = (typeof OVERRIDES)[number];
