import { z } from 'zod';
import { destination } from './destination.ts';
import { off, optionalText, or, text, whole } from './field.ts';

/** A call goes where a value says that is found out for each call: keys, a variable, what a server answers. */
export const dynamicRoute = z.strictObject({
  name: text,
  /** keys: what the caller keys. variable: a text of the dialplan. url: what a web server answers. unknown: nothing that the kit can ask, so `next` takes all calls. */
  source: or(z.enum(['keys', 'variable', 'url', 'unknown']), 'keys'),
  /** The text or address, in the dialplan language of the old box, with ${dtmfinput} for what was keyed. */
  query: text,
  asksKeys: off,
  /** Recording played to who is asked. */
  announcement: optionalText,
  /** For the first key and each further one. */
  seconds: or(whole, 10),
  /** Variables of the call that keep what was keyed, and what was found: DYNROUTE_<name>; '': none does. */
  keysVariable: text,
  resultVariable: text,
  entries: or(z.array(z.strictObject({ value: z.string(), destination })), []),
  /** Any other value. */
  next: or(destination, { to: 'end', how: 'hangup' } as const),
});
export type DynamicRoute = z.output<typeof dynamicRoute>;
