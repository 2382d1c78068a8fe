import { escapeConf } from '../../asterisk/escape.ts';
import { type Model, settingsOf } from '../../model/kinds.ts';
import { type Ref, refText } from '../../model/ref.ts';
import { type Carrier, hosts, protocolOf, sameHost, transportOf, wayEndpoint, waysOf } from './carriers.ts';
import { registeredAs, triedRegistration } from './registrar.ts';

/** With which a carrier calls the PBX. */
export function inboundSecret(model: Model, { id }: Ref): string {
  return model.secrets[`trunk/${id}/inbound`] ?? model.secrets[`trunk/${id}/outbound`] ?? '';
}

interface Input {
  readonly model: Model;
  readonly pbx: string;
  readonly carriers: readonly Carrier[];
}

/** What `world` has of a carrier with an address: an endpoint that is called and takes registrations, and one for each way in which it calls. */
export function carrier(o: Input, c: Carrier): string {
  const { model, endpoint } = c;
  const inbound = inboundSecret(o.model, c.trunk);
  const asked = askedOf(o.model, c);
  const sharing = o.carriers.filter((other) => sameHost(c, other));
  const own = registeredAs(c);
  const asking = sharing.map((other) => askedOf(o.model, other) && `${other.endpoint}-asks`);
  const registering = sharing.flatMap((other) => (registrationSecret(o.model, other) === null ? [] : [`${other.endpoint}-registers`]));
  const says = model.acceptsUnauthenticated ? '' : `outbound_auth = ${endpoint}-says\n`;
  const asks = asking.includes(null) ? '' : `auth = ${[...asking, ...registering].join(',')}\n`;
  const registered = sharing.flatMap((other) => registeredAs(other) ?? []);
  const section = (name: string, transport: string, aors: readonly string[], address = ''): string => `[${name}]
type = endpoint
context = carrier
disallow = all
allow = alaw,ulaw
transport = ${transport}
aors = ${[...new Set(aors)].join(',')}
dtmf_mode = ${model.dtmfMode}
media_encryption = ${model.encryption ? 'sdes' : 'no'}
direct_media = no
${address === '' ? '' : `; sound is taken there, where a PBX sends it that goes by what it is told (nat = no)\nmedia_address = ${address}\n`}trust_id_inbound = no
set_var = LEG=${refText(c.trunk)}
${asks}${says}
`;
  return [
    ...waysOf(c).map((way, i) =>
      section(way.endpoint, transportOf(way), [endpoint, ...(i === 0 ? registered : [])], way.bind.replace(/:\d+$/, '')),
    ),
    own === null ? '' : section(wayEndpoint(endpoint, 'by-registration'), 'phones-udp', [own]),
    `[${endpoint}]\ntype = aor\ncontact = sip:${o.pbx}:${settingsOf(o.model).sip.port}${protocolOf(model) === 'tcp' ? '\\;transport=tcp' : ''}\n`,
    own === null || o.carriers.find((other) => registeredAs(other) === own) !== c
      ? ''
      : `[${own}]\ntype = aor\nmax_contacts = 1\nremove_existing = yes\n`,
    asked === null ? '' : auth(`${endpoint}-asks`, asked.name, asked.secret),
    registrationAuth(o.model, c),
    model.acceptsUnauthenticated ? '' : auth(`${endpoint}-says`, model.inboundUser ?? model.peer, inbound),
    identify(o, c),
  ].join('\n');
}

/** With which the PBX registers; null: with none. */
function registrationSecret(model: Model, c: Carrier): string | null {
  const tried = triedRegistration(c.model);
  return tried === null ? null : (model.secrets[`trunk/${c.trunk.id}/registration/${tried.index}`] ?? null);
}

function registrationAuth(model: Model, c: Carrier): string {
  const secret = registrationSecret(model, c);
  const registration = triedRegistration(c.model)?.registration;
  if (secret === null || registration === undefined) return '';
  return auth(`${c.endpoint}-registers`, registration.authUser ?? registration.user, secret);
}

/** Name and password that a carrier asks for, wherever the model has them: only so is the password tried. */
function askedOf(model: Model, c: Carrier): { readonly name: string; readonly secret: string } | null {
  const name = c.model.username ?? c.model.fromUser;
  const secret = model.secrets[`trunk/${c.trunk.id}/outbound`];
  return name === null || secret === undefined ? null : { name, secret };
}

function auth(section: string, name: string, secret: string): string {
  return `[${section}]
type = auth
auth_type = digest
username = ${escapeConf(name)}
password = ${escapeConf(secret)}
`;
}

/**
 * Every carrier is called from the one address of the PBX: host and port of the URI tell which is meant. Of several trunks to one host the first is
 * called for all; which was meant, the PBX's own channel tells.
 */
function identify({ carriers }: Input, c: Carrier): string {
  if (carriers.find((other) => sameHost(c, other)) !== c) return '';
  const { model, address, port, endpoint } = c;
  // a carrier's registrar may have another name than where calls go
  const names = hosts(c).filter(({ host }) => host === model.host || host === triedRegistration(model)?.registration.host);
  const called = new Set(names.map(({ host }) => (/[a-z]/i.test(host) ? host : (address ?? '')).replaceAll('.', '\\.')));
  const portText = port === 5060 ? '(:5060)?' : `:${port}`;
  return `[${endpoint}]
type = identify
endpoint = ${endpoint}
match_request_uri = /^sips?:([^@]*@)?(${[...called].join('|')})${portText}([^0-9A-Za-z.:]|$)/
`;
}
