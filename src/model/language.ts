import { z } from 'zod';
import { destination } from './destination.ts';
import { or, text } from './field.ts';

/** Whoever passes here hears prompts in another language from then on. */
export const language = z.strictObject({
  description: text,
  /** Of Asterisk's names: 'ru', 'en_GB'. */
  language: text,
  next: or(destination, { to: 'end', how: 'hangup' } as const),
});
export type Language = z.output<typeof language>;
