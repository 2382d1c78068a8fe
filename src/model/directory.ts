import { z } from 'zod';
import { destination } from './destination.ts';
import { off, optionalText, or, text } from './field.ts';
import type { Ivr } from './ivr.ts';
import type { Model } from './kinds.ts';

/** Callers key the first letters of a name, hear who has it, and are put through. */
export const directory = z.strictObject({
  name: text,
  /** The names are those of the mailboxes, each with its extension; `entries` counts for nothing then. */
  ofMailboxes: off,
  /** Which part of a name is keyed. */
  matches: or(z.enum(['first', 'last', 'both']), 'both'),
  entries: or(z.array(z.strictObject({ name: z.string(), number: z.string() })), []),
  /** Recording played before callers are asked. */
  announcement: optionalText,
  callerNamePrefix: text,
  alertInfo: text,
  /** Who is put through hears the number first. */
  saysNumber: off,
  /** Who is put through to nobody goes back to the menu that sent him, where one did. */
  returnsToIvr: off,
  next: or(destination, { to: 'end', how: 'hangup' } as const),
});
export type Directory = z.output<typeof directory>;
export type DirectoryEntry = Directory['entries'][number];

/** The directory of whoever stands in the phone book (AstDB cidname), and the feature code that reaches it. */
export const PHONE_BOOK = 'phonebook';
export const PHONE_BOOK_CODE = 'pbdirectory/app-pbdirectory';

/** Digits of a name's beginning that are keyed (Directory()). */
export const DIRECTORY_DIGITS = 3;

/** Entries that can be found and dialled: a name, and a number that a telephone can key; of two with one number the first. */
export function dialledEntries(held: Directory): DirectoryEntry[] {
  const seen = new Set<string>();
  return held.entries.filter(({ name, number }) => {
    const isNew = name.trim() !== '' && /^[0-9*#+]+$/.test(number) && !seen.has(number);
    if (isNew) seen.add(number);
    return isNew;
  });
}

/** Numbers that callers of a menu may key beside its own keys: all extensions, or those of a directory; none where that is not there. */
export function keyedDirectly(
  model: Pick<Model, 'directory' | 'extension'>,
  menu: Pick<Ivr, 'directDial' | 'directDialDirectory'>,
): string[] {
  if (!menu.directDial) return [];
  if (menu.directDialDirectory === null) return Object.keys(model.extension);
  const held = model.directory[menu.directDialDirectory];
  return held === undefined ? [] : dialledEntries(held).map((e) => e.number);
}

/** Names by which people are found, as voicemail.conf keeps them, each with the number that is dialled: the directory's own, or those of the mailboxes. */
export function namesIn(model: Pick<Model, 'mailbox'>, held: Directory): DirectoryEntry[] {
  const listed = held.ofMailboxes ? ofMailboxes(model) : dialledEntries(held);
  // a comma ends a field there, and nothing escapes it
  return listed.map(({ name, number }) => ({ name: name.replace(/[,|\r\n]/g, ' ').trim(), number }));
}

function ofMailboxes({ mailbox }: Pick<Model, 'mailbox'>): DirectoryEntry[] {
  return Object.entries(mailbox).flatMap(([id, { name, options }]) => {
    const [number = '', context] = id.split('@');
    return context === 'default' && name.trim() !== '' && options['hidefromdir'] !== 'yes' ? [{ name, number }] : [];
  });
}

/** Letters as keys of a telephone have them; what is on no key of it cannot be keyed. */
const KEYS = ['', '1', '2ABC', '3DEF', '4GHI', '5JKL', '6MNO', '7PQRS', '8TUV', '9WXYZ'];

/**
 * The digits by which a name, or its last part, begins; null: something is among them that no key has, or there are too few. Blanks and letters beyond ASCII count for
 * nothing (compare() of app_directory.c takes what is not above a blank for one, and its characters have a sign).
 */
export function keysOf(name: string, count = DIRECTORY_DIGITS): string | null {
  let digits = '';
  for (const c of name) {
    if (digits.length === count) break;
    if (c <= ' ' || c >= '\u0080') continue;
    const key = KEYS.findIndex((letters) => letters.includes(c.toUpperCase()));
    if (key < 0) return null;
    digits += key;
  }
  return digits.length < count ? null : digits;
}

/** Who is offered for these digits, in the order of Directory(): by the part of the name that fits, the rest of it after that. */
export function foundBy(names: readonly DirectoryEntry[], matches: Directory['matches'], digits: string): DirectoryEntry[] {
  const fits = (part: string): boolean => keysOf(part, digits.length) === digits;
  const found = names.flatMap((entry) => {
    const [first, last] = partsOf(entry.name);
    if (matches !== 'first' && fits(last)) return [{ entry, key: `${last}${first}` }];
    return matches !== 'last' && fits(entry.name) ? [{ entry, key: entry.name }] : [];
  });
  return found
    .sort((a, b) => (a.key.toLowerCase() < b.key.toLowerCase() ? -1 : a.key.toLowerCase() > b.key.toLowerCase() ? 1 : 0))
    .map((f) => f.entry);
}

/** A name before its first blank and after it; one without a blank has a last part alone. */
export function partsOf(name: string): readonly [first: string, last: string] {
  const space = name.indexOf(' ');
  return space < 0 ? ['', name] : [name.slice(0, space), name.slice(space + 1)];
}
