import { z } from 'zod';
import { off, optionalText, optionalWhole, or } from './field.ts';

/** What a SIP telephone and a SIP trunk have in common, in chan_pjsip's terms where chan_sip had others. */
export const sipPeer = {
  dtmfMode: or(z.enum(['rfc4733', 'inband', 'info', 'auto', 'auto_info']), 'rfc4733'),
  directMedia: or(z.enum(['no', 'yes', 'nonat', 'update']), 'no'),
  /** null: the PBX's. */
  nat: or(z.enum(['yes', 'no', 'route']), null),
  /** Codecs of its own in order; empty: the PBX's. */
  codecs: or(z.array(z.string()), []),
  /** Seconds between checks that it answers; null: not checked. */
  qualifySeconds: optionalWhole,
  /** Milliseconds within which it must answer such a check; null: 3000. */
  qualifyTimeoutMs: optionalWhole,
  transport: or(z.enum(['udp', 'tcp', 'tls', 'ws', 'wss']), 'udp'),
  /** Who calls is whom it names (Remote-Party-ID, P-Asserted-Identity). Of a telephone it counts only where its calls come in as a carrier's: see namesItsCallers(). */
  trustsRemotePartyId: off,
  /** Header in which the caller is named to it. */
  sendsIdentity: or(z.enum(['no', 'rpid', 'pai']), 'no'),
  encryption: off,
  accountCode: optionalText,
} as const;
