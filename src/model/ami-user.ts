import { z } from 'zod';
import { optionalWhole, or } from './field.ts';

/** A program that logs in over AMI. Secret: 'ami-user/dialer/secret'. */
export const amiUser = z.strictObject({
  deny: or(z.array(z.string()), []),
  permit: or(z.array(z.string()), []),
  /** Classes of events and actions as found: system, call, agent, originate, ... */
  read: or(z.array(z.string()), []),
  write: or(z.array(z.string()), []),
  writeTimeoutMs: optionalWhole,
});
export type AmiUser = z.output<typeof amiUser>;
