import { z } from 'zod';
import { on, optionalText, optionalWhole, or, text, whole } from './field.ts';
import { autoAnswer, USUAL_AUTO_ANSWER } from './page-group.ts';
import { routeMessages, USUAL_MESSAGES } from './route-message.ts';

/** What holds for the whole PBX. One object, with the id 'pbx'. */
export const settings = z.strictObject({
  /** IANA name, or null where the source did not tell: then the machine's own zone decides, and that is a finding. */
  timeZone: optionalText,
  /** Prompt language of channels that set none. */
  language: or(z.string(), 'en'),
  /** Country of the tones in indications.conf. */
  toneZone: or(z.string(), 'us'),
  /** Seconds that an extension rings where it has somewhere to go next and no time of its own. */
  ringSeconds: or(whole, 15),
  /** Dial() options between extensions, of Asterisk's letters: t T r w W m. */
  dialOptions: or(z.string(), 'tr'),
  /** Dial() options towards trunks. */
  trunkDialOptions: or(z.string(), 'T'),
  trunkRingSeconds: or(whole, 300),
  /** What callers hear whose call to the outside did not come through. */
  routeMessages: or(routeMessages, USUAL_MESSAGES),
  /** How telephones are made to take a call by themselves: page groups and intercom. */
  autoAnswer: or(autoAnswer, USUAL_AUTO_ANSWER),
  /**
   * What becomes of a prefix before a caller's name when the next one comes. replace: it gives way. stack: the next goes before it. cancel: both are gone, as
   * Issabel's dialplan has it since 2023.
   */
  namePrefixes: or(z.enum(['replace', 'stack', 'cancel']), 'replace'),
  /** VoiceMail() options beside the greeting, for example 'g(6)'. */
  voicemailOptions: text,
  /** Greeting of mailboxes reached by dialling the mailbox itself. */
  voicemailDirectGreeting: or(z.enum(['busy', 'unavailable', 'none']), 'unavailable'),
  /** False: no call is recorded, whatever an extension says. */
  recordingAllowed: on,
  /** File format of recordings, of Asterisk's names: wav, WAV, gsm, ... */
  recordingFormat: or(z.string(), 'wav'),
  sip: or(
    z.strictObject({
      port: or(whole, 5060),
      /** Address or name under which the outside sees the PBX. */
      externalAddress: optionalText,
      /** Networks that are reached without it: '192.168.0.0/255.255.0.0'. */
      localNetworks: or(z.array(z.string()), []),
      /** In order of preference, of Asterisk's names. */
      codecs: or(z.array(z.string()), ['ulaw', 'alaw']),
      nat: or(z.enum(['yes', 'no', 'route']), 'yes'),
      /** Feature code of one's own mailbox, sent to phones as the message centre. */
      voicemailNumber: or(z.string(), '*97'),
    }),
    { port: 5060, externalAddress: null, localNetworks: [], codecs: ['ulaw', 'alaw'], nat: 'yes', voicemailNumber: '*97' },
  ),
  /** UDP ports of RTP, first and last. */
  rtp: or(z.strictObject({ first: whole, last: whole }), { first: 10000, last: 20000 }),
  voicemail: or(
    z.strictObject({
      /** Formats that messages are kept in, of Asterisk's names, joined by '|' as voicemail.conf has them. */
      formats: or(z.string(), 'wav'),
      from: text,
      fromName: text,
      emailBody: text,
      emailSubject: text,
      longestSeconds: optionalWhole,
      shortestSeconds: optionalWhole,
      longestSilenceSeconds: optionalWhole,
      silenceThreshold: optionalWhole,
      skipMs: optionalWhole,
      review: or(z.enum(['yes', 'no']), 'no'),
      operator: or(z.enum(['yes', 'no']), 'no'),
      attach: or(z.enum(['yes', 'no']), 'yes'),
      nextAfterCommand: or(z.enum(['yes', 'no']), 'no'),
    }),
    {
      formats: 'wav',
      from: '',
      fromName: '',
      emailBody: '',
      emailSubject: '',
      longestSeconds: null,
      shortestSeconds: null,
      longestSilenceSeconds: null,
      silenceThreshold: null,
      skipMs: null,
      review: 'no',
      operator: 'no',
      attach: 'yes',
      nextAfterCommand: 'no',
    },
  ),
});
export type Settings = z.output<typeof settings>;
