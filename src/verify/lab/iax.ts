import { escapeConf } from '../../asterisk/escape.ts';
import type { Model } from '../../model/kinds.ts';
import { type Ref, ref } from '../../model/ref.ts';

/** A telephone or trunk on IAX2, played by `world`. */
export interface IaxParty {
  readonly leg: Ref;
  /** Section of the PBX's iax.conf by which the PBX calls it. */
  readonly peer: string;
  /** Section of the PBX's iax.conf under which it calls the PBX. */
  readonly user: string;
  /** With which it calls the PBX. */
  readonly secret: string;
  /** The PBX calls a trunk under this name, with this password; null: without. */
  readonly asked: { readonly name: string; readonly secret: string } | null;
  /** Where the PBX looks for it; null: it registers. */
  readonly host: string | null;
}

/** chan_iax2 takes any part of a secret between semicolons, and itself says all of it. */
function firstPart(secret: string): string {
  return secret.split(';')[0] ?? '';
}

/** The IAX2 telephones that register, and the IAX2 trunks that are not disabled and have an address. */
export function iaxParties(model: Model): IaxParty[] {
  const { secrets } = model;
  const telephones = Object.entries(model.device).flatMap(([id, d]): IaxParty[] => {
    const secret = d.technology === 'iax2' ? firstPart(secrets[`device/${id}/iax2`] ?? '') : '';
    // a line that registers is cut at the first @ and :, and has no escape for them
    if (d.technology !== 'iax2' || d.host !== null || /[@:]/.test(secret)) return [];
    return [{ leg: ref('device', id), peer: id, user: id, secret, asked: null, host: null }];
  });
  const trunks = Object.entries(model.trunk).flatMap(([id, t]): IaxParty[] => {
    if (t.technology !== 'iax2' || t.disabled || t.host === null) return [];
    const outbound = secrets[`trunk/${id}/outbound`];
    const inbound = t.inboundUser === null || t.inboundUser === t.peer ? outbound : secrets[`trunk/${id}/inbound`];
    // a secret that world would take in parts cannot be asked for as a whole
    const asked = t.username === null || outbound === undefined || outbound.includes(';') ? null : { name: t.username, secret: outbound };
    return [{ leg: ref('trunk', id), peer: t.peer, user: t.inboundUser ?? t.peer, secret: firstPart(inbound ?? ''), asked, host: t.host }];
  });
  return [...telephones, ...trunks];
}

/** Section of world's iax.conf that calls for a party. */
export function iaxSection({ leg }: Pick<IaxParty, 'leg'>): string {
  return `iax-${leg.kind}-${leg.id}`;
}

/**
 * iax.conf of `world`. One socket serves all: whom the PBX calls is told by its own channel. A telephone's call comes without a name and so as a guest's; a
 * trunk's with the name and password that the model has for it, where it has any.
 */
export function worldIax(parties: readonly IaxParty[], o: { address: string; pbx: string }): string {
  const registers = parties.filter((p) => p.host === null);
  const callers = parties.map(
    (p) => `[${iaxSection(p)}]
type = peer
host = ${o.pbx}
username = ${escapeConf(p.user)}
${p.secret === '' ? '' : `secret = ${escapeConf(p.secret)}\nauth = md5\n`}`,
  );
  const asked = new Map(parties.flatMap(({ asked }) => (asked === null ? [] : [[asked.name, asked.secret] as const])));
  const users = [...asked].map(
    ([name, secret]) => `[${escapeConf(name)}]
type = user
context = iax
auth = md5
secret = ${escapeConf(secret)}
`,
  );
  return `[general]
bindaddr = ${o.address}
jitterbuffer = no
disallow = all
allow = alaw,ulaw,gsm
${registers.map((p) => `register => ${escapeConf(p.user)}${p.secret === '' ? '' : `:${escapeConf(p.secret)}`}@${o.pbx}`).join('\n')}

[guest]
type = user
context = iax
requirecalltoken = no

${[...callers, ...users].join('\n')}`;
}
