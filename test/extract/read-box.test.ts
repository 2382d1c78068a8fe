import { describe, expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { ledgerTotals } from '../../src/model/ledger.ts';
import { boxOf } from './box-of.ts';

const user = (extension: string, more: Record<string, string> = {}) => ({
  extension,
  name: `User ${extension}`,
  voicemail: 'novm',
  ringtimer: '0',
  outboundcid: '',
  ...more,
});
const device = (id: string, tech = 'sip', more: Record<string, string> = {}) => ({
  id,
  tech,
  dial: `SIP/${id}`,
  devicetype: 'fixed',
  user: id,
  description: '',
  emergency_cid: '',
  ...more,
});
const options = (id: string, held: Record<string, string>) =>
  Object.entries(held).map(([keyword, data], i) => ({ id, keyword, data, flags: String(i + 2) }));
const codes = (reading: ReturnType<typeof readBox>) => reading.findings.map((f) => f.code);

describe('mailboxes', () => {
  const conf = [
    '[general]',
    '#include vm_general.inc',
    '#include ../../etc/passwd',
    '#include gone.inc',
    '[default]',
    "108 => 4108,O'Brien, Sean,u108@clinic.example,,attach=yes|delete=yes",
    '110 => 4110,Smith & Sons; Lab #2,u110@x',
    '111 => 4111,Ivan,i@x,,attach=no|delete=yes|tz=central',
  ].join('\n');
  const reading = readBox(
    boxOf({
      tables: {
        users: [user('108', { name: "O\\'Brien, Sean" }), user('110', { name: 'Smith & Sons; Lab #2' }), user('111', { name: 'Ivan' })],
      },
      etc: { 'voicemail.conf': conf, 'vm_general.inc': 'format=wav49|gsm\nmaxmessage=180\nserveremail=pbx@x\n', 'outside.conf': '' },
    }),
  );

  it('are read as Asterisk reads the line, with the name of their extension', () => {
    expect(reading.model.mailbox['108@default']).toMatchObject({
      name: "O'Brien, Sean",
      email: 'Sean',
      pager: 'u108@clinic.example',
      options: {},
    });
    expect(reading.model.mailbox['110@default']).toMatchObject({ name: 'Smith & Sons; Lab #2', email: '' });
    expect(reading.model.mailbox['111@default']).toMatchObject({
      name: 'Ivan',
      email: 'i@x',
      attach: false,
      deleteAfterMail: true,
      options: { tz: 'central' },
    });
    expect(codes(reading).filter((code) => code === 'MAILBOX_LINE_BROKEN')).toHaveLength(2);
    expect(reading.model.settings['pbx']?.voicemail).toMatchObject({ formats: 'wav49|gsm', longestSeconds: 180, from: 'pbx@x' });
  });

  it('are never read from outside of /etc/asterisk', () => {
    expect(reading.findings).toContainEqual(expect.objectContaining({ code: 'INCLUDE_OUTSIDE', where: 'voicemail.conf:3' }));
    expect(reading.findings).toContainEqual(expect.objectContaining({ code: 'INCLUDE_MISSING', where: 'voicemail.conf:4' }));
  });
});

describe('an extension', () => {
  it('follows what is live in AstDB where the table says otherwise', () => {
    const { model } = readBox(
      boxOf({
        tables: {
          users: [user('101', { ringtimer: '30', recording: 'out=Always|in=Never' })],
          devices: [device('101'), device('2000', 'sip', { user: '101' })],
        },
        astdb: {
          'AMPUSER/101/device': '2000&101',
          'AMPUSER/101/ringtimer': '45',
          'AMPUSER/101/cidname': 'Живой',
          'CF/101': '102',
          'DND/101': 'YES',
          'CW/101': 'ENABLED',
        },
      }),
    );
    expect(model.extension['101']).toMatchObject({
      name: 'Живой',
      devices: ['2000', '101'],
      ringSeconds: 45,
      state: { forwardAlways: '102', doNotDisturb: true, callWaiting: true, forwardBusy: null },
      recording: { outExternal: 'always', outInternal: 'always', inExternal: 'never', inInternal: 'never' },
    });
  });

  it('has the devices of the table where there is no AstDB', () => {
    const box = { ...boxOf({ tables: { users: [user('101')], devices: [device('7', 'sip', { user: '101' })] } }), astdb: null };
    const reading = readBox(box);
    expect(reading.model.extension['101']?.devices).toEqual(['7']);
    expect(reading.findings).toContainEqual(expect.objectContaining({ code: 'SOURCE_INCOMPLETE', where: 'astdb' }));
  });
});

describe('a telephone', () => {
  it('keeps codecs, networks and transport in order', () => {
    const { model, findings } = readBox(
      boxOf({
        tables: {
          users: [user('122', { voicemail: 'sales' })],
          devices: [device('122')],
          sip: options('122', {
            secret: 'p;w#1=a\\b',
            disallow: 'all',
            allow: 'alaw&ulaw&g729',
            deny: '0.0.0.0/0.0.0.0',
            permit: '10.0.0.0/8&192.168.0.0/16',
            transport: 'tcp,udp',
            nat: 'force_rport,comedia',
            qualify: '4000',
            mailbox: '122@device',
            directmedia: 'nonat',
            odd: 'x',
          }),
        },
        etc: { 'voicemail.conf': '[sales]\n122 => 1,One,,,\n' },
      }),
    );
    expect(model.device['122']).toMatchObject({
      codecs: ['alaw', 'ulaw', 'g729'],
      deny: ['0.0.0.0/0.0.0.0'],
      permit: ['10.0.0.0/8', '192.168.0.0/16'],
      transport: 'tcp',
      nat: 'yes',
      qualifySeconds: 60,
      qualifyTimeoutMs: 4000,
      mailbox: '122@sales',
      directMedia: 'nonat',
    });
    expect(model.secrets['device/122/sip']).toBe('p;w#1=a\\b');
    expect(findings).toContainEqual(expect.objectContaining({ code: 'OPTION_NOT_CARRIED', where: 'sip 122/odd' }));
  });

  it('whose context nobody carries can call nobody, and an error says so', () => {
    const reading = readBox(
      boxOf({ tables: { users: [user('124')], devices: [device('124')], sip: options('124', { context: 'internal-only' }) } }),
    );
    expect(reading.findings).toContainEqual(
      expect.objectContaining({ code: 'DEVICE_CONTEXT_UNKNOWN', severity: 'error', about: { kind: 'device', id: '124' } }),
    );
  });
});

describe('outbound routes', () => {
  const route = (id: string, more: Record<string, string> = {}) => ({
    route_id: id,
    name: `R${id}`,
    outcid: '',
    outcid_mode: '',
    password: '',
    emergency_route: '',
    time_group_id: '0',
    ...more,
  });
  const pattern = (id: string, prefix: string, pass: string) => ({
    route_id: id,
    match_pattern_prefix: prefix,
    match_pattern_pass: pass,
    match_cid: '',
    prepend_digits: '',
  });
  const reading = readBox(
    boxOf({
      tables: {
        users: [user('112')],
        trunks: [{ trunkid: '1', name: 'T', tech: 'custom', channelid: 'SIP/$OUTNUM$@gw' }],
        trunk_dialpatterns: [{ trunkid: '1', match_pattern_prefix: '', match_pattern_pass: '10X', prepend_digits: '8', seq: '0' }],
        outbound_routes: [route('1', { password: '4711' }), route('2', { emergency_route: 'YES' })],
        outbound_route_sequence: [
          { route_id: '2', seq: '1' },
          { route_id: '1', seq: '0' },
        ],
        outbound_route_patterns: [pattern('1', '9', '.'), pattern('2', '', '112'), pattern('2', '', '101'), pattern('2', '9', '112')],
        outbound_route_trunks: [
          { route_id: '2', trunk_id: '1', seq: '0' },
          { route_id: '1', trunk_id: '8', seq: '0' },
        ],
      },
    }),
  );

  it('stand in the order of their sequence', () => {
    expect(reading.model['outbound-route']['1']).toMatchObject({ position: 0, asksPassword: true, trunks: [] });
    expect(reading.model['outbound-route']['2']).toMatchObject({ position: 1, emergency: true, trunks: ['1'] });
    expect(reading.model.secrets['outbound-route/1/password']).toBe('4711');
  });

  it('that keep a call for help from arriving are errors', () => {
    expect(reading.findings).toContainEqual(
      expect.objectContaining({ code: 'EMERGENCY_NUMBER_SHADOWED', severity: 'error', where: 'users 112' }),
    );
    expect(reading.findings).toContainEqual(
      expect.objectContaining({ code: 'EMERGENCY_ROUTE_SWALLOWED', severity: 'error', about: { kind: 'outbound-route', id: '2' } }),
    );
    expect(reading.findings).toContainEqual(
      expect.objectContaining({ code: 'EMERGENCY_NUMBER_REWRITTEN', severity: 'error', where: 'trunk 1' }),
    );
  });

  it('that name a trunk which is not there are told', () => {
    expect(codes(reading)).toContain('TRUNK_MISSING');
  });
});

describe('trunks', () => {
  const { model, ledger, findings } = readBox(
    boxOf({
      tables: {
        users: [user('101')],
        trunks: [
          { trunkid: '1', name: 'A', tech: 'sip', channelid: 'a', usercontext: 'in', keepcid: 'all', maxchans: '4', disabled: 'off' },
          { trunkid: '11', name: 'B', tech: 'sip', channelid: 'b', disabled: 'on' },
          { trunkid: '2', name: 'C', tech: 'sip', channelid: 'c', disabled: 'off' },
        ],
        sip: [
          ...options('tr-peer-1', {
            account: 'a',
            host: 'sip.a.example',
            username: 'u',
            secret: 'a:b@c',
            insecure: 'very',
            allow: 'alaw&ulaw',
            disallow: 'all',
            session_timers: 'refuse',
          }),
          ...options('tr-user-1', { account: 'in', secret: 'inpw', context: 'from-pstn' }),
          { id: 'tr-reg-1', keyword: 'register', data: 'u:a:b@c@sip.a.example/100', flags: '0' },
          { id: 'tr-peer-2', keyword: 'account', data: 'c', flags: '1' },
          { id: 'tr-peer-2', keyword: 'secret', data: 'x', flags: '1' },
        ],
      },
    }),
  );

  it('keep peer, user and registration apart, secrets elsewhere', () => {
    expect(model.trunk['1']).toMatchObject({
      technology: 'sip',
      callerIdPolicy: 'always',
      maxChannels: 4,
      host: 'sip.a.example',
      username: 'u',
      codecs: ['alaw', 'ulaw'],
      acceptsUnauthenticated: true,
      inboundUser: 'in',
      context: 'from-pstn',
      registrations: [expect.objectContaining({ user: 'u', contactUser: '100', host: 'sip.a.example' })],
      otherOptions: [{ name: 'session_timers', value: 'refuse' }],
    });
    expect(model.secrets).toMatchObject({ 'trunk/1/outbound': 'a:b@c', 'trunk/1/inbound': 'inpw', 'trunk/1/registration/0': 'a:b@c' });
    const told = JSON.stringify([model.trunk, ledger, findings]);
    for (const secret of ['a:b@c', 'inpw']) expect(told).not.toContain(secret);
  });

  it('are off by trunks.disabled, and by flags=1 on each of their rows', () => {
    expect(model.trunk['1']?.disabled).toBe(false);
    expect(model.trunk['11']?.disabled).toBe(true);
    expect(model.trunk['2']).toMatchObject({ disabled: true, acceptsUnauthenticated: false });
  });
});

describe('ring groups', () => {
  const group = (grpnum: string, strategy: string, more: Record<string, string> = {}) => ({
    grpnum,
    strategy,
    grptime: '20',
    grplist: '101-89161112233#',
    postdest: 'app-blackhole,busy,1',
    ringing: 'Ring',
    needsconf: '',
    ...more,
  });
  const reading = readBox(
    boxOf({
      tables: {
        users: [user('101')],
        ringgroups: [
          group('1', 'hunt-prim'),
          group('2', 'random'),
          group('3', 'ringallv2'),
          group('4', 'memoryhunt', { needsconf: 'CHECKED' }),
        ],
      },
      astdb: { 'RINGGROUP/1/changecid': 'fixed', 'RINGGROUP/1/fixedcid': '74951234500' },
    }),
  );

  it('read members, strategy and caller id', () => {
    expect(reading.model['ring-group']['1']).toMatchObject({
      strategy: 'hunt',
      firstMemberIsPrimary: true,
      ringSeconds: 20,
      members: [
        { number: '101', outside: false },
        { number: '89161112233', outside: true },
      ],
      noAnswer: { to: 'end', how: 'busy' },
      musicClass: null,
      callerId: { mode: 'fixed', fixed: '74951234500' },
    });
  });

  it('ring all at once where the old box does not know the strategy', () => {
    expect(reading.model['ring-group']['2']).toMatchObject({ strategy: 'ringall', ringSeconds: 20 });
    expect(reading.model['ring-group']['3']?.ringSeconds).toBeGreaterThan(3600);
    expect(reading.model['ring-group']['4']).toMatchObject({ strategy: 'ringall', confirms: true });
    expect(codes(reading).filter((code) => code === 'RING_GROUP_APPROXIMATED')).toHaveLength(3);
    expect(reading.ledger.sums.find((s) => s.name === 'ringgroups')).toMatchObject({ rows: 4, carried: 1, approximated: 3 });
  });
});

describe('inbound routes', () => {
  const row = (extension: string, cidnum: string, destination: string, more: Record<string, string> = {}) => ({
    extension,
    cidnum,
    destination,
    ...more,
  });
  const reading = readBox(
    boxOf({
      tables: {
        users: [user('101')],
        incoming: [
          row('_7495123451X', '', 'from-did-direct,101,1', {
            privacyman: '1',
            pmmaxretries: '2',
            pmminlength: '7',
            pricid: 'CHECKED',
            delay_answer: '2',
          }),
          row('', '', ''),
          row('', '_8495.', 'app-blackhole,busy,1'),
          row('6', '', 'from-did-direct,101,1', { privacyman: '1', pmmaxretries: '0', pmminlength: '' }),
          row('5', '', 'app-blackhole,hangup,1'),
          row('5', '', 'app-blackhole,busy,1'),
        ],
        fax_incoming: [{ extension: '5', cidnum: '', language: 'ru' }],
      },
    }),
  );

  it('are named by number and caller, patterns without their underscore', () => {
    expect(Object.keys(reading.model['inbound-route']).sort()).toEqual(['5/any', '6/any', '7495123451X/any', 'any/8495.']);
    expect(reading.model['inbound-route']['7495123451X/any']).toMatchObject({
      did: '7495123451X',
      callerId: '',
      callerIdFirst: true,
      waitSeconds: 2,
      privacyManager: { retries: 2, shortest: 7 },
    });
  });

  it('ask for a number three times, for ten digits, where the old box says nothing that Asterisk takes', () => {
    expect(reading.model['inbound-route']['6/any']?.privacyManager).toEqual({ retries: 3, shortest: 10 });
  });

  it('without a destination are inert, and of two alike the first is carried', () => {
    expect(reading.ledger.sums.find((s) => s.name === 'incoming')).toMatchObject({ rows: 6, carried: 4, dropped: 2 });
    expect(codes(reading)).toContain('INBOUND_DUPLICATE');
    expect(reading.findings).toContainEqual(
      expect.objectContaining({ code: 'INBOUND_EXTRA_NOT_CARRIED', about: { kind: 'inbound-route', id: '5/any' } }),
    );
  });
});

describe('the ledger', () => {
  it('speaks of every row, and shows one that it does not speak of', () => {
    const box = boxOf({
      tables: { users: [user('101')], odd: [{ a: '1' }, { a: '2' }] },
      astdb: { 'own/1': 'x' },
      etc: { 'mine_custom.conf': '[a]\nb=c\n' },
    });
    expect(ledgerTotals(readBox(box).ledger)).toMatchObject({ unaccounted: 0, unknown: 4 });
    const odd = box.tables.get('odd');
    if (odd === undefined) throw new Error('no table');
    // the server counted a row that did not come
    const short = { ...box, tables: new Map([...box.tables, ['odd', { ...odd, count: 3 }]]) };
    expect(ledgerTotals(readBox(short).ledger).unaccounted).toBe(1);
  });

  it('names a column that nobody asks for and that holds something', () => {
    const reading = readBox(boxOf({ tables: { users: [user('101', { added_by_hand: 'yes' }), user('102', { added_by_hand: '' })] } }));
    expect(reading.findings).toContainEqual(expect.objectContaining({ code: 'COLUMN_UNREAD', where: 'users.added_by_hand' }));
  });

  it('holds no PIN, though the key of a table does', () => {
    const box = boxOf({ tables: { users: [user('101')], daynight: [{ ext: '0', dmode: 'password', dest: '73910' }] } });
    const daynight = box.tables.get('daynight');
    if (daynight === undefined) throw new Error('no table');
    const keyed = { ...box, tables: new Map([...box.tables, ['daynight', { ...daynight, primaryKey: ['ext', 'dmode', 'dest'] }]]) };
    expect(JSON.stringify(readBox(keyed).ledger)).not.toContain('73910');
  });
});
