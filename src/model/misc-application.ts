import { z } from 'zod';
import { destination } from './destination.ts';
import { on, or, text } from './field.ts';

/** A number that telephones dial and that leads to a destination. */
export const miscApplication = z.strictObject({
  description: text,
  number: text,
  enabled: on,
  next: or(destination, { to: 'end', how: 'hangup' } as const),
});
export type MiscApplication = z.output<typeof miscApplication>;
