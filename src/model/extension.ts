import { z } from 'zod';
import { destination } from './destination.ts';
import { off, on, optionalText, optionalWhole, or, text, whole } from './field.ts';
import { greetingKeys } from './greeting-keys.ts';

const policy = or(z.enum(['always', 'never', 'dontcare']), 'dontcare');

/** A number that people dial to reach somebody: Elastix's user. The telephones behind it are devices. */
export const extension = z.strictObject({
  name: z.string(),
  /** Number shown for calls from this extension inside the house; null: the extension itself. */
  callerIdNumber: optionalText,
  /** Shown outside: '"Name" <number>', 'number' or 'hidden'; null: whatever trunk and route say. */
  outboundCallerId: optionalText,
  /** Devices that ring, in order. */
  devices: or(z.array(z.string()), []),
  /** Seconds of its own before the call goes on; null: the PBX's. It counts only where there is somewhere to go. */
  ringSeconds: optionalWhole,
  /** Mailbox that takes what is not answered ('106@default'); null: none does, even where a mailbox exists. */
  voicemail: optionalText,
  /** Where it goes instead of, or without, voicemail. */
  noAnswer: or(destination, null),
  busy: or(destination, null),
  unreachable: or(destination, null),
  /** State when the source was read; it lives on in AstDB under the same keys. */
  state: or(
    z.strictObject({
      callWaiting: off,
      doNotDisturb: off,
      /** Numbers as the user keyed them. */
      forwardAlways: optionalText,
      forwardBusy: optionalText,
      forwardUnavailable: optionalText,
    }),
    { callWaiting: false, doNotDisturb: false, forwardAlways: null, forwardBusy: null, forwardUnavailable: null },
  ),
  /** Seconds that a forward rings: 0 as long as the extension would, -1 without end. */
  forwardRingSeconds: or(whole, 0),
  /** Short numbers of its own, '1' to '99'; they live on in AstDB as AMPUSER/<id>/speeddials/<n>. */
  speedDials: or(z.record(z.string(), z.string()), {}),
  greetingKeys,
  /** Who may speak to it at once by the code for that; AMPUSER/<id>/intercom. */
  intercom: or(
    z.strictObject({
      /** Anybody, where nothing is said of him. */
      takes: on,
      /** By the extension that calls. */
      from: or(z.record(z.string(), z.enum(['allow', 'deny'])), {}),
      /** It may call others so. */
      calls: on,
    }),
    { takes: true, from: {}, calls: true },
  ),
  /** It keys no PIN or password where an outbound route asks for one; AMPUSER/<id>/pinless. */
  needsNoPin: off,
  language: text,
  /** Kept as found: no call of the old box asked for it since direct DIDs are gone (issabelPBX's and later core's dialplan do not read users.mohclass; that of 2.8 was not looked at). */
  musicClass: text,
  /** Letters under which SIP callers may dial it. */
  sipAlias: text,
  recording: or(
    z.strictObject({ inExternal: policy, inInternal: policy, outExternal: policy, outInternal: policy, priority: or(whole, 10) }),
    { inExternal: 'dontcare', inInternal: 'dontcare', outExternal: 'dontcare', outInternal: 'dontcare', priority: 10 },
  ),
});
export type Extension = z.output<typeof extension>;
