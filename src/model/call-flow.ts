import { z } from 'zod';
import { destination } from './destination.ts';
import { off, optionalText, or, text } from './field.ts';

/** Day or night mode, switched by hand: Elastix's day/night. Its code is a feature code; password: 'call-flow/0/password'. */
export const callFlow = z.strictObject({
  name: text,
  day: or(destination, { to: 'end', how: 'hangup' } as const),
  night: or(destination, { to: 'end', how: 'hangup' } as const),
  /** State when the source was read; it lives on in AstDB as DAYNIGHT/C<id>. */
  state: or(z.enum(['day', 'night']), 'day'),
  asksPassword: off,
  /** Recordings played to who has switched it; null: Asterisk's own words. */
  dayRecording: optionalText,
  nightRecording: optionalText,
  /** Time conditions that go as if matched while it is day. */
  dayForces: or(z.array(z.string()), []),
  /** Time conditions that go as if not matched while it is night. */
  nightForces: or(z.array(z.string()), []),
});
export type CallFlow = z.output<typeof callFlow>;
