import {
  announcement,
  device,
  featureCode,
  group,
  incoming,
  ivr,
  menuKey,
  pattern,
  person,
  route,
  trunk,
  user,
} from '../extract/planted-rows.ts';
import { keywords, type Planted } from '../extract/sound-box.ts';

const DESK = 'app-blackhole,busy,1';
const amiUser = (manager_id: string) => ({
  manager_id,
  name: 'twin',
  secret: `S${manager_id}`,
  deny: '0.0.0.0/0.0.0.0',
  permit: '127.0.0.1/255.255.255.255',
  read: 'call',
  write: 'call',
});

/** What a judge found who knew the readers from the outside alone. Each has numbers of its own, 8900 and more. */
export const UNSEEN_FAULTS: readonly Planted[] = [
  // a number that no dialplan can dial, and a code that is somebody's number
  {
    tables: {
      miscdests: [{ id: '96', description: 'pauses', destdial: '0w5551234,,2' }],
      miscapps: [{ miscapps_id: '96', ext: '*8997', description: 'x', dest: DESK }],
      featurecodes: [featureCode('miscapps', 'miscapp_96', '*8997')],
      incoming: [incoming('890001', 'ext-miscdests,96,1'), incoming('890002', 'ext-featurecodes,*8997,1')],
    },
  },
  // keys where there is nothing to hear, and PINs that are keyed after a menu
  {
    tables: {
      recordings: [{ id: '896', displayname: 'gone', filename: 'custom/gone', description: '', fcode: '0', fcode_pass: '' }],
      announcement: [announcement('96', 'ivr-896,s,1', { recording_id: '896', allow_skip: '1' })],
      ivr_details: [ivr('896')],
      ivr_entries: [menuKey('896', '1', 'ext-meetme,8996,1'), menuKey('896', '2', 'disa,96,1')],
      meetme: [{ exten: '8996', options: '', userpin: '1234', adminpin: '1234', description: 'c', joinmsg_id: '0', music: '', users: '0' }],
      disa: [
        {
          disa_id: '96',
          displayname: 'd',
          pin: '12,abc',
          cid: '',
          context: 'from-internal',
          digittimeout: '5',
          resptimeout: '10',
          needconf: '',
          hangup: '',
          keepcid: '1',
        },
      ],
      incoming: [incoming('890003', 'app-announcement-96,s,1')],
    },
  },
  // ways out
  {
    tables: {
      outbound_routes: [route('896', { name: 'no place' })],
      outbound_route_patterns: [
        { route_id: '896', match_pattern_prefix: '', match_pattern_pass: '00.', match_cid: '', prepend_digits: '' },
      ],
      outbound_route_trunks: [{ route_id: '896', trunk_id: '896', seq: '0' }],
      trunks: [trunk('896', { tech: 'pjsip', channelid: 'acme' })],
      trunk_dialpatterns: [{ trunkid: '8888', match_pattern_prefix: '', match_pattern_pass: 'X.', prepend_digits: '', seq: '0' }],
      sip: keywords('pjsip-896', { account: 'acme', server: '198.51.100.99', username: 'a', secret: 'S3cret', registration: 'send' }),
    },
  },
  // what dials itself without end: a telephone, two of them, and a carrier
  {
    tables: {
      users: ['8902', '8903', '8904'].map((id) => user(id)),
      devices: [
        device('8902', { tech: 'custom', dial: 'Local/8902@from-internal/n' }),
        device('8903', { tech: 'custom', dial: 'Local/8904@from-internal' }),
        device('8904', { tech: 'custom', dial: 'Local/8903@from-internal/n' }),
      ],
      trunks: [trunk('897', { tech: 'custom', channelid: 'Local/$OUTNUM$@from-internal' })],
      outbound_routes: [route('897')],
      outbound_route_patterns: [pattern('897', '8940X')],
      outbound_route_trunks: [{ route_id: '897', trunk_id: '897', seq: '0' }],
      outbound_route_sequence: [{ route_id: '897', seq: '897' }],
      incoming: [incoming('890004', 'from-did-direct,8902,1'), incoming('890005', 'from-did-direct,8903,1')],
    },
  },
  // a carrier behind hand-made dialplan, and one that leads back into the house
  {
    tables: {
      trunks: [
        trunk('898', { tech: 'custom', channelid: 'Local/$OUTNUM$@out-by-hand' }),
        trunk('899', { tech: 'custom', channelid: 'Local/$OUTNUM$@from-internal/n' }),
      ],
      outbound_routes: [route('898'), route('899')],
      outbound_route_patterns: [
        pattern('898', 'XXXX', { match_pattern_prefix: '8941' }),
        pattern('899', 'XXXX', { match_pattern_prefix: '8942' }),
      ],
      outbound_route_trunks: ['898', '899'].map((id) => ({ route_id: id, trunk_id: id, seq: '0' })),
      outbound_route_sequence: ['898', '899'].map((id) => ({ route_id: id, seq: id })),
    },
    etc: { 'extensions_custom.conf': '[out-by-hand]\nexten => _X.,1,Answer()\nexten => _X.,n,Playback(beep)\nexten => _X.,n,Hangup()\n' },
  },
  // settings that are none, people who are twice or nobody, and lists that were cut
  {
    tables: {
      parkplus: [{ id: '96', defaultlot: 'no', parkext: '8970', parkpos: '8971', numslots: '2147483647', parkingtime: '45' }],
      manager: [amiUser('96'), amiUser('97')],
      modules: [{ modulename: 'oasis_hotel', version: '1', enabled: '1' }],
      ringgroups: [group('8960', Array(64).fill('8901').join('-'))],
      ...person('8901', { user: { recording: 'out=Adhoc|in=Adhoc' } }),
    },
    astdb: {
      'AMPUSER/8901/recording': 'out=Always|in=Never',
      'CFB/8901': 'Local/8901@from-internal',
      'DEVICE/8901/user': 'x"];(\\',
    },
  },
];
