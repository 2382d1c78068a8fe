import type { Registration } from '../model/trunk.ts';

export interface RegistrationLine {
  readonly registration: Registration;
  readonly secret: string;
}

/**
 * A `register =>` line of chan_sip:
 *
 *     [peer?][transport://]user[@domain][:secret[:authuser]]@host[:port][/extension][~expiry]
 *
 * A secret may hold any character, so it is read from the outside in: the host follows the last '@', the user ends at the first ':'.
 * Source: sip_parse_register_line in channels/sip/config_parser.c, ASTERISK.md section 3. null where it names no user or no host.
 * @param knownSecret The secret of the trunk's PEER details: where the line holds it, nothing has to be guessed.
 */
export function parseRegistration(line: string, knownSecret = ''): RegistrationLine | null {
  const text = line.trim().replace(/^register\s*=>?\s*/i, '');
  const [, expiry] = /~(\d+)$/.exec(text) ?? [];
  const bare = expiry === undefined ? text : text.slice(0, -(expiry.length + 1));
  const at = bare.lastIndexOf('@');
  if (at < 1) return null;
  const { transport, rest } = splitTransport(bare.slice(0, at));
  const target = splitTarget(bare.slice(at + 1));
  const account = splitAccount(rest, knownSecret);
  if (account.user === '' || target.host === '') return null;
  return {
    registration: {
      host: target.host,
      port: target.port,
      transport,
      user: account.user,
      domain: account.domain,
      authUser: account.authUser,
      contactUser: target.extension || 's',
      expirySeconds: expiry === undefined ? null : Number(expiry),
    },
    secret: account.secret,
  };
}

/** `peer?` names the section to use; the section's own options stand in the trunk's rows. */
function splitTransport(text: string): { transport: Registration['transport']; rest: string } {
  const peerless = text.replace(/^[A-Za-z0-9_.-]+\?(?=[^?]*$)/, '');
  const match = /^(udp|tcp|tls):\/\//i.exec(peerless);
  const transport = match?.[1]?.toLowerCase();
  return {
    transport: transport === 'tcp' || transport === 'tls' ? transport : 'udp',
    rest: match === null ? peerless : peerless.slice(match[0].length),
  };
}

/** host[:port][/extension]; an IPv6 address stands in brackets. */
function splitTarget(text: string): { host: string; port: number | null; extension: string } {
  const match = /^(\[[^\]]*\]|[^:/]*)(?::(\d*))?(?:\/(.*))?$/.exec(text);
  const port = match?.[2] ?? '';
  return { host: match?.[1]?.trim() ?? '', port: port === '' ? null : Number(port), extension: match?.[3]?.trim() ?? '' };
}

/** user[@domain][:secret[:authuser]] */
function splitAccount(text: string, knownSecret: string): { user: string; domain: string | null; secret: string; authUser: string | null } {
  const colon = text.indexOf(':');
  const [userPart, secretPart] = colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
  const at = userPart.indexOf('@');
  const [user, domain] = at < 0 ? [userPart, null] : [userPart.slice(0, at), userPart.slice(at + 1)];
  return { user, domain: domain === '' ? null : domain, ...splitSecret(secretPart, user, knownSecret) };
}

function splitSecret(text: string, user: string, known: string): { secret: string; authUser: string | null } {
  if (known !== '' && text === known) return { secret: known, authUser: null };
  if (known !== '' && text.startsWith(`${known}:`)) return { secret: known, authUser: text.slice(known.length + 1) || null };
  const last = text.lastIndexOf(':');
  const authUser = last < 0 ? '' : text.slice(last + 1);
  // an '@' in a name to authenticate with stands after the user's own name; elsewhere it is the secret's
  const isName = authUser !== '' && (!authUser.includes('@') || authUser.startsWith(`${user}@`));
  return isName ? { secret: text.slice(0, last), authUser } : { secret: text.replace(/:$/, ''), authUser: null };
}
