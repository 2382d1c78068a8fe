import { describe, expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { numbering } from '../../src/model/numbering.ts';
import { areFound, newFindings } from './planted.ts';
import { featureCode, group, incoming, pattern, person, queue, queueOptions, route, trunk } from './planted-rows.ts';
import { keywords, soundBox } from './sound-box.ts';

const sip = (options: Record<string, string>) => ({
  tables: { sipsettings: Object.entries(options).map(([keyword, data], i) => ({ keyword, data, seq: String(i), type: '0' })) },
});
const amiUser = (manager_id: string, secret: string) => ({
  manager_id,
  name: 'crm',
  secret,
  deny: '0.0.0.0/0.0.0.0',
  permit: '127.0.0.1/255.255.255.255',
  read: 'call',
  write: 'call',
});
const mailboxes = (...lines: string[]) => ({ etc: { 'voicemail.conf': ['[general]', '[default]', ...lines, ''].join('\n') } });
const lot = (numslots: string) => ({ id: '1', defaultlot: 'yes', parkext: '70', parkpos: '71', numslots, parkingtime: '45' });
const withoutOrder = {
  outbound_routes: [route('2', { name: 'abroad' })],
  outbound_route_patterns: [pattern('2', '00.')],
  outbound_route_trunks: [{ route_id: '2', trunk_id: '1', seq: '0' }],
};

describe('on boxes that nobody has seen it is told that', () => {
  areFound([
    ['a route has no place in the order', { tables: withoutOrder }, 'ROUTE_INERT', 'outbound-route/2', /abroad/],
    [
      'a dial rule is of a trunk that is gone',
      {
        tables: {
          trunk_dialpatterns: [{ trunkid: '88', match_pattern_prefix: '', match_pattern_pass: 'X.', prepend_digits: '', seq: '0' }],
        },
      },
      'OWNER_MISSING',
      'trunk/88',
    ],
    ['two AMI users have one name', { tables: { manager: [amiUser('1', 'aa'), amiUser('2', 'bb')] } }, 'OBJECT_TWICE', 'ami-user/crm'],
    [
      'a mailbox has two lines',
      mailboxes('201 => 4711,Anna', '201 => 815,Bert'),
      'OBJECT_TWICE',
      'mailbox/201@default',
      /voicemail\.conf:4.*voicemail\.conf:3/,
    ],
    ['a mailbox asks for no PIN', mailboxes('201 => ,Anna'), 'SECRET_GUESSABLE', 'mailbox/201@default', /no PIN/],
    [
      'a telephone is forwarded to what is no number',
      { astdb: { 'CFB/201': 'Local/202@from-internal' } },
      'NUMBER_NOWHERE',
      'extension/201',
      /no number/,
    ],
    [
      'a list of members was cut',
      { tables: { ringgroups: [group('600', Array(64).fill('201').join('-'))] } },
      'MEMBERS_CUT',
      'ring-group/600',
    ],
    [
      'a destination was cut by its column',
      { tables: { incoming: [incoming('4420702', 'custom-night-reception-for-guests-and-suppliers,s,1'.slice(0, 50))] } },
      'DESTINATION_MISSING',
      'inbound-route/4420702/any',
      /likely cut/,
    ],
    [
      'a mailbox tells the time by a zone of its own',
      mailboxes('201 => 4711,Anna,,,tz=madrid', '[zonemessages]', "madrid=Europe/Madrid|'vm-received' Q"),
      'OPTION_NOT_CARRIED',
      'mailbox/201@default',
      /madrid/,
    ],
    [
      'a telephone belongs to somebody with no number',
      { astdb: { 'DEVICE/201/user': 'x"];(' } },
      'DEVICE_OF_NOBODY',
      'device/201',
      /no telephone can key/,
    ],
    [
      'a parking lot has more slots than there are numbers',
      { tables: { parkplus: [lot('2147483647')] } },
      'PARKING_UNREADABLE',
      'parking/1',
    ],
    [
      'an agent is logged in at a telephone that is gone',
      {
        tables: { queues_config: [queue('700')], queues_details: queueOptions('700', ['strategy', 'ringall'], ['member', 'SIP/201,0']) },
        astdb: { 'Queue/PersistentMembers/700': 'SIP/4776;0;1;;' },
      },
      'MEMBER_MISSING',
      'queue/700',
      /SIP\/4776/,
    ],
    ['speech has no range of ports', sip({ rtpstart: '10000', rtpend: '9000' }), 'SETTING_UNUSABLE', 'settings/pbx', /10000 to 9000/],
    [
      'a local network is none',
      sip({ localnet_0: '192.168.0.0', netmask_0: '33' }),
      'SETTING_UNUSABLE',
      'settings/pbx',
      /192\.168\.0\.0\/33/,
    ],
    [
      'the address outside is none',
      sip({ nat_mode: 'externip', externip_val: 'ask the provider' }),
      'SETTING_UNUSABLE',
      'settings/pbx',
      /ask the provider/,
    ],
    [
      'a module is unknown',
      { tables: { modules: [{ modulename: 'oasis_hotel', version: '1', enabled: '1' }] } },
      'MODULE_UNKNOWN',
      null,
      /oasis/,
    ],
    [
      'a script with a blank in its name is not there',
      { etc: { 'extensions_custom.conf': '[from-internal-custom]\nexten => 66,1,AGI(check in.php|1)\n' } },
      'AGI_SCRIPT_MISSING',
      'agi-script/check in.php',
    ],
  ]);
});

it('who has no place in the order of routes opens no way abroad', () => {
  const { model, ledger } = readBox(soundBox({ tables: withoutOrder }));
  expect(Object.keys(model['outbound-route'])).toEqual(['1']);
  expect(ledger.entries.filter((e) => e.fate === 'dropped' && /no place in the order/.test(e.because ?? ''))).toHaveLength(3);
});

it('what a telephone records is what AstDB of 2.8 says, where the table disagrees', () => {
  const box = soundBox({
    tables: person('210', { user: { recording: 'out=Adhoc|in=Adhoc' } }),
    astdb: { 'AMPUSER/210/device': '210', 'AMPUSER/210/recording': 'out=Always|in=Never' },
  });
  const { model, ledger } = readBox(box);
  expect(model.extension['210']?.recording).toMatchObject({ outExternal: 'always', inExternal: 'never' });
  expect(ledger.entries.find((e) => e.key === '210/recording')?.fate).toBe('carried');
});

it("a row for the caller 'any' is nobody's, and takes no other row's calls", () => {
  const rows = [incoming('', 'from-did-direct,203,1', { cidnum: 'any' }), incoming('', 'from-did-direct,202,1')];
  const { model } = readBox(soundBox({ tables: { incoming: rows } }));
  expect(model['inbound-route']['any/any']).toMatchObject({ destination: { id: '202' } });
});

it('a telephone at a fixed address with a port that is none is called there', () => {
  const { model } = readBox(soundBox({ tables: person('210', { sip: { host: 'desk.example.net', port: 'abc' } }) }));
  expect(model.device['210']).toMatchObject({ host: 'desk.example.net' });
});

it("a code that no telephone can key is in nobody's way", () => {
  const { model } = readBox(soundBox({ tables: { featurecodes: [featureCode('paging', 'intercom-prefix', '*8X')] } }));
  expect(numbering(model).claims.patterns.filter((c) => c.pattern.startsWith('*8X'))).toEqual([]);
  expect([...numbering(model).numbers.keys()].filter((n) => n.startsWith('*8X'))).toEqual([]);
});

it('a range of ports that is none leaves the usual one', () => {
  const { model } = readBox(soundBox(sip({ rtpstart: '10000', rtpend: '9000' })));
  expect(model.settings['pbx']?.rtp).toEqual({ first: 10000, last: 20000 });
});

it('an address outside keeps its name or number, without the port that was written behind it', () => {
  const address = (externip_val: string) =>
    readBox(soundBox(sip({ nat_mode: 'externip', externip_val }))).model.settings['pbx']?.sip?.externalAddress;
  expect([address('203.0.113.9:5060'), address('pbx.example.net'), address('ask the provider')]).toEqual([
    '203.0.113.9',
    'pbx.example.net',
    null,
  ]);
});

it('an option by hand that has no place is told by its name', () => {
  const planted = { etc: { 'sip_custom_post.conf': '[201](+)\ncall-limit=1\nmoh-suggest=x\n' } };
  const told = newFindings(planted).filter((f) => f.code === 'OPTION_NOT_CARRIED');
  expect(told.map((f) => f.means)).toContainEqual(expect.stringContaining("'moh-suggest'"));
});

describe("IssabelPBX's own PJSIP", () => {
  const peer = {
    account: 'acme',
    username: 'acme1',
    secret: 'S3cret of acme',
    authentication: 'outbound',
    registration: 'send',
    server: 'sip.acme.example',
    port: '5080',
    context: 'from-pstn',
    transport: 'transport-tcp',
    dtmf_mode: 'inband',
    qualify_frequency: '60',
    rtp_symmetric: 'yes',
    rewrite_contact: 'no',
    match: '198.51.100.0/28,198.51.100.77',
    codecs: 'alaw,g729',
    contact_user: '4420701',
    expiration: '600',
    t38_udptl: 'no',
    from_user: 'acme1',
  };
  const carrier = (more: Record<string, string> = {}) =>
    soundBox({
      tables: {
        trunks: [trunk('2', { tech: 'pjsip', channelid: 'acme' })],
        sip: [
          ...keywords('pjsip-2', { ...peer, ...more }),
          ...keywords('tr-reg-2', { register: 'acme1:S3cret of acme@sip.acme.example:5080' }),
        ],
      },
    });

  it('has trunks that call out, are called from their addresses and register', () => {
    const { model, findings, ledger } = readBox(carrier());
    expect(model.trunk['2']).toMatchObject({
      technology: 'sip',
      peer: 'acme',
      host: 'sip.acme.example',
      port: 5080,
      username: 'acme1',
      addresses: ['198.51.100.0/28', '198.51.100.77'],
      transport: 'tcp',
      dtmfMode: 'inband',
      nat: 'route',
      qualifySeconds: 60,
      codecs: ['alaw', 'g729'],
      context: 'from-pstn',
      acceptsUnauthenticated: true,
      registrations: [
        { host: 'sip.acme.example', port: 5080, transport: 'tcp', user: 'acme1', contactUser: '4420701', expirySeconds: 600 },
      ],
      otherOptions: [],
    });
    expect(model.secrets).toMatchObject({ 'trunk/2/outbound': peer.secret, 'trunk/2/registration/0': peer.secret });
    expect(findings.filter((f) => f.about?.id === '2' || /pjsip-2/.test(f.where ?? ''))).toEqual([]);
    expect(ledger.entries.filter((e) => /^(?:pjsip|tr-reg)-2/.test(e.key) && e.fate !== 'carried')).toEqual([]);
  });

  it('has trunks that register here, and those that must say who they are', () => {
    expect(readBox(carrier({ registration: 'receive', authentication: 'both' })).model.trunk['2']).toMatchObject({
      host: null,
      registrations: [],
      acceptsUnauthenticated: false,
    });
  });

  it('has telephones with options by their names in pjsip.conf', () => {
    const sip = {
      media_encryption: 'sdes',
      direct_media: 'yes',
      transport: 'transport-tls',
      qualifyfreq: '30',
      max_contacts: '1',
      ice_support: 'no',
      dial: 'PJSIP/210',
    };
    const planted = { tables: person('210', { device: { tech: 'pjsip', dial: 'PJSIP/210' }, sip }) };
    expect(readBox(soundBox(planted)).model.device['210']).toMatchObject({
      technology: 'sip',
      encryption: true,
      directMedia: 'yes',
      transport: 'tls',
      qualifySeconds: 30,
    });
    expect(newFindings(planted).filter((f) => f.code === 'OPTION_NOT_CARRIED')).toEqual([]);
  });
});
