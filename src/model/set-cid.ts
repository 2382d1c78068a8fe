import { z } from 'zod';
import { destination } from './destination.ts';
import { or, text } from './field.ts';

/** Whoever passes here is shown under another name and number from then on. */
export const setCid = z.strictObject({
  description: text,
  /** In the dialplan language of the old box, filled in for each call: 'VIP ${CALLERID(name)}'. */
  callerName: text,
  callerNumber: text,
  /** Further variables of the call, by name: { __SOURCE: 'site' }. Underscores say how far it goes along. */
  variables: or(z.record(z.string(), z.string()), {}),
  next: or(destination, { to: 'end', how: 'hangup' } as const),
});
export type SetCid = z.output<typeof setCid>;
