import { z } from 'zod';
import { text } from './field.ts';

/** A caller who is turned away. Id: the number, or 'blocked' for callers without one. It lives on in AstDB as blacklist/<id>. */
export const blacklisted = z.strictObject({ description: text });
export type Blacklisted = z.output<typeof blacklisted>;
