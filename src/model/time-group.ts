import { z } from 'zod';
import { or, text } from './field.ts';

const any = or(z.string(), '*');

/** Hours, days and months that belong together. A moment is within it where one of its lines fits; without lines none is. */
export const timeGroup = z.strictObject({
  description: text,
  /** Each as Asterisk's GotoIfTime has it, a value, a range 'from-to' that may wrap ('fri-mon', '22:00-06:00'), or '*'. The last minute is within. */
  times: or(z.array(z.strictObject({ hours: any, weekdays: any, daysOfMonth: any, months: any })), []),
});
export type TimeGroup = z.output<typeof timeGroup>;
