import { z } from 'zod';
import { flag, off, optionalText, optionalWhole, or, text } from './field.ts';
import { sipPeer } from './sip-peer.ts';

const common = {
  name: z.string(),
  disabled: off,
  /** Try the route's next trunk even when this one says busy or not answered. */
  continueOnFailure: off,
  /** Caller id that it shows; empty: the caller's own. */
  callerId: text,
  /** any: any caller id passes; no-foreign: a forwarded call's own number does not; number-only: without name; always: callerId, for every call. */
  callerIdPolicy: or(z.enum(['any', 'no-foreign', 'number-only', 'always']), 'any'),
  /** Outgoing calls at a time; null: no limit. */
  maxChannels: optionalWhole,
  /** Put before the number after the dial rules. */
  dialPrefix: text,
  /** The first that matches rewrites the number: `prefix` is taken away, the rest must match `match`, `prepend` is put before it. Patterns without '_'. */
  dialRules: or(z.array(z.strictObject({ prepend: text, prefix: text, match: z.string() })), []),
} as const;

/** Analog lines of a telephone card, and the number that calls on each of them count as: the card itself tells none. */
const lines = or(
  z.array(
    z.strictObject({
      /** The line as the gateway in the card's place names it: the number that its calls are sent to. From a box: the card's channel. */
      line: z.string(),
      number: z.string(),
      name: text,
    }),
  ),
  [],
);

/** Registration with a carrier, from a `register =>` line. Its secret: 'trunk/1/registration/0'. */
export const registration = z.strictObject({
  host: z.string(),
  port: optionalWhole,
  transport: or(z.enum(['udp', 'tcp', 'tls']), 'udp'),
  user: z.string(),
  /** Domain after the user, where it is not the host. */
  domain: optionalText,
  /** Name to authenticate with, where it is not the user. */
  authUser: optionalText,
  /** What the carrier then dials: the called number of its calls; 's' where the line names none. */
  contactUser: or(z.string(), 's'),
  expirySeconds: optionalWhole,
});
export type Registration = z.output<typeof registration>;

/** A way to the outside. Secrets: 'trunk/1/outbound', 'trunk/1/inbound', 'trunk/1/registration/0'. */
export const trunk = z.discriminatedUnion('technology', [
  z.strictObject({
    technology: z.literal('sip'),
    ...common,
    ...sipPeer,
    /** Section name of the old sip.conf, by which dial strings call it. */
    peer: z.string(),
    /** Address or name calls are sent to; null: the peer registers with us. */
    host: optionalText,
    port: optionalWhole,
    /** Further addresses from which its calls come. */
    addresses: or(z.array(z.string()), []),
    /** Name to answer a challenge with. */
    username: optionalText,
    fromUser: optionalText,
    fromDomain: optionalText,
    outboundProxy: optionalText,
    /** Its calls are taken without a password, by their address. */
    acceptsUnauthenticated: or(flag, true),
    /** Section name under which its calls come in, where another than `peer`. */
    inboundUser: optionalText,
    context: or(z.string(), 'from-trunk'),
    registrations: or(z.array(registration), []),
    lines,
    /** PEER and USER details that have no place of their own here, as they stand. */
    otherOptions: or(z.array(z.strictObject({ name: z.string(), value: text })), []),
  }),
  z.strictObject({
    technology: z.literal('iax2'),
    ...common,
    peer: z.string(),
    host: optionalText,
    username: optionalText,
    /** The name under which the far end calls in; null: it cannot. */
    inboundUser: optionalText,
    context: or(z.string(), 'from-trunk'),
    trunkMode: off,
    qualify: off,
    registrations: or(z.array(registration), []),
    codecs: or(z.array(z.string()), []),
    otherOptions: or(z.array(z.strictObject({ name: z.string(), value: text })), []),
  }),
  /** A telephone card, which the new box lacks. With `technology: sip`, a `peer` and a `host` in place of `group` it is the gateway that took its place. */
  z.strictObject({ technology: z.literal('dahdi'), ...common, group: z.string(), lines }),
  /** A dial string of the old language, $OUTNUM$ where the number goes. */
  z.strictObject({ technology: z.literal('custom'), ...common, dial: z.string() }),
  z.strictObject({ technology: z.literal('enum'), ...common }),
  z.strictObject({ technology: z.literal('dundi'), ...common, mapping: text }),
]);
export type Trunk = z.output<typeof trunk>;
/**
 * A peer that does not answer gets no calls until it is asked again. chan_sip asked a lost one every 10 s, whatever qualifyfreq said (DEFAULT_FREQ_NOTOK); chan_pjsip knows
 * one time for both, and a carrier that was away for a moment is not to be without calls for a minute (tried).
 * @returns seconds between checks; null: it is never asked
 */
export function trunkQualifySeconds({ qualifySeconds: seconds }: Pick<SipTrunk, 'qualifySeconds'>): number | null {
  return seconds === null || seconds <= 0 ? null : Math.min(seconds, LOST_PEER_SECONDS);
}

const LOST_PEER_SECONDS = 10;

export type SipTrunk = Extract<Trunk, { technology: 'sip' }>;

/** The number that a call from a trunk counts as: that of the line, where it is sent to a line. */
export function numberCalled(trunk: Trunk | undefined, called: string): string {
  const lines = trunk !== undefined && 'lines' in trunk ? trunk.lines : [];
  return lines.find((l) => l.line === called)?.number ?? called;
}

/** The context by which calls of a SIP trunk come in. */
export function entryOf(id: string, { context, lines }: Pick<SipTrunk, 'context' | 'lines'>): string {
  return lines.length === 0 ? context : `lines-of-trunk-${id}`;
}

/**
 * Where a custom trunk goes on in the dialplan, 'Local/9$OUTNUM$@custom-out': a context in which telephones or carriers dial, or hand-made dialplan. null: nowhere there.
 * @param isHandMade whether the site wrote that context
 */
export function leadsInto(
  dial: string,
  isHandMade: (context: string) => boolean,
): { readonly context: string; readonly written: string } | null {
  const [, written, context] = /^local\/(\d*\$OUTNUM\$)@([\w-]+)(?:\/n)?$/i.exec(dial) ?? [];
  if (written === undefined || context === undefined) return null;
  return isDialContext(context) || isHandMade(context) ? { context, written } : null;
}

/** The contexts of the PBX itself in which telephones or carriers dial. */
export function isDialContext(context: string): boolean {
  return /^from-(?:internal|pstn|trunk)$/.test(context);
}
