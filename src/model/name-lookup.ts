import { z } from 'zod';
import { off, or, text } from './field.ts';

/** Where an inbound route looks up who calls. A password is in secrets.yaml: 'name-lookup/1/password'. */
export const nameLookup = z.strictObject({
  description: text,
  /** phonebook: the house's own. http: a page that answers with the name. enum: the number's TXT record. none: a source that this kit does not know. */
  source: z.enum(['phonebook', 'http', 'enum', 'none']),
  /** What is found goes into the phone book, which is asked first. */
  remembers: off,
  /** name: it is shown. record: it goes into the call record alone. */
  into: or(z.enum(['name', 'record']), 'name'),
  /** Page of a web server, [NUMBER] and [NAME] in the place of the caller's. */
  url: text,
  /** Whom the web server knows. */
  user: text,
});
export type NameLookup = z.output<typeof nameLookup>;

/** Whether this kit knows how to ask there. */
export function canAsk(held: NameLookup | undefined): boolean {
  return held !== undefined && held.source !== 'none' && (held.source !== 'http' || /^https?:\/\/[^\s/:]+[^\s]*$/.test(held.url));
}

/** A number of the house's phone book; it lives on in AstDB as cidname/<id>. */
export const phonebookEntry = z.strictObject({ name: z.string() });
export type PhonebookEntry = z.output<typeof phonebookEntry>;
