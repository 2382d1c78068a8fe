import { z } from 'zod';
import { destination } from './destination.ts';
import { off, optionalText, or, text } from './field.ts';

/** A recording that the caller hears on his way to somewhere else. */
export const announcement = z.strictObject({
  description: text,
  recording: optionalText,
  /** Any key ends it. */
  allowsSkip: off,
  /** This key plays it once more; '': none does. */
  repeatKey: text,
  /** It is played without answering the call. */
  withoutAnswer: off,
  /** A caller who comes from a voice menu goes back to it. */
  returnsToIvr: off,
  next: or(destination, { to: 'end', how: 'hangup' } as const),
});
export type Announcement = z.output<typeof announcement>;
