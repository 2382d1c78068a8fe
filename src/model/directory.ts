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

/** Letters as keys of a telephone have them; what is on no key of it cannot be keyed. */
const KEYS = ['', '', 'ABC', 'DEF', 'GHI', 'JKL', 'MNO', 'PQRS', 'TUV', 'WXYZ'];

/** The digits by which a name, or its last part, begins; null: it has a letter among them that no key has. */
export function keysOf(name: string): string | null {
  const digits = [...name.slice(0, DIRECTORY_DIGITS)].map((c) =>
    /\d/.test(c) ? c : String(KEYS.findIndex((letters) => letters.includes(c.toUpperCase()))),
  );
  return digits.some((d) => d === '-1') || digits.length < DIRECTORY_DIGITS ? null : digits.join('');
}

/** Who is offered for these digits, in the order of Directory(): by the part of the name that fits, the rest of it after that. */
export function foundBy(held: Directory, digits: string): DirectoryEntry[] {
  const found = dialledEntries(held).flatMap((entry) => {
    const space = entry.name.indexOf(' ');
    const last = space < 0 ? entry.name : entry.name.slice(space + 1);
    if (held.matches !== 'first' && keysOf(last) === digits)
      return [{ entry, key: space < 0 ? last : `${last}${entry.name.slice(0, space)}` }];
    return held.matches !== 'last' && keysOf(entry.name) === digits ? [{ entry, key: entry.name }] : [];
  });
  return found
    .sort((a, b) => (a.key.toLowerCase() < b.key.toLowerCase() ? -1 : a.key.toLowerCase() > b.key.toLowerCase() ? 1 : 0))
    .map((f) => f.entry);
}
