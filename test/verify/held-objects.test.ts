import { describe, expect, it } from 'vitest';
import type { Model } from '../../src/model/kinds.ts';
import { conferenceCheck } from '../../src/verify/static/conferences.ts';
import { dialOptionCheck } from '../../src/verify/static/dial-options.ts';
import { featureKeyCheck } from '../../src/verify/static/feature-keys.ts';
import { alertCheck, inboundRouteCheck } from '../../src/verify/static/inbound-routes.ts';
import { outboundRouteCheck } from '../../src/verify/static/outbound-routes.ts';
import { parkingCheck } from '../../src/verify/static/parkings.ts';
import { queueCheck } from '../../src/verify/static/queues.ts';
import { stateCheck } from '../../src/verify/static/state.ts';
import { aModel, houseOf } from '../model/a-model.ts';
import { said } from './asked.ts';

describe('objects of the house that Asterisk holds', () => {
  it('state in AstDB: what the model has and nothing else', async () => {
    const model = aModel({
      extension: { '101': { name: 'A', state: { forwardAlways: '102', doNotDisturb: 'yes' }, speedDials: { '1': '8495' } } },
      'call-flow': { '0': { state: 'night' } },
      'time-condition': { '2': { override: 'matched-sticky' }, '3': {} },
      blacklist: { '7999': { description: 'Spam' } },
    });
    const key = (Key: string, Val: string) => ({ Key, Val });
    const right = [key('/CF/101', '102'), key('/DND/101', 'YES'), key('/AMPUSER/101/speeddials/1', '8495'), key('/DAYNIGHT/C0', 'NIGHT')];
    const more = [key('/TC/2', 'true_sticky'), key('/blacklist/7999', 'Spam'), key('/registrar/contact/x', '{}')];
    expect(await said(stateCheck, { lists: { DBGetTree: [...right, ...more] } }, model)).toEqual([]);
    const wrong = [
      key('/CF/101', '103'),
      key('/CFU/101', '5'),
      ...right.slice(1, 3),
      key('/DAYNIGHT/C0', 'DAY'),
      key('/TC/2', 'true_sticky'),
    ];
    expect(await said(stateCheck, { lists: { DBGetTree: wrong } }, model)).toEqual([
      'extension/101 AstDB CF/101: 102, held 103',
      'extension/101 AstDB CFU/101: nothing, held 5',
      'call-flow/0 AstDB DAYNIGHT/C0: NIGHT, held DAY',
      'blacklist/7999 AstDB blacklist/7999: 1, held nothing',
    ]);
  });

  it('queues with members and options', async () => {
    const model = (change: object): Model =>
      aModel({
        ...houseOf({ '101': {}, '102': {} }),
        recording: { '7': { name: 'A', prompts: [{ file: 'custom/agent', formats: ['wav'] }] } },
        queue: {
          '400': {
            name: 'Q',
            strategy: 'ringall',
            maxWaitSeconds: '60',
            members: [{ number: '101' }, { number: '102', penalty: '5' }, { number: '999' }],
            ...change,
          },
        },
      });
    const member = { Event: 'QueueMember', Queue: '400', Membership: 'static', Penalty: '0', Paused: '0' };
    const params = { Event: 'QueueParams', Queue: '400', Strategy: 'ringall', Max: '0', Weight: '0', ServiceLevel: '60' };
    const lists = {
      QueueStatus: [
        params,
        { ...member, Location: 'Local/101@from-queue/n', StateInterface: 'hint:101@ext-local' },
        { ...member, Location: 'PJSIP/102', Penalty: '5', StateInterface: 'PJSIP/102' },
      ],
    };
    const answers = {
      lists,
      files: { 'queues.conf': { '400': [['timeout', '15']] as const } },
      dialplan: '[q]\nexten = 400,1,Queue(400,t,,custom/agent,60)\n',
    };
    expect(await said(queueCheck, answers, model({ agentAnnouncement: '7' }))).toEqual([]);
    expect(
      await said(
        queueCheck,
        answers,
        model({ strategy: 'linear', members: [{ number: '101' }], agentRingSeconds: '20', maxWaitSeconds: '90' }),
      ),
    ).toEqual([
      'queue/400 members: 101, held 101, 102 (penalty 5)',
      'queue/400 strategy: linear, held ringall',
      'queue/400 seconds that a caller waits: 90, held 60',
      'queue/400 seconds that an agent rings: 20, held 15',
      'queue/400 announcement to the agent: nothing, held custom/agent',
    ]);
    expect(await said(queueCheck, {}, model({}))).toEqual(['queue/400 queue: is there, held is missing']);
  });

  it('rooms with what those in them hear, and who leads', async () => {
    const model = aModel({ conference: { '800': { musicWhenAlone: 'yes', waitsForLeader: 'yes' }, '801': {} } });
    const room = '[rooms]\nexten = 800,1,ConfBridge(${EXTEN},room-${EXTEN},${ROLE}-${EXTEN})\n';
    const dialplan = `${room}exten = 800,hint,confbridge:800\n[from-internal]\ninclude = rooms\n`;
    const user = [
      ['type', 'user'],
      ['music_on_hold_when_empty', 'yes'],
    ] as const;
    const leader = [...user, ['marked', 'yes'], ['announce_user_count', 'yes']] as const;
    expect(
      await said(conferenceCheck, { dialplan, files: { 'confbridge.conf': { 'user-800': user, 'leader-800': leader } } }, model),
    ).toEqual([
      'conference/800 waits for the leader: yes, held no',
      'conference/800 leader: tells how many are there: no, held yes',
      'conference/801 room: is there, held is missing',
    ]);
    expect(await said(conferenceCheck, { dialplan }, aModel({ conference: { '800': {} } }))).toHaveLength(1);
  });

  it('parking lots with slots and times', async () => {
    const model = aModel({ parking: { '1': { name: 'Lot', extension: '70', firstSlot: '71', slots: '8', tone: 'both' } } });
    const files = {
      'res_parking.conf': {
        default: [
          ['parkext', '70'],
          ['parkedplay', 'caller'],
          ['courtesytone', 'beep'],
          ['parkext_exclusive', 'yes'],
        ] as const,
      },
    };
    const lists = { Parkinglots: [{ Name: 'default', StartSpace: '71', StopSpace: '79', Timeout: '45' }] };
    const slot = (n: number): string => `exten = ${n},hint,park:${n}@parkedcalls\nexten = ${n},1,ParkedCall(default,\${EXTEN})\n`;
    const dialplan = `[park-hints]\n${[71, 72, 73, 74, 75, 76, 77, 78].map(slot).join('')}`;
    expect(await said(parkingCheck, { lists, files, dialplan }, model)).toEqual([
      'parking/1 last slot: 78, held 79',
      'parking/1 who hears the tone: both, held caller',
    ]);
    expect(await said(parkingCheck, {}, model)).toEqual(['parking/1 parking lot at 70: is there, held is missing']);
  });

  it('what routes and groups do before anything rings, and with which tone', async () => {
    const model = aModel({
      'inbound-route': {
        '7495/any': { did: '7495', destination: { to: 'end', how: 'hangup' }, alertInfo: 'ring2', ringsFirst: 'yes', waitSeconds: '2' },
      },
      'ring-group': { '600': { strategy: 'ringall', ringSeconds: '20', alertInfo: 'ring4' } },
    });
    const dialplan = (steps: string): string => `[from-trunk]\nexten = 7495,1,NoOp()\n${steps}[from-internal]\nexten = 600,1,NoOp()\n`;
    const right = ' same = n,Ringing()\n same = n,Wait(2)\n same = n,Set(__ALERT_INFO=ring2)\n';
    expect(await said(inboundRouteCheck, { dialplan: dialplan(right) }, model)).toEqual([]);
    expect(await said(inboundRouteCheck, { dialplan: dialplan(' same = n,Set(CHANNEL(musicclass)=jazz)\n') }, model)).toEqual([
      'inbound-route/7495/any rings before anything answers: yes, held no',
      'inbound-route/7495/any seconds before anything answers: 2, held 0',
      'inbound-route/7495/any ring tone of telephones: ring2, held ',
      'inbound-route/7495/any music: default, held jazz',
    ]);
    expect(await said(alertCheck, { dialplan: dialplan(right) }, model)).toEqual(['ring-group/600 ring tone of telephones: ring4, held ']);
  });

  it('trunks of a route in order, by whatever routines the dialplan comes to them', async () => {
    const model = aModel({
      trunk: {
        '1': { technology: 'sip', name: 'M', peer: 'mango', host: 'm.example' },
        '2': { technology: 'iax2', name: 'B', peer: 'branch', host: '192.0.2.7' },
        '3': { technology: 'sip', name: 'Off', peer: 'off', host: 'o.example', disabled: 'yes' },
      },
      'outbound-route': {
        '5': { name: 'Out', position: '0', patterns: [{ prefix: '9', match: 'NXX', callerId: '1XX' }], trunks: ['2', '3', '1'] },
      },
    });
    const dialplan = (order: readonly string[]): string => `[from-internal]
exten = _9NXX/_1XX,1,Gosub(route,\${EXTEN},1(x))
[route]
exten = _X.,1,NoOp()
${order.map((trunk) => ` same = n,Gosub(${trunk},\${EXTEN},1)`).join('\n')}
[to-mango]
exten = _X.,1,Dial(PJSIP/\${EXTEN}@mango)
[to-branch]
exten = _X.,1,Dial(IAX2/branch/\${EXTEN})
`;
    expect(await said(outboundRouteCheck, { dialplan: dialplan(['to-branch', 'to-mango']) }, model)).toEqual([]);
    expect(await said(outboundRouteCheck, { dialplan: dialplan(['to-mango']) }, model)).toEqual([
      'outbound-route/5 trunks: branch, mango, held mango',
    ]);
    expect(await said(outboundRouteCheck, { dialplan: dialplan(['to-mango', 'to-branch']) }, model)).toHaveLength(1);
  });

  it('what a route tells its trunks: whom to show, and that it is an emergency', async () => {
    const route = { name: 'Out', position: '0', patterns: [{ match: '112' }], trunks: ['1'] };
    const model = aModel({
      trunk: { '1': { technology: 'sip', name: 'M', peer: 'mango', host: 'm.example' } },
      'outbound-route': { '2': { ...route, callerId: '<7495>', overridesExtension: 'yes', emergency: 'yes', intraCompany: 'yes' } },
    });
    const dialplan = (set: readonly string[], company: string): string => `[from-internal]
exten = 112,1,Gosub(route-2,\${EXTEN},1(112))
[route-2]
exten = _X.,1,NoOp()
${set.map((s) => ` same = n,Set(${s})`).join('\n')}
 same = n,Gosub(trunk-1,\${EXTEN},1(\${ARG1}${company}))
[trunk-1]
exten = _X.,1,Dial(PJSIP/\${ARG1}@mango)
`;
    const right = dialplan(['ROUTE_CALLER_ID=<7495>', 'ROUTE_OVERRIDES=yes', 'EMERGENCY=yes'], ',company');
    expect(await said(outboundRouteCheck, { dialplan: right }, model)).toEqual([]);
    expect(await said(outboundRouteCheck, { dialplan: dialplan(['ROUTE_CALLER_ID=<7496>'], '') }, model)).toEqual([
      'outbound-route/2 caller id: <7495>, held <7496>',
      'outbound-route/2 caller id before the extension’s own: yes, held no',
      'outbound-route/2 emergency calls: yes, held no',
      'outbound-route/2 shows the inside caller id: yes, held no',
    ]);
  });

  it('keys of a call, and who may transfer it', async () => {
    const codes = aModel({
      'feature-code': { 'core/blindxfer': { code: '##' }, 'core/atxfer': { code: '*2' }, 'core/automon': { code: '*1', enabled: 'no' } },
    });
    const shown = [
      'Blind Transfer            #       ##     ',
      'Attended Transfer                 *3     ',
      'One Touch MixMonitor                     ',
    ].join('\n');
    expect(await said(featureKeyCheck, { prints: { 'features show': shown } }, codes)).toEqual([
      'feature-code/core/atxfer keyed in a call: *2, held *3',
    ]);
    const house = aModel({ settings: { dialOptions: 'tr' }, ...houseOf({ '101': {} }) });
    const answers = {
      dialplan: '[x]\nexten = 1,1,Dial(PJSIP/101,20,${OPTIONS}${ALERT})\n',
      prints: { 'dialplan show globals': '   OPTIONS=tTr\n' },
    };
    expect(await said(dialOptionCheck, answers, house)).toEqual(['settings/pbx options of Dial to telephones: rt, held Trt']);
  });
});
