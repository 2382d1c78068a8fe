import { z } from 'zod';
import { off, on, or, text } from './field.ts';

/** A mailbox of voicemail.conf, the only place where it exists. Id: '106@default'. PIN: 'mailbox/106@default/pin'. */
export const mailbox = z.strictObject({
  name: text,
  email: text,
  pager: text,
  /** Attach the recording to the mail. */
  attach: on,
  sayCallerId: off,
  sayEnvelope: off,
  /** Delete the message once it was mailed. */
  deleteAfterMail: off,
  nextAfterCommand: off,
  /** Further options of voicemail.conf, kept as they stand: { tz: 'central' }. */
  options: or(z.record(z.string(), z.string()), {}),
});
export type Mailbox = z.output<typeof mailbox>;
