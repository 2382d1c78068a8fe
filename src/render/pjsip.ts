import { bracketed } from '../asterisk/network.ts';
import { finding } from '../finding.ts';
import { type Model, settingsOf } from '../model/kinds.ts';
import type { Registration, SipTrunk } from '../model/trunk.ts';
import { endpointName, isKnownByLogin } from './pjsip-trunk.ts';
import { defineView, type Notes } from './view.ts';

/** What chan_pjsip has a transport for here. TLS needs a certificate, WebSocket a web server: neither is carried yet. */
const TRANSPORTS = ['udp', 'tcp'] as const;

/** pjsip.conf: what holds for all of SIP. */
export const pjsipView = defineView({
  file: 'etc/asterisk/pjsip.conf',
  data: (model, notes, { options }) => {
    const s = settingsOf(model).sip;
    reportTransports(model, notes);
    const transports = TRANSPORTS.filter((protocol) => protocol === 'udp' || usesTcp(model));
    return {
      transports: transports.map((protocol) => ({
        protocol,
        port: s.port,
        externalAddress: s.externalAddress,
        localNetworks: s.externalAddress === null ? [] : s.localNetworks,
      })),
      voicemailNumber: s.voicemailNumber,
      byLogin: sipTrunks(model).some(([id, t]) => isKnownByLogin(model, id, t)),
      registers: sipTrunks(model).some(([, t]) => t.registrations.length > 0),
      live: options.live,
    };
  },
});

export function sipTrunks(model: Model): [string, SipTrunk][] {
  return Object.entries(model.trunk).filter((entry): entry is [string, SipTrunk] => entry[1].technology === 'sip' && !entry[1].disabled);
}

function usesTcp(model: Model): boolean {
  return (
    Object.values(model.device).some((d) => d.technology === 'sip' && d.transport === 'tcp') ||
    sipTrunks(model).some(([, t]) => t.transport === 'tcp' || t.registrations.some((r) => r.transport === 'tcp'))
  );
}

function reportTransports(model: Model, notes: Notes): void {
  for (const [id, d] of Object.entries(model.device)) {
    if (d.technology === 'sip' && !TRANSPORTS.some((t) => t === d.transport)) {
      notes.finding(
        finding('TRANSPORT_NOT_CARRIED', {
          about: { kind: 'device', id },
          where: d.transport,
          means: `telephone ${id} cannot register over ${d.transport}: it must be set to UDP or TCP`,
        }),
      );
    }
  }
  for (const [id, t] of sipTrunks(model)) {
    if (!TRANSPORTS.some((p) => p === t.transport) || t.registrations.some((r) => r.transport === 'tls')) {
      notes.finding(
        finding('TRANSPORT_NOT_CARRIED', {
          about: { kind: 'trunk', id },
          where: t.transport,
          means: `trunk '${t.name}' cannot be reached over TLS: it is tried over UDP`,
        }),
      );
    }
  }
}

/** pjsip_registration.conf: how this PBX registers with carriers. pjsip.conf includes it once it may. */
export const registrationView = defineView({
  file: 'etc/asterisk/pjsip_registration.conf',
  secret: true,
  data: (model, notes, { options }) => {
    const registrations = sipTrunks(model).flatMap(([id, t]) => t.registrations.map((r, i) => registration(model, id, t, r, i)));
    notes.from(
      ...sipTrunks(model)
        .filter(([, t]) => t.registrations.length > 0)
        .map(([id]) => ({ kind: 'trunk' as const, id })),
    );
    return registrations.length === 0 ? null : { registrations, live: options.live };
  },
});

function registration(model: Model, id: string, t: SipTrunk, r: Registration, index: number): object {
  const host = `${bracketed(r.host)}${r.port === null ? '' : `:${r.port}`}`;
  const transport = r.transport === 'tcp' ? ';transport=tcp' : '';
  return {
    name: `${endpointName(t)}-registration${index === 0 ? '' : `-${index + 1}`}`,
    trunk: t.name,
    endpoint: endpointName(t),
    serverUri: `sip:${host}${transport}`,
    clientUri: `sip:${r.user}@${r.domain ?? r.host}`,
    contactUser: r.contactUser,
    expirySeconds: r.expirySeconds,
    transport: r.transport === 'tcp' ? 'transport-tcp' : 'transport-udp',
    username: r.authUser ?? r.user,
    password: model.secrets[`trunk/${id}/registration/${index}`] ?? '',
  };
}
