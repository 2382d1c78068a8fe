import { z } from 'zod';
import { or } from './field.ts';

/** A sound by its name in Asterisk's sounds folder, and the formats that there are of it. */
export const soundFile = z.strictObject({ file: z.string(), formats: or(z.array(z.string()), []) });
