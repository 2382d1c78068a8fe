import { describe, expect, it } from 'vitest';
import type { Model } from '../../src/model/kinds.ts';
import { amiUserCheck } from '../../src/verify/static/ami-users.ts';
import { endpointCheck } from '../../src/verify/static/endpoints.ts';
import { frameCheck } from '../../src/verify/static/frame.ts';
import { hintCheck } from '../../src/verify/static/hints.ts';
import { iaxCheck } from '../../src/verify/static/iax.ts';
import { mailboxCheck } from '../../src/verify/static/mailboxes.ts';
import type { Check } from '../../src/verify/static/mismatch.ts';
import { musicCheck } from '../../src/verify/static/music.ts';
import { numberCheck } from '../../src/verify/static/numbers.ts';
import { queueCheck } from '../../src/verify/static/queues.ts';
import { registrationCheck } from '../../src/verify/static/registrations.ts';
import { recordingCheck } from '../../src/verify/static/sounds.ts';
import { stateCheck } from '../../src/verify/static/state.ts';
import { aModel, houseOf } from '../model/a-model.ts';
import { answering } from './asked.ts';

type Answers = Parameters<typeof answering>[0];

/** What a check says, a line each: 'device/101 context: internal-only, held from-internal'. */
async function said(check: Check, answers: Answers, model: Model): Promise<string[]> {
  return (await check(answering(answers), model)).map((m) => `${m.about.kind}/${m.about.id} ${m.what}: ${m.expected}, held ${m.held}`);
}

const ENDPOINT = {
  Event: 'EndpointDetail',
  Callerid: '"Dr. \\"Bones\\"" <101>',
  Context: 'from-internal',
  Mailboxes: '',
  CallGroup: '1, 3',
  PickupGroup: '',
  Language: 'en',
  DtmfMode: 'rfc4733',
  DirectMedia: 'false',
  RewriteContact: 'true',
  RtpSymmetric: 'true',
  MediaEncryption: 'no',
  Accountcode: '',
  Allow: '(ulaw|alaw)',
};
const AOR = { Event: 'AorDetail', MaxContacts: '1', QualifyFrequency: '60', QualifyTimeout: '3.000000' };
const AUTH = { Event: 'AuthDetail', ObjectName: '101-iauth', Username: '101', Password: 'one' };

function telephones(change: object = {}, owner: object = {}, more: object = {}): Model {
  return {
    ...aModel({
      extension: { '101': { name: 'Dr. "Bones"', devices: ['101'], ...owner } },
      device: { '101': { technology: 'sip', extension: '101', callGroup: '3,1', qualifySeconds: '60', ...change } },
      ...more,
    }),
    secrets: { 'device/101/sip': 'one' },
  };
}
const ONE = { PJSIPShowEndpoints: [{ ObjectName: '101' }], 'PJSIPShowEndpoint 101': [ENDPOINT, AOR, AUTH] };

describe('telephones that Asterisk holds', () => {
  it('are as the model says', async () => {
    expect(await said(endpointCheck, { lists: ONE }, telephones())).toEqual([]);
  });

  it.each([
    [{ context: 'internal-only' }, 'device/101 context: internal-only, held from-internal'],
    [{ mailbox: '101@default' }, 'device/101 mailbox: 101@default, held '],
    [{ callGroup: '2' }, 'device/101 call group: 2, held 1,3'],
    [{ codecs: ['alaw', 'ulaw'] }, 'device/101 codecs: alaw, ulaw, held ulaw, alaw'],
    [{ dtmfMode: 'inband' }, 'device/101 DTMF mode: inband, held rfc4733'],
    [{ nat: 'route' }, 'device/101 sends speech to where it came from: no, held true'],
    [{ qualifySeconds: '30' }, 'device/101 seconds between checks: 30, held 60'],
    [{ username: 'front' }, 'device/101 name to authenticate with: front, held 101'],
  ])('differ where the model has %o', async (change, line) => {
    expect(await said(endpointCheck, { lists: ONE }, telephones(change))).toContain(line);
  });

  it('differ in caller id, language and secret; the secret itself is not told', async () => {
    const model = { ...telephones({}, { name: 'Nurse', language: 'ru' }), secrets: { 'device/101/sip': 'two' } };
    const lines = await said(endpointCheck, { lists: ONE }, model);
    expect(lines).toContain('device/101 caller id: "Nurse" <101>, held "Dr. \\"Bones\\"" <101>');
    expect(lines).toContain('device/101 language: ru, held en');
    expect(lines).toContain('device/101 secret: the one of the model, held another');
  });

  it('are missing, or too many', async () => {
    const lists = { PJSIPShowEndpoints: [{ ObjectName: '199' }] };
    expect(await said(endpointCheck, { lists }, telephones())).toEqual([
      'device/101 endpoint: is there, held is missing',
      'settings/pbx endpoint 199: not in the model, held is there',
    ]);
  });

  it('a trunk that is switched off is not there, any other is', async () => {
    const trunk = (disabled: string): Model =>
      aModel({ trunk: { '1': { technology: 'sip', name: 'M', peer: 'mango', host: 'sip.mango.example', fromUser: 'acc', disabled } } });
    const lists = {
      PJSIPShowEndpoints: [{ ObjectName: 'mango' }],
      'PJSIPShowEndpoint mango': [
        { ...ENDPOINT, Context: 'from-trunk', FromUser: 'other' },
        { ...AOR, QualifyFrequency: '0' },
      ],
    };
    expect(await said(endpointCheck, { lists }, trunk('yes'))).toEqual(['trunk/1 endpoint: is not there, held is there']);
    expect(await said(endpointCheck, { lists }, trunk('no'))).toEqual(['trunk/1 user in From: acc, held other']);
    expect(await said(endpointCheck, {}, trunk('no'))).toEqual(['trunk/1 endpoint: is there, held is missing']);
  });
});

describe('what else Asterisk holds', () => {
  it('registers with nobody, or with all carriers of the model', async () => {
    const model = aModel({
      trunk: {
        '1': { technology: 'sip', name: 'M', peer: 'm', registrations: [{ host: 'h', user: 'acc' }] },
        '2': { technology: 'sip', name: 'N', peer: 'n', registrations: [{ host: 'h', user: 'other' }] },
      },
    });
    expect(await said(registrationCheck, {}, model)).toEqual([]);
    const lists = { PJSIPShowRegistrationsOutbound: [{ ClientUri: 'sip:acc@h' }, { ClientUri: 'sip:who@h' }] };
    expect(await said(registrationCheck, { lists }, model)).toEqual([
      'trunk/2 registration: is there, held is missing',
      'settings/pbx registration sip:who@h: not in the model, held is there',
    ]);
  });

  it('mailboxes with owner, mail and options', async () => {
    const model: Model = {
      ...aModel({ mailbox: { '101@default': { name: 'Sean, O', email: 'a@b', sayEnvelope: 'yes' }, '102@default': {} } }),
      secrets: { 'mailbox/101@default/pin': '4101' },
    };
    const held = {
      VoiceMailbox: '101',
      VMContext: 'default',
      Fullname: 'Sean  O',
      Email: 'x@b',
      Pager: '',
      AttachMessage: 'Yes',
      SayCID: 'No',
      SayEnvelope: 'No',
    };
    const lists = { VoicemailUsersList: [held, { ...held, VoiceMailbox: '109' }] };
    const general = [
      ['format', 'wav'],
      ['review', 'no'],
      ['operator', 'no'],
    ] as const;
    const files = { 'voicemail.conf': { general, default: [['101', '> 9999,Sean  O']] as const } };
    expect(await said(mailboxCheck, { lists, files }, model)).toEqual([
      'mailbox/101@default PIN: the one of the model, held another',
      'mailbox/101@default mail address: a@b, held x@b',
      'mailbox/101@default says the date: yes, held No',
      'mailbox/102@default mailbox: is there, held is missing',
      'mailbox/109@default mailbox: not in the model, held is there',
    ]);
  });

  it('lamps of telephones', async () => {
    const model = aModel({
      extension: { '101': { name: 'A', devices: ['101', '1012'] } },
      device: { '101': { technology: 'sip' }, '1012': { technology: 'iax2' } },
    });
    const dialplan = (devices: string): string => `[from-internal]\nexten = 101,hint,${devices}\n`;
    expect(await said(hintCheck, { dialplan: dialplan('IAX2/1012&PJSIP/101&Custom:DND101') }, model)).toEqual([]);
    expect(await said(hintCheck, { dialplan: dialplan('PJSIP/101') }, model)).toEqual([
      'extension/101 hint: IAX2/1012&PJSIP/101, held PJSIP/101',
    ]);
    expect(await said(hintCheck, {}, model)).toEqual(['extension/101 hint: is there, held is missing']);
  });

  it('numbers that lead somewhere: of the house, of routes, of carriers', async () => {
    const model = aModel({
      ...houseOf({ '101': {} }),
      'outbound-route': { '1': { name: 'Out', position: '0', patterns: [{ match: 'NXXXXXX' }] } },
      'inbound-route': { '7495/any': { did: '7495', destination: { to: 'extension', id: '101', by: 'direct' } } },
    });
    const all =
      '[from-internal]\nexten = 101,1,NoOp()\nexten = _NXXXXXX,1,NoOp()\n[from-trunk]\ninclude = dids\n[dids]\nexten = 7495,1,NoOp()\n';
    expect(await said(numberCheck, { dialplan: all }, model)).toEqual([]);
    expect(
      await said(numberCheck, { dialplan: '[from-internal]\ninclude = bad-number\n[bad-number]\nexten = _X.,1,NoOp()\n' }, model),
    ).toEqual([
      'extension/101 number 101 in from-internal: is there, held is missing',
      'outbound-route/1 pattern NXXXXXX: is there, held is missing',
      'inbound-route/7495/any number 7495 in from-trunk: is there, held is missing',
    ]);
  });

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
      QueueStatus: [params, { ...member, Location: 'Local/101@from-queue/n' }, { ...member, Location: 'PJSIP/102', Penalty: '5' }],
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
      'queue/400 seconds that an agent rings: 20, held 15',
      'queue/400 announcement to the agent: nothing, held custom/agent',
      'queue/400 seconds that a caller waits: 90, held 60',
    ]);
    expect(await said(queueCheck, {}, model({}))).toEqual(['queue/400 queue: is there, held is missing']);
  });

  it('IAX2 telephones and trunks', async () => {
    const model: Model = {
      ...aModel({
        device: { '130': { technology: 'iax2' } },
        trunk: { '3': { technology: 'iax2', name: 'B', peer: 'branch', host: '192.0.2.7', username: 'us' } },
      }),
      secrets: { 'device/130/iax2': 'one' },
    };
    const lists = {
      IAXpeerlist: [
        { ObjectName: '130', Dynamic: 'yes' },
        { ObjectName: 'branch', Dynamic: 'no', Trunk: 'yes' },
      ],
    };
    const file = {
      '130': [
        ['secret', 'one'],
        ['context', 'elsewhere'],
      ],
      branch: [
        ['username', 'us'],
        ['host', '192.0.2.8'],
      ],
    } as const;
    expect(await said(iaxCheck, { lists, files: { 'iax.conf': file } }, model)).toEqual([
      'device/130 context: from-internal, held elsewhere',
      'trunk/3 address: 192.0.2.7, held 192.0.2.8',
      'trunk/3 many calls in one packet: no, held yes',
    ]);
  });

  it('music with its pieces, and recordings with their files', async () => {
    const music = aModel({ 'music-class': { evening: { files: ['a.wav', 'b.mp3'] }, silent: { mode: 'silence' } } });
    const prints = { 'moh show classes': 'Class: evening\n\tMode: files\n', 'moh show files': 'Class: evening\n\tFile: /var/moh/a\n' };
    expect(await said(musicCheck, { prints }, music)).toEqual(['music-class/evening pieces: a, b, held a']);
    const recording = aModel({ recording: { '2': { name: 'W', prompts: [{ file: 'custom/w', formats: ['wav', 'gsm'] }] } } });
    expect(await said(recordingCheck, { sounds: ['custom/w.wav'] }, recording)).toEqual([
      'recording/2 sound custom/w.gsm: is there, held is missing',
    ]);
  });

  it('AMI users with their rights', async () => {
    const model: Model = {
      ...aModel({ 'ami-user': { dialer: { read: ['call', 'agent'], write: ['originate'], permit: ['10.0.0.0/8'] }, crm: {} } }),
      secrets: { 'ami-user/dialer/secret': 'one' },
    };
    const prints = { 'manager show user dialer': '  username: dialer\n read perm: call,agent\n write perm: originate,system\n' };
    const files = {
      'manager.conf': {
        dialer: [
          ['secret', 'two'],
          ['permit', '10.0.0.0/8'],
        ] as const,
      },
    };
    expect(await said(amiUserCheck, { prints, files }, model)).toEqual([
      'ami-user/dialer secret: the one of the model, held another',
      'ami-user/dialer may do: originate, held system,originate',
      'ami-user/crm AMI user: is there, held is missing',
    ]);
  });

  it('the language and ports of the house, and every module that is named', async () => {
    const prints = {
      'core show settings': '  Default language:            en\n',
      'rtp show settings': '  Port start:      10000\n  Port end:        10100\n',
      'module show': 'app_dial.so    Dialing    0    Running   core\napp_queue.so   Queues   0    Not Running   core\n',
    };
    const files = {
      'modules.conf': {
        modules: [
          ['load', 'app_dial.so'],
          ['load', 'app_queue.so'],
        ] as const,
      },
    };
    expect(await said(frameCheck, { prints, files }, aModel({}))).toEqual([
      'settings/pbx last RTP port: 20000, held 10100',
      'settings/pbx module app_queue.so: is there, held is missing',
    ]);
  });
});
