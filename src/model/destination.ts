import { z } from 'zod';
import { DESTINATION_KINDS } from './ref.ts';

/** Where a call goes next. Never a string: what Elastix wrote as 'ext-group,600,1' is read once, by extract. */
export const destination = z.discriminatedUnion('to', [
  // unanswered: where its calls go that nobody answered, without ringing it. Whoever writes `to: extension` alone means what dialling its number does
  z.strictObject({
    to: z.literal('extension'),
    id: z.string(),
    by: z.enum(['follow-me', 'forced-follow-me', 'direct', 'unanswered']).default('follow-me'),
  }),
  z.strictObject({ to: z.literal('mailbox'), id: z.string(), greeting: z.enum(['busy', 'unavailable', 'none']).default('unavailable') }),
  z.strictObject({ to: z.enum(DESTINATION_KINDS), id: z.string() }),
  z.strictObject({ to: z.literal('feature-code'), code: z.string() }),
  z.strictObject({ to: z.literal('number'), context: z.string(), number: z.string() }),
  z.strictObject({ to: z.literal('end'), how: z.enum(['hangup', 'busy', 'congestion', 'zapateller', 'music', 'ring']) }),
  z.strictObject({ to: z.literal('custom'), context: z.string(), extension: z.string(), priority: z.string() }),
  z.strictObject({ to: z.literal('missing'), was: z.string(), because: z.enum(['no-such-object', 'module-off', 'unreadable']) }),
]);
export type Destination = z.output<typeof destination>;

/** Ways to end a call, by the extensions of core's app-blackhole, whose names the new box keeps; later generations add no-service, which plays congestion. */
export const ENDS: Readonly<Record<string, Extract<Destination, { to: 'end' }>['how']>> = {
  hangup: 'hangup',
  busy: 'busy',
  congestion: 'congestion',
  zapateller: 'zapateller',
  musiconhold: 'music',
  ring: 'ring',
  'no-service': 'congestion',
};

/** A destination in a few words, for comments, findings and reports. */
export function destinationText(d: Destination): string {
  switch (d.to) {
    case 'extension':
      return `extension ${d.id}${d.by === 'direct' ? '' : ` (${d.by})`}`;
    case 'mailbox':
      return `voicemail of ${d.id}`;
    case 'feature-code':
      return `feature code ${d.code}`;
    case 'number':
      return `number ${d.number} in ${d.context}`;
    case 'end':
      return d.how;
    case 'custom':
      return `custom ${d.context},${d.extension},${d.priority}`;
    case 'missing':
      return `${d.was} (${d.because})`;
    default:
      return `${d.to} ${d.id}`;
  }
}
