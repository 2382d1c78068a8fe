import { z } from 'zod';
import { destination } from './destination.ts';
import { off, optionalText, or, text, whole } from './field.ts';
import { recordingMode } from './recording-rule.ts';

/** Which dialled numbers go out, and through which trunks. Password: 'outbound-route/5/password'. */
export const outboundRoute = z.strictObject({
  name: z.string(),
  /** Place among the routes, from 0: the first route with a match takes the number, however well a later one fits. */
  position: whole,
  patterns: or(
    z.array(
      z.strictObject({
        prepend: text,
        /** Digits dialled and taken away. */
        prefix: text,
        /** Asterisk's pattern without '_' for what remains. */
        match: text,
        /** Only for callers whose number matches this; '': for all. */
        callerId: text,
      }),
    ),
    [],
  ),
  /** Trunks in the order in which they are tried. */
  trunks: or(z.array(z.string()), []),
  callerId: text,
  /** True: `callerId` replaces the extension's own; false: only where the extension has none. */
  overridesExtension: off,
  /** A password is asked for; it is in secrets.yaml, and with it any further ones that pass: 'outbound-route/5/password/2'. */
  asksPassword: off,
  emergency: off,
  /** The inside caller id is shown: the route leads to another house of the same company. */
  intraCompany: off,
  musicClass: text,
  /** Whether its calls are recorded, whatever their callers want. */
  recording: recordingMode,
  /** The route exists only within this time group. */
  timeGroup: optionalText,
  /** The caller keys a PIN of this set first, unless his extension need not. */
  pinSet: optionalText,
  /** Where the call goes when all trunks failed; null: the congestion announcement. */
  onFailure: or(destination, null),
});
export type OutboundRoute = z.output<typeof outboundRoute>;

/** Callers must key something before this route takes their number. */
export function asksCallers(route: OutboundRoute): boolean {
  return route.pinSet !== null || route.asksPassword;
}
