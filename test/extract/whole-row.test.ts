import { describe, expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { boxOf } from './box-of.ts';

// Rows in which every column says something of its own: a reader that leaves one out, or takes one for another, is seen.

const users = ['101', '102'].map((extension) => ({
  extension,
  name: `User ${extension}`,
  voicemail: 'novm',
  ringtimer: '0',
  outboundcid: '',
}));

describe('a row with something in every column', () => {
  it('is a whole ring group', () => {
    const ringgroups = [
      {
        grpnum: '600',
        strategy: 'hunt-prim',
        grptime: '17',
        grppre: 'REG: ',
        grplist: '101-102-89161112233#',
        annmsg_id: '3',
        postdest: 'app-blackhole,busy,1',
        description: 'Desk',
        alertinfo: 'ring2',
        remotealert_id: '4',
        needsconf: 'CHECKED',
        toolate_id: '5',
        ringing: 'jazz',
        cwignore: 'CHECKED',
        cfignore: 'CHECKED',
        cpickup: 'CHECKED',
        recording: 'always',
      },
    ];
    const astdb = { 'RINGGROUP/600/changecid': 'fixed', 'RINGGROUP/600/fixedcid': '74951112233' };
    const { model } = readBox(boxOf({ tables: { users, ringgroups }, astdb }));
    expect(model['ring-group']['600']).toEqual({
      description: 'Desk',
      strategy: 'hunt',
      firstMemberIsPrimary: true,
      ringSeconds: 17,
      members: [
        { number: '101', outside: false },
        { number: '102', outside: false },
        { number: '89161112233', outside: true },
      ],
      announcement: '3',
      noAnswer: { to: 'end', how: 'busy' },
      callerNamePrefix: 'REG: ',
      alertInfo: 'ring2',
      confirms: true,
      confirmPrompt: '4',
      tooLatePrompt: '5',
      musicClass: 'jazz',
      skipsBusy: true,
      ignoresForwards: true,
      allowsPickup: true,
      callerId: { mode: 'fixed', fixed: '74951112233' },
      recording: 'always',
    });
  });

  it('is a whole inbound route', () => {
    const incoming = [
      {
        cidnum: '7916XXXXXXX',
        extension: '_7495123450X',
        destination: 'from-did-direct,101,1',
        privacyman: '1',
        alertinfo: 'ring3',
        ringing: 'CHECKED',
        mohclass: 'jazz',
        description: 'Main',
        grppre: 'M:',
        delay_answer: '4',
        pricid: 'CHECKED',
        pmmaxretries: '5',
        pmminlength: '7',
      },
    ];
    const language_incoming = [{ extension: '_7495123450X', cidnum: '7916XXXXXXX', language: 'ru' }];
    const callrecording_module = [{ extension: '_7495123450X', cidnum: '7916XXXXXXX', callrecording: 'force', display: 'did' }];
    const { model } = readBox(boxOf({ tables: { users, incoming, language_incoming, callrecording_module } }));
    expect(model['inbound-route']['7495123450X/7916XXXXXXX']).toEqual({
      nameLookup: null,
      description: 'Main',
      did: '7495123450X',
      callerId: '7916XXXXXXX',
      destination: { to: 'extension', id: '101', by: 'follow-me' },
      callerIdFirst: true,
      ringsFirst: true,
      waitSeconds: 4,
      privacyManager: { retries: 5, shortest: 7 },
      alertInfo: 'ring3',
      musicClass: 'jazz',
      language: 'ru',
      recording: 'at-once',
      callerNamePrefix: 'M:',
    });
  });

  it('is a whole outbound route', () => {
    const tables = {
      users,
      outbound_routes: [
        {
          route_id: '4',
          name: 'Mobile',
          outcid: '<74951234500>',
          outcid_mode: 'override_extension',
          password: '4711',
          emergency_route: 'YES',
          intracompany_route: 'YES',
          mohclass: 'jazz',
          time_group_id: '2',
          dest: 'app-blackhole,congestion,1',
        },
      ],
      outbound_route_patterns: [
        { route_id: '4', match_pattern_prefix: '9', match_pattern_pass: '89XXXXXXXXX', match_cid: '10X', prepend_digits: '8' },
      ],
      outbound_route_trunks: [
        { route_id: '4', trunk_id: '1', seq: '1' },
        { route_id: '4', trunk_id: '2', seq: '0' },
      ],
      outbound_route_sequence: [{ route_id: '4', seq: '6' }],
      trunks: ['1', '2'].map((trunkid) => ({ trunkid, name: `Trunk ${trunkid}`, tech: 'custom', channelid: 'Local/$OUTNUM$@elsewhere' })),
      callrecording_module: [{ extension: '4', cidnum: '', callrecording: 'never', display: 'routing' }],
      pinsets: [{ pinsets_id: '1', passwords: '1111', description: 'Abroad', addtocdr: '1', deptname: '' }],
      pinset_usage: [{ pinsets_id: '1', dispname: 'routing', foreign_id: '4' }],
    };
    const { model } = readBox(boxOf({ tables }));
    expect(model['outbound-route']['4']).toEqual({
      name: 'Mobile',
      position: 0,
      patterns: [{ prepend: '8', prefix: '9', match: '89XXXXXXXXX', callerId: '10X' }],
      trunks: ['2', '1'],
      callerId: '<74951234500>',
      overridesExtension: true,
      asksPassword: true,
      emergency: true,
      intraCompany: true,
      musicClass: 'jazz',
      recording: 'never',
      timeGroup: '2',
      pinSet: '1',
      onFailure: { to: 'end', how: 'congestion' },
    });
    expect(model.secrets['outbound-route/4/password']).toBe('4711');
  });
});
