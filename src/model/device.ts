import { z } from 'zod';
import { off, on, optionalText, or, text } from './field.ts';
import { sipPeer } from './sip-peer.ts';

const common = {
  /** Extension whose calls it takes and makes; null: nobody's (an ad-hoc telephone where no one has logged in). */
  extension: optionalText,
  /** False: an ad-hoc telephone, whose user logs in. */
  fixed: on,
  description: text,
  /** Shown to emergency services. */
  emergencyCallerId: optionalText,
} as const;

/** Class of service: the context in which its calls start. */
const context = or(z.string(), 'from-internal');
const groups = { callGroup: text, pickupGroup: text } as const;
const networks = { deny: or(z.array(z.string()), []), permit: or(z.array(z.string()), []) } as const;

/** A telephone, or what stands in for one. The secret is in secrets.yaml: 'device/101/sip', 'device/130/iax2'. */
export const device = z.discriminatedUnion('technology', [
  z.strictObject({
    technology: z.literal('sip'),
    ...common,
    context,
    ...sipPeer,
    ...groups,
    ...networks,
    /** Name it authenticates with; null: its own id. */
    username: optionalText,
    /** Fixed address of a telephone that does not register. */
    host: optionalText,
    subscribeContext: optionalText,
    /** Mailbox whose waiting messages light its lamp. */
    mailbox: optionalText,
  }),
  z.strictObject({
    technology: z.literal('iax2'),
    ...common,
    context,
    ...networks,
    host: optionalText,
    username: optionalText,
    codecs: or(z.array(z.string()), []),
    qualify: off,
    transfer: or(z.enum(['yes', 'no', 'mediaonly']), 'yes'),
    requireCallToken: or(z.enum(['yes', 'no', 'auto']), 'yes'),
    accountCode: optionalText,
    mailbox: optionalText,
  }),
  z.strictObject({
    technology: z.literal('dahdi'),
    ...common,
    context,
    channel: z.string(),
    signalling: text,
    mailbox: optionalText,
  }),
  /** Anything that Dial() takes, in the old language: 'Local/89161112233@from-internal'. */
  z.strictObject({ technology: z.literal('custom'), ...common, dial: z.string() }),
]);
export type Device = z.output<typeof device>;
export type SipDevice = Extract<Device, { technology: 'sip' }>;
export type Iax2Device = Extract<Device, { technology: 'iax2' }>;

/** Call or pickup groups, '1,3-4', as numbers; what is none is left out. */
export function groupNumbers(text: string): ReadonlySet<number> {
  const found = new Set<number>();
  for (const part of text.split(',')) {
    const [, first, last = first] = /^\s*(\d+)\s*(?:-\s*(\d+)\s*)?$/.exec(part) ?? [];
    if (first === undefined) continue;
    // there are 64 of them
    for (let n = Number(first); n <= Math.min(63, Number(last)); n++) found.add(n);
  }
  return found;
}

/** Whether a telephone may pick up what rings at another by the code that names nobody. */
export function mayPickUp(who: Device | undefined, ringing: Device | undefined): boolean {
  const [mine, theirs] = [
    who !== undefined && 'pickupGroup' in who ? who.pickupGroup : '',
    ringing !== undefined && 'callGroup' in ringing ? ringing.callGroup : '',
  ];
  const groups = groupNumbers(mine);
  return [...groupNumbers(theirs)].some((n) => groups.has(n));
}
