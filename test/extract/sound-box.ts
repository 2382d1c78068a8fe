import type { Box } from '../../src/box/box.ts';
import { boxOf } from './box-of.ts';

type Rows = Record<string, string | null>[];

/** What a test puts into a box, or instead of what is there. */
export interface Planted {
  readonly tables?: Record<string, Rows>;
  readonly astdb?: Record<string, string>;
  readonly etc?: Record<string, string>;
}

/** A person as the page writes one where nothing is filled in. */
export const plainUser = (extension: string) => ({
  extension,
  password: '',
  name: `Person ${extension}`,
  voicemail: 'novm',
  ringtimer: '0',
  noanswer: '',
  recording: '',
  outboundcid: '',
  sipname: '',
  mohclass: 'default',
  noanswer_dest: '',
  busy_dest: '',
  chanunavail_dest: '',
});

export const plainDevice = (id: string) => ({
  id,
  tech: 'sip',
  dial: `SIP/${id}`,
  devicetype: 'fixed',
  user: id,
  description: id,
  emergency_cid: '',
});

/** A row a keyword, as `sip` and its like have them. */
export function keywords(id: string, options: Record<string, string>): Rows {
  return Object.entries(options).map(([keyword, data], i) => ({ id, keyword, data, flags: String(i + 2) }));
}

export const telephone = (id: string, options: Record<string, string> = {}): Rows =>
  keywords(id, {
    secret: `S3cret of ${'abcdefghij'.charAt(Number(id) % 10)}${'klmnopqrst'.charAt(Number(id) % 7)}`,
    dtmfmode: 'rfc2833',
    context: 'from-internal',
    host: 'dynamic',
    type: 'friend',
    nat: 'yes',
    port: '5060',
    qualify: 'yes',
    deny: '0.0.0.0/0.0.0.0',
    permit: '0.0.0.0/0.0.0.0',
    disallow: '',
    allow: '',
    dial: `SIP/${id}`,
    ...options,
  });

const PEOPLE = ['201', '202', '203', '204'];

/** A box in the shape of FreePBX 2.11 in which nothing is wrong: four telephones, a carrier, a route out and one in. Nothing is to be found in it. */
const TABLES: Record<string, Rows> = {
  admin: [{ variable: 'version', value: '2.11.0.38' }],
  users: PEOPLE.map(plainUser),
  devices: PEOPLE.map(plainDevice),
  sip: [
    ...PEOPLE.flatMap((id) => telephone(id)),
    ...keywords('tr-peer-1', { host: '198.51.100.7', type: 'peer', username: 'acme', secret: 'S3cret of a carrier', qualify: 'yes' }),
  ],
  trunks: [
    {
      trunkid: '1',
      name: 'carrier',
      tech: 'sip',
      outcid: '',
      keepcid: 'off',
      maxchans: '',
      failscript: '',
      dialoutprefix: '',
      channelid: 'carrier',
      usercontext: '',
      provider: '',
      disabled: 'off',
      continue: 'off',
    },
  ],
  outbound_routes: [
    {
      route_id: '1',
      name: 'town',
      outcid: '',
      outcid_mode: '',
      password: '',
      emergency_route: '',
      intracompany_route: '',
      mohclass: 'default',
      time_group_id: null,
      dest: '',
    },
  ],
  outbound_route_sequence: [{ route_id: '1', seq: '0' }],
  outbound_route_patterns: [{ route_id: '1', match_pattern_prefix: '9', match_pattern_pass: 'NXXXXXX', match_cid: '', prepend_digits: '' }],
  outbound_route_trunks: [{ route_id: '1', trunk_id: '1', seq: '0' }],
  incoming: [
    {
      extension: '4420700',
      cidnum: '',
      destination: 'from-did-direct,201,1',
      description: 'Door',
      grppre: '',
      mohclass: 'default',
      pricid: '',
    },
  ],
};

const astdbOf = (id: string) => ({
  [`AMPUSER/${id}/cidname`]: `Person ${id}`,
  [`AMPUSER/${id}/cidnum`]: id,
  [`AMPUSER/${id}/device`]: id,
  [`AMPUSER/${id}/voicemail`]: 'novm',
  [`DEVICE/${id}/dial`]: `SIP/${id}`,
  [`DEVICE/${id}/type`]: 'fixed',
  [`DEVICE/${id}/user`]: id,
  [`DEVICE/${id}/default_user`]: id,
});

/** The sound box with something planted: a table's rows come after those that are there, unless they are a function of them. */
export function soundBox(planted: Planted = {}): Box {
  const tables = { ...TABLES };
  for (const [name, rows] of Object.entries(planted.tables ?? {})) tables[name] = [...(tables[name] ?? []), ...rows];
  return boxOf({
    tables,
    astdb: { ...Object.assign({}, ...PEOPLE.map(astdbOf)), ...planted.astdb },
    etc: { 'voicemail.conf': '[general]\n[default]\n', 'extensions_custom.conf': '', ...planted.etc },
  });
}
