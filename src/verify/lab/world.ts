import { escapeConf } from '../../asterisk/escape.ts';
import type { TarEntry } from '../../engine/container.ts';
import type { SipDevice } from '../../model/device.ts';
import { type Model, settingsOf } from '../../model/kinds.ts';
import { refText } from '../../model/ref.ts';
import { type Carrier, transportOf, waysOf } from './carriers.ts';
import { type IaxParty, worldIax } from './iax.ts';
import { LAB_PASSWORD } from './overlay.ts';
import { carrier, inboundSecret } from './world-carrier.ts';
import { WORLD_DIALPLAN, WORLD_FIXED_FILES } from './world-files.ts';

export interface WorldInput {
  readonly model: Model;
  readonly carriers: readonly Carrier[];
  readonly iax: readonly IaxParty[];
  /** Address of its telephones. */
  readonly address: string;
  readonly pbx: string;
  readonly ami: { readonly user: string; readonly secret: string };
  /** In place of the one that does what the lab tells it. */
  readonly dialplan?: string;
}

/** Telephones that `world` plays: those that register by SIP. */
export function phones(model: Model): [string, SipDevice][] {
  const found: [string, SipDevice][] = [];
  for (const [id, device] of Object.entries(model.device)) {
    if (device.technology === 'sip' && device.host === null) found.push([id, device]);
  }
  return found;
}

/** The tree of `world`: an Asterisk that is every telephone, every carrier and every caller. */
export function worldTree(o: WorldInput): TarEntry[] {
  const files: Record<string, string> = {
    ...WORLD_FIXED_FILES,
    'extensions.conf': o.dialplan ?? WORLD_DIALPLAN,
    'manager.conf': managerConf(o),
    'pjsip.conf': [
      transports(o),
      ...phones(o.model).map(([id, device]) => phone(o, id, device)),
      ...o.carriers.map((c) => (c.address === null ? registeringCarrier(o, c) : carrier(o, c))),
    ].join('\n'),
    ...iaxFiles(o),
  };
  return Object.entries(files).map(([name, text]) => ({ path: `etc/asterisk/${name}`, content: Buffer.from(text), mode: 0o640 }));
}

function iaxFiles(o: WorldInput): Record<string, string> {
  if (o.iax.length === 0) return {};
  return {
    'iax.conf': worldIax(o.iax, o),
    'iaxprov.conf': '; none\n',
    'modules.conf': `${WORLD_FIXED_FILES['modules.conf']}load = chan_iax2.so\nload = codec_gsm.so\n`,
  };
}

function managerConf({ ami }: WorldInput): string {
  return `[general]
enabled = yes
bindaddr = 0.0.0.0
displayconnects = no

[${ami.user}]
secret = ${ami.secret}
read = all
write = all
writetimeout = 10000
`;
}

function transports(o: WorldInput): string {
  // request_uri before all else: every carrier is called from the one address of the PBX, and only the URI tells which is meant
  const lines = ['[global]', 'type = global', 'endpoint_identifier_order = request_uri,username,ip', 'user_agent = world', ''];
  for (const protocol of ['udp', 'tcp']) {
    lines.push(`[phones-${protocol}]`, 'type = transport', `protocol = ${protocol}`, `bind = ${o.address}:5060`, '');
  }
  // a carrier that is called over TCP may take registrations over UDP
  const listening = o.carriers.flatMap(waysOf).flatMap((way) => [way, { ...way, protocol: 'udp' as const }]);
  const ways = new Map(listening.map((way) => [transportOf(way), way]));
  for (const [name, { bind, protocol }] of ways)
    lines.push(`[${name}]`, 'type = transport', `protocol = ${protocol}`, `bind = ${bind}`, '');
  return lines.join('\n');
}

function phone(o: WorldInput, id: string, device: SipDevice): string {
  const transport = device.transport === 'tcp' ? 'tcp' : 'udp';
  return registering(o, {
    name: id,
    leg: `device/${id}`,
    context: 'phone',
    transport: `phones-${transport}`,
    viaTcp: transport === 'tcp',
    user: device.username ?? id,
    contactUser: id,
    secret: o.model.secrets[`device/${id}/sip`] || LAB_PASSWORD,
    saysItself: true,
    dtmfMode: device.dtmfMode,
    encryption: device.encryption,
  });
}

interface Registering {
  readonly name: string;
  readonly leg: string;
  readonly context: string;
  readonly transport: string;
  readonly viaTcp: boolean;
  readonly user: string;
  readonly contactUser: string;
  readonly secret: string;
  /** In From, rather than who calls. */
  readonly saysItself: boolean;
  readonly dtmfMode: string;
  /** Speech is encrypted, keys are in the SDP. */
  readonly encryption: boolean;
}

/** Something that registers with the PBX; `line` ties a call that arrives to the registration that it came by. */
function registering(o: WorldInput, r: Registering): string {
  const tcp = r.viaTcp ? '\\;transport=tcp' : '';
  const section = escapeConf(r.name);
  return `[${section}]
type = endpoint
context = ${r.context}
disallow = all
allow = alaw,ulaw
transport = ${r.transport}
aors = ${section}
outbound_auth = ${section}
${r.saysItself ? `from_user = ${section}\n` : ''}from_domain = ${o.pbx}
dtmf_mode = ${r.dtmfMode}
media_encryption = ${r.encryption ? 'sdes' : 'no'}
direct_media = no
trust_id_inbound = no
set_var = LEG=${escapeConf(r.leg)}

[${section}]
type = aor
contact = sip:${o.pbx}:${settingsOf(o.model).sip.port}${tcp}

[${section}]
type = auth
auth_type = digest
username = ${escapeConf(r.user)}
password = ${escapeConf(r.secret)}

[${section}]
type = registration
server_uri = sip:${o.pbx}:${settingsOf(o.model).sip.port}${tcp}
client_uri = sip:${escapeConf(r.name)}@${o.pbx}
contact_user = ${escapeConf(r.contactUser)}
outbound_auth = ${section}
transport = ${r.transport}
line = yes
endpoint = ${section}
retry_interval = 2
max_random_initial_delay = 0
expiration = 3600
`;
}

/** A carrier without an address registers with the PBX as a telephone does. */
function registeringCarrier(o: WorldInput, { model, trunk }: Carrier): string {
  return registering(o, {
    name: model.inboundUser ?? model.peer,
    leg: refText(trunk),
    context: 'carrier',
    transport: 'phones-udp',
    viaTcp: false,
    user: model.username ?? model.peer,
    contactUser: 's',
    secret: inboundSecret(o.model, trunk),
    // one without a password is known by its name alone
    saysItself: inboundSecret(o.model, trunk) === '',
    dtmfMode: model.dtmfMode,
    encryption: model.encryption,
  });
}
