import type { Some } from '../render/some-pbx.ts';

/** Names of its telephones. */
export const TELEPHONES = Array.from({ length: 20 }, (_, n) => String(101 + n));

/** Numbers at the carrier, and the telephones that ring for each. */
export const DIDS: Readonly<Record<string, readonly string[]>> = { '74951234500': ['103', '104'], '74951234501': ['105'] };

/** The program that calls customers over AMI. */
export const DIALLER = { user: 'dialler', secret: 'call;them#all' };

/** What the PBX is known by at the carrier. */
export const LINE = { user: 'house', secret: 'Re;g#1' };

/** Passwords as old boxes have them. */
const AWKWARD: Readonly<Record<string, string>> = { '101': 'p;w#1=a\\b', '102': 'quo"te,com ma' };
export const PASSWORDS = Object.fromEntries(TELEPHONES.map((name) => [name, AWKWARD[name] ?? `of-${name}`]));

/** A house of twenty telephones, with two numbers at a carrier and a dialler. @param carrier its address */
export function house(carrier: string): Some {
  const each = <T>(row: (name: string) => T): Record<string, T> => Object.fromEntries(TELEPHONES.map((name) => [name, row(name)]));
  const [group, single] = Object.keys(DIDS) as [string, string];
  const [line] = DIDS[single] as [string];
  return {
    settings: { pbx: { timeZone: 'Europe/Moscow', toneZone: 'ru' } },
    extension: each((name) => ({ name: `Room ${name}`, devices: [name], voicemail: `${name}@default`, ringSeconds: '20' })),
    device: each((name) => ({ technology: 'sip', extension: name, description: `Room ${name}`, mailbox: `${name}@default` })),
    mailbox: Object.fromEntries(TELEPHONES.map((name) => [`${name}@default`, { name: `Room ${name}` }])),
    trunk: {
      '1': {
        technology: 'sip',
        name: 'Carrier',
        peer: 'carrier',
        host: carrier,
        username: LINE.user,
        registrations: [{ host: carrier, user: LINE.user, contactUser: group }],
      },
    },
    'outbound-route': { '1': { name: 'City', position: '0', patterns: [{ match: '7XXXXXXXXXX' }], trunks: ['1'] } },
    'inbound-route': {
      [`${group}/any`]: { did: group, destination: { to: 'ring-group', id: '600' } },
      [`${single}/any`]: { did: single, destination: { to: 'extension', id: line, by: 'direct' } },
    },
    'ring-group': {
      '600': { description: 'Desk', strategy: 'ringall', ringSeconds: '20', members: (DIDS[group] ?? []).map((number) => ({ number })) },
    },
    'ami-user': { [DIALLER.user]: { permit: ['0.0.0.0/0.0.0.0'], read: ['call'], write: ['call', 'originate'] } },
    secrets: {
      ...Object.fromEntries(Object.entries(PASSWORDS).map(([name, secret]) => [`device/${name}/sip`, secret])),
      ...Object.fromEntries(TELEPHONES.map((name) => [`mailbox/${name}@default/pin`, `4${name}`])),
      'trunk/1/outbound': LINE.secret,
      'trunk/1/registration/0': LINE.secret,
      [`ami-user/${DIALLER.user}/secret`]: DIALLER.secret,
    },
  };
}
