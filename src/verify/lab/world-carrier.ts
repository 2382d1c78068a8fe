import { escapeConf } from '../../asterisk/escape.ts';
import { type Model, settingsOf } from '../../model/kinds.ts';
import { type Ref, refText } from '../../model/ref.ts';
import { type Carrier, sameHost, transportOf, waysOf } from './carriers.ts';

/** With which a carrier calls the PBX. */
export function inboundSecret(model: Model, { id }: Ref): string {
  return model.secrets[`trunk/${id}/inbound`] ?? model.secrets[`trunk/${id}/outbound`] ?? '';
}

interface Input {
  readonly model: Model;
  readonly pbx: string;
  readonly carriers: readonly Carrier[];
}

/** What `world` has of a carrier with an address: an endpoint that is called, and one for each way in which it calls. */
export function carrier(o: Input, c: Carrier): string {
  const { model, endpoint } = c;
  const inbound = inboundSecret(o.model, c.trunk);
  const asked = askedOf(o.model, c);
  const asking = o.carriers.filter((other) => sameHost(c, other)).map((other) => askedOf(o.model, other) && `${other.endpoint}-asks`);
  const options = [
    asking.includes(null) ? '' : `auth = ${asking.join(',')}\n`,
    model.acceptsUnauthenticated ? '' : `outbound_auth = ${endpoint}-says\n`,
  ];
  const ways = waysOf(c).map(
    (way) => `[${way.endpoint}]
type = endpoint
context = carrier
disallow = all
allow = alaw,ulaw
transport = ${transportOf(way.bind)}
aors = ${endpoint}
dtmf_mode = ${model.dtmfMode}
direct_media = no
trust_id_inbound = no
set_var = LEG=${refText(c.trunk)}
${options.join('')}
`,
  );
  return [
    ...ways,
    `[${endpoint}]\ntype = aor\ncontact = sip:${o.pbx}:${settingsOf(o.model).sip.port}\n`,
    asked === null ? '' : auth(`${endpoint}-asks`, asked.name, asked.secret),
    model.acceptsUnauthenticated ? '' : auth(`${endpoint}-says`, model.inboundUser ?? model.peer, inbound),
    identify(o, c),
  ].join('\n');
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
  const host = model.host !== null && /[a-z]/i.test(model.host) ? model.host : (address ?? '');
  const portText = port === 5060 ? '(:5060)?' : `:${port}`;
  return `[${endpoint}]
type = identify
endpoint = ${endpoint}
match_request_uri = /^sips?:([^@]*@)?${host.replaceAll('.', '\\.')}${portText}([^0-9A-Za-z.:]|$)/
`;
}
