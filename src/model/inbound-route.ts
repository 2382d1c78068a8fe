import { z } from 'zod';
import { destination } from './destination.ts';
import { off, optionalText, or, text, whole } from './field.ts';
import { recordingMode } from './recording-rule.ts';

/** What happens to a call from outside. Id: 'DID/caller', 'any' for either where it is empty: '74951234500/any'. */
export const inboundRoute = z.strictObject({
  description: text,
  /** Number as the carrier sends it, or Asterisk's pattern without '_'; '': every number. */
  did: text,
  /** Number or pattern of the caller; '': every caller. */
  callerId: text,
  destination,
  /** A row for every DID and one caller goes before rows for one DID (Elastix: pricid). */
  callerIdFirst: off,
  /** Send ringing before anything answers. */
  ringsFirst: off,
  /** Seconds to wait before anything answers. */
  waitSeconds: or(whole, 0),
  /** Callers without a number must key one. */
  privacyManager: or(z.strictObject({ retries: whole, shortest: whole }), null),
  /** Where its callers' names are looked up. */
  nameLookup: optionalText,
  alertInfo: text,
  musicClass: or(z.string(), 'default'),
  /** Prompts are heard in it from here on; '': as in the whole PBX. */
  language: text,
  /** Whether its calls are recorded, whatever they come to. */
  recording: recordingMode,
  /** Put before the caller's name. */
  callerNamePrefix: text,
});
export type InboundRoute = z.output<typeof inboundRoute>;
