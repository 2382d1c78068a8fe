import { z } from 'zod';
import { destination } from './destination.ts';
import { off, on, optionalText, optionalWhole, or, text, whole } from './field.ts';

/** What happens where no key, or none of the menu's, is pressed. */
const failure = (retries: number | null) =>
  or(
    z.strictObject({
      /**
       * The menu is played again so often before the call goes on to `next`; null: none of this is done: the caller hears sorry-youre-having-problems and vm-goodbye,
       * and the call ends.
       */
      retries: or(whole, null),
      /** Recording played before each further try; null: none; 'default': no-valid-responce-pls-try-again. */
      retryPrompt: optionalText,
      /** The menu itself follows the retry prompt; without a retry prompt it is played in any case. */
      menuFollows: on,
      /** Recording played before the call goes on to `next`; 'default': no-valid-responce-transfering. */
      lastPrompt: optionalText,
      /** null: the caller hears vm-goodbye, and the call ends. */
      next: or(destination, null),
      /** A caller who was sent here by another menu goes back to that one instead. */
      returns: off,
    }),
    { retries, retryPrompt: null, menuFollows: true, lastPrompt: null, next: null, returns: false },
  );

/** A voice menu. Both generations of Elastix's tables are one here. */
export const ivr = z.strictObject({
  name: text,
  description: text,
  /** Recording that is the menu; null: silence. */
  announcement: optionalText,
  /** Seconds that the caller has after the menu. */
  timeoutSeconds: or(whole, 10),
  /** Extensions may be keyed. */
  directDial: off,
  /** Only those of this directory may be keyed; null: all. */
  directDialDirectory: optionalText,
  entries: or(
    z.array(
      z.strictObject({
        /** Digits, '*' or '#'. */
        keys: z.string(),
        destination,
        /** A caller who was sent here by another menu goes back to that one instead. */
        returns: off,
      }),
    ),
    [],
  ),
  timeout: failure(0),
  invalid: failure(0),
  /** One count of tries for both, as FreePBX 2.9 and older had it. */
  sharesRetries: off,
  /** Who has left a message in a mailbox behind this menu comes back to it. */
  returnsFromVoicemail: off,
  /** Seconds between two digits; null: Asterisk's own. */
  digitTimeoutSeconds: optionalWhole,
});
export type Ivr = z.output<typeof ivr>;
