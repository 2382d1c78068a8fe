import { z } from 'zod';
import { on, or, whole } from './field.ts';
import type { Model } from './kinds.ts';

/** Keys that callers may press while they hear somebody's greeting (VmX locater). They count where that greeting is recorded; else the mailbox takes a message as any. */
export const greetingMenu = z.strictObject({
  /** The number that each key dials, as a telephone inside would. 0 without a number is the operator; * opens the mailbox. */
  numbers: or(z.record(z.string().regex(/^\d$/), z.string()), {}),
  /** Who keys nothing is told to leave a message; no: the tone comes at once. */
  instructs: on,
  /** How often who keys nothing hears the greeting. */
  plays: or(whole, 1),
  /** Seconds after it in which a key counts. */
  seconds: or(whole, 2),
  /** So many wrong keys are forgiven. */
  forgives: or(whole, 1),
});
export type GreetingMenu = z.output<typeof greetingMenu>;

/** By the greeting that a mailbox plays: null, it has no keys. */
export const greetingKeys = or(z.strictObject({ unavailable: or(greetingMenu, null), busy: or(greetingMenu, null) }), {
  unavailable: null,
  busy: null,
});
export const GREETINGS = ['unavailable', 'busy'] as const;
export type Greeting = (typeof GREETINGS)[number];

/**
 * The keys of a mailbox ('106@default'): those of the extension that has its number, where that has its voicemail switched on (macro-vm finds a mailbox by its extension).
 * null: it has none.
 */
export function greetingMenuOf(model: Model, mailbox: string, greeting: Greeting): GreetingMenu | null {
  const number = numberOf(mailbox);
  const owner = model.extension[number];
  return owner !== undefined && [number, mailbox].includes(owner.voicemail ?? '') ? owner.greetingKeys[greeting] : null;
}

function numberOf(mailbox: string): string {
  return mailbox.split('@')[0] ?? mailbox;
}

/** A greeting's sound file without its format, old box and new alike (app_voicemail). */
export function greetingFile(mailbox: string, greeting: Greeting): string {
  return `${greetingFolder(mailbox)}/${greeting === 'busy' ? 'busy' : 'unavail'}`;
}

export function greetingFolder(mailbox: string): string {
  return `/var/spool/asterisk/voicemail/${mailbox.split('@')[1] ?? 'default'}/${numberOf(mailbox)}`;
}

/** Every greeting of a mailbox that has keys. */
export function greetingsWithKeys(model: Model): { mailbox: string; extension: string; greeting: Greeting; menu: GreetingMenu }[] {
  return Object.keys(model.mailbox).flatMap((mailbox) =>
    GREETINGS.flatMap((greeting) => {
      const menu = greetingMenuOf(model, mailbox, greeting);
      return menu === null ? [] : [{ mailbox, extension: numberOf(mailbox), greeting, menu }];
    }),
  );
}
