import { carrierPeer, device, featureCode, followMe, incoming, pattern, trunk, user, wakeUp, wholeRoute } from '../extract/planted-rows.ts';
import { keywords, type Planted, telephone } from '../extract/sound-box.ts';
import { CALL_FAULTS } from './call-faults.ts';
import { UNSEEN_FAULTS } from './unseen-faults.ts';

const DESK = 'app-blackhole,busy,1';

/** What is broken of people, telephones, carriers, AstDB and files. */
const OTHER_FAULTS: readonly Planted[] = [
  // people and telephones
  {
    tables: {
      users: [
        user('9010', {
          voicemail: 'default',
          ringtimer: '-1',
          outboundcid: '"x" <12;3>',
          noanswer_dest: 'ext-group,666,1',
          sipname: '9001',
        }),
        user('9010', { name: 'Twice' }),
        user('9011', { name: 'Eve; [x]\nexten => 1,1,System(id)' }),
        user('9018', { name: '${SHELL(id)}' }),
        user('2,0;5'),
        user('9012'),
      ],
    },
  },
  {
    tables: {
      devices: [
        device('9010'),
        device('9010'),
        device('9011'),
        device('9018'),
        device('2,0;5'),
        device('9013'),
        device('9014', { tech: 'sccp' }),
        device('9015', { user: 'none', devicetype: 'adhoc' }),
        device('9016', { tech: 'dahdi', dial: 'DAHDI/5' }),
        device('9017', { tech: 'custom', dial: 'Local/9001@nowhere/n' }),
      ],
    },
  },
  {
    tables: {
      sip: [
        ...telephone('9010', {
          secret: 'ab;c#d"e\\f[g]$h',
          permit: '300.1.1.1/99',
          port: 'abc',
          disallow: 'all',
          allow: 'siren99&g729',
          dtmfmode: 'smoke',
          frobnicate: 'yes',
          context: 'nowhere',
        }),
        ...telephone('9011', { secret: '9011', permit: '' }),
        ...telephone('9018', { secret: '' }),
        ...telephone('2,0;5'),
        ...telephone('9013'),
        ...telephone('9015'),
        ...telephone('9099'),
      ],
    },
  },
  { etc: { 'voicemail.conf': '9020 => 1234,Ghost,,,\n9001 => 9001,Person, 9001,p@x.org,attach=yes\nbroken line\n9002 =>\n' } },
  // ways out
  {
    tables: {
      ...wholeRoute('91', '8[1-'),
      trunks: [
        trunk('91', { tech: 'misdn' }),
        trunk('92', { tech: 'custom', channelid: 'Dongle/d0/$OUTNUM$' }),
        trunk('93', { tech: 'dundi' }),
        trunk('94', { tech: 'dahdi', channelid: 'g0' }),
        trunk('95', { channelid: '9001' }),
        trunk('96', { maxchans: 'many', failscript: 'x.agi' }),
        trunk('97', { disabled: 'on' }),
        trunk('98', { tech: 'enum', channelid: '' }),
      ],
    },
  },
  {
    tables: {
      ...wholeRoute('92', '8|XXX'),
      sip: [
        ...carrierPeer('95'),
        ...keywords('tr-peer-96', { type: 'peer' }),
        ...keywords('tr-reg-96', { register: '@@@::' }),
        ...carrierPeer('97'),
        ...carrierPeer('99'),
      ],
    },
  },
  { tables: wholeRoute('93', '.') },
  { tables: wholeRoute('94', 'NXXXXXX', { time_group_id: '777', password: 'abc' }) },
  {
    tables: {
      outbound_routes: [{ ...(wholeRoute('95', 'x').outbound_routes[0] ?? {}) }],
      outbound_route_patterns: [
        pattern('95', '_9.'),
        pattern('95', '9.'),
        pattern('88', 'X.'),
        pattern('95', '', { match_pattern_prefix: '9', match_cid: '_2XX' }),
        pattern('95', '[2-', { match_cid: '[' }),
        pattern('95', 'xXzZnN', { prepend_digits: 'w9;' }),
      ],
      outbound_route_trunks: [{ route_id: '95', trunk_id: '777', seq: 'x' }],
      pinset_usage: [{ pinsets_id: '55', dispname: 'routing', foreign_id: '95' }],
    },
  },
  {
    tables: {
      trunk_dialpatterns: [
        { trunkid: '95', match_pattern_prefix: '', match_pattern_pass: '[', prepend_digits: 'x;', seq: '0' },
        { trunkid: '95', match_pattern_prefix: '0', match_pattern_pass: 'X.', prepend_digits: '0049', seq: '0' },
      ],
    },
  },
  // ghosts
  {
    astdb: {
      'AMPUSER/9999/cidname': 'Ghost',
      'DEVICE/9998/dial': 'SIP/9998',
      'CF/9999': '9001',
      'CW/9999': 'ENABLED',
      'DND/9999': 'YES',
      'TC/777': 'true',
      'RINGGROUP/9699/changecid': 'fixed',
      'weird/a': 'b',
      'blacklist/+44 (20) 7': '1',
      'sysspeeddials/x': '1',
      'AMPUSER/9001/speeddials/1': '9999',
      'AMPUSER/9001/weird/deep/key': '1',
      'AMPUSER/9001/device': '9001&9997',
    },
  },
  // small ones
  {
    tables: {
      crm_calls: [{ id: '1', what: 'x' }],
      meetme: [
        { exten: '9800', options: 'wZ', userpin: '1', adminpin: '1', description: 'c', joinmsg_id: '77', music: '', users: 'x' },
        { exten: '9001', options: '', userpin: '', adminpin: '', description: 'c', joinmsg_id: '0', music: '', users: '0' },
      ],
      paging_config: [
        { page_group: '9811', force_page: '0', duplex: '0', description: 'x' },
        { page_group: '9812', force_page: '0', duplex: '0', description: 'x' },
      ],
      paging_groups: [
        { page_number: '9811', ext: '9999' },
        { page_number: '9813', ext: '9001' },
      ],
    },
  },
  {
    tables: {
      disa: [
        {
          disa_id: '1',
          displayname: 'd',
          pin: '',
          cid: '"a;b" <1>',
          context: 'nowhere',
          digittimeout: '-5',
          resptimeout: 'x',
          needconf: '',
          hangup: '',
          keepcid: '1',
        },
      ],
      callback: [{ callback_id: '1', description: 'x', callbacknum: '12345', destination: DESK, sleep: '-1', deptname: '' }],
      miscdests: [
        { id: '92', description: 'x', destdial: '' },
        { id: '93', description: 'x', destdial: '12345' },
      ],
      languages: [{ language_id: '1', lang_code: 'xx;y', description: 'x', dest: DESK }],
      incoming: [
        incoming('900400', 'disa,1,1'),
        incoming('900401', 'callback,1,1'),
        incoming('900402', 'ext-miscdests,92,1'),
        incoming('900403', 'ext-miscdests,93,1'),
        incoming('900404', 'app-languages,1,1'),
        incoming('900405', 'ext-meetme,9800,1'),
      ],
    },
  },
  {
    tables: {
      parkplus: [
        {
          id: '1',
          defaultlot: 'yes',
          type: 'public',
          name: 'Lot',
          parkext: '70',
          parkpos: '9001',
          numslots: '8',
          parkingtime: '45',
          findslot: 'first',
          generatefc: 'yes',
          generatehints: 'yes',
          parkedmusicclass: 'default',
          dest: 'ext-group,666,1',
          comebacktoorigin: 'no',
        },
      ],
      featurecodes: [
        featureCode('core', 'pickup', '*72'),
        featureCode('infoservices', 'speakingclock', ''),
        featureCode('infoservices', 'calltrace', '9002'),
        featureCode('nomodule', 'nofeature', '*999'),
      ],
    },
  },
  {
    // two rows of what is one, numbers that are none, names that a shell would read, and calls that were ordered
    tables: {
      hotelwakeup: [wakeUp({ maxretries: '-9', waittime: '99999', cnam: '$(id)`id`";rm', cid: '<*68>;', operator_extensions: 'X[,,' })],
      hotelwakeup_calls: [{ time: '1480000000', ext: '9999', cid: '', cnam: '', frequency: '0' }],
    },
    astdb: { 'cidname/79161112255': '', 'cidname/not a number': 'Nobody', 'cidname/79161112266': 'Жук, "A|B"' },
  },
  {
    tables: {
      manager: [
        { manager_id: '1', name: 'crm', secret: 'crm', deny: '', permit: 'office', read: 'all', write: 'all' },
        { manager_id: '2', name: 'evil]\n[x', secret: 'y', deny: '', permit: '', read: '', write: '' },
      ],
      findmefollow: [followMe('9999', '9001', ''), followMe('9001', '9998-x#', 'from-did-direct,9001,1')],
      pinsets: [{ pinsets_id: '1', passwords: '\n1\nabc\n', description: 'p', addtocdr: '0', deptname: '' }],
    },
  },
  {
    etc: {
      'extensions_custom.conf':
        '#include missing.conf\n[from-internal-custom]\nexten => 9900,1,Goto(nowhere,s,1)\nexten => 9901,1,Goto(from-internal-custom,9901,1)\nexten => 9902,1,NoSuchApp(x)\nexten => 9903,1,Dial(SIP/9001|20|tr)\n',
      'globals_custom.conf': 'X=1\n',
      'some_odd.conf': '[a]\nb=c\n',
      'agents.conf': '[agents]\nwrapuptime=soon\nagent => 1001,43;21,Bad ]name\nagent => x,1\nagent => 1002,${SHELL(id)},"\nagent =>\n',
    },
  },
  {
    tables: {
      customcontexts_contexts: [
        {
          context: 'odd',
          description: 'Odd',
          dialrules: '9|[1-\n|\n_X|X.\nabc def',
          faildestination: 'from-internal,${EXTEN},1',
          featurefaildestination: 'ext-group,666,1',
          failpin: '/etc/passwd',
          featurefailpin: 'a,b',
        },
      ],
      customcontexts_includes: [{ context: 'odd', include: 'nowhere', timegroupid: '999', sort: 'x', userules: 'maybe' }],
    },
  },
  {
    astdb: {
      'AMPUSER/9010/vmx/unavail/state': 'enabled',
      'AMPUSER/9010/vmx/unavail/1/ext': '9999',
      'AMPUSER/9010/vmx/unavail/2/ext': 'a,b;c',
      'AMPUSER/9010/vmx/unavail/0/context': 'nowhere',
      'AMPUSER/9010/vmx/unavail/repeat': '-3',
      'AMPUSER/9010/vmx/unavail/loops': '1000000',
      'AMPUSER/9010/vmx/busy/state': 'enabled',
      'AMPUSER/9010/vmx/temp/state': 'enabled',
      'AMPUSER/9998/vmx/unavail/state': 'enabled',
    },
  },
  {
    tables: {
      dialplaninjection_dialplaninjections: [
        { id: '7', description: 'Night\n[x]', destination: 'injection-7,s,1', exten: '_96X|.' },
        { id: '8', description: 'Lost; gone', destination: 'ext-group,666,1', exten: 'a b' },
      ],
      dialplaninjection_commands: [
        { id: '1', injectionid: '7', command: '(here),Set(x=${y)', sort: '1' },
        { id: '2', injectionid: '8', command: 'GotoIf($["${EXTEN}"="7"]?injection-9,s,1', sort: '2' },
        { id: '3', injectionid: '99', command: 'Answer()', sort: '1' },
      ],
    },
  },
];

/** All that is broken on old boxes, in one. */
export const FAULTS: readonly Planted[] = [...CALL_FAULTS, ...OTHER_FAULTS, ...UNSEEN_FAULTS];
