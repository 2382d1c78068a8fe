import { describe, expect, it } from 'vitest';
import type { Model } from '../../src/model/kinds.ts';
import { amiUserCheck } from '../../src/verify/static/ami-users.ts';
import { frameCheck } from '../../src/verify/static/frame.ts';
import { hintCheck } from '../../src/verify/static/hints.ts';
import { iaxCheck } from '../../src/verify/static/iax.ts';
import { mailboxCheck } from '../../src/verify/static/mailboxes.ts';
import { musicCheck } from '../../src/verify/static/music.ts';
import { numberCheck } from '../../src/verify/static/numbers.ts';
import { registrationCheck } from '../../src/verify/static/registrations.ts';
import { recordingCheck } from '../../src/verify/static/sounds.ts';
import { aModel, houseOf } from '../model/a-model.ts';
import { said } from './asked.ts';

describe('what else Asterisk holds', () => {
  it('registers with the carriers of the model once it is told to, and with nobody else', async () => {
    const model: Model = {
      ...aModel({
        trunk: {
          '1': {
            technology: 'sip',
            name: 'M',
            peer: 'm',
            registrations: [{ host: 'h', user: 'acc', contactUser: '7495', transport: 'tcp', port: '5070', expirySeconds: '120' }],
          },
          '2': { technology: 'sip', name: 'N', peer: 'n', registrations: [{ host: 'h', user: 'other' }] },
        },
      }),
      secrets: { 'trunk/1/registration/0': 'one' },
    };
    const lists = {
      PJSIPShowRegistrationsOutbound: [{ ClientUri: 'sip:acc@h' }, { Event: 'AuthDetail', Username: 'acc' }, { ClientUri: 'sip:who@h' }],
    };
    const reg = [
      ['type', 'registration'],
      ['server_uri', 'sip:h'],
      ['client_uri', 'sip:acc@h'],
      ['contact_user', 's'],
      ['outbound_auth', 'a'],
    ] as const;
    const files = {
      'pjsip_registration.conf': {
        reg,
        a: [
          ['username', 'acc'],
          ['password', 'two'],
        ] as const,
      },
    };
    expect(await said(registrationCheck, { lists, files }, model)).toEqual([
      'trunk/1 secret of registration sip:acc@h: the one of the model, held another',
      'trunk/1 number that the carrier then calls: 7495, held s',
      'trunk/1 mark in the address that the carrier learns: yes, held no',
      'trunk/1 registers by TCP: yes, held no',
      'trunk/1 port to register at: 5070, held usual',
      'trunk/1 seconds that it asks for: 120, held usual',
      'trunk/2 registration sip:other@h: is there, held is missing',
      'settings/pbx registration sip:who@h: not in the model, held is there',
    ]);
  });

  it('registers at the address that the lab plays for a carrier which is given by its address, each registration once', async () => {
    const trunk = (host: string): object => ({ technology: 'sip', name: host, peer: host, registrations: [{ host, user: 'acc' }] });
    const model = aModel({ trunk: { '1': trunk('192.0.2.10'), '2': trunk('192.0.2.11'), '3': trunk('sip.example') } });
    const section = (host: string): [string, string][] => [
      ['type', 'registration'],
      ['server_uri', `sip:${host}`],
      ['client_uri', `sip:acc@${host}`],
      ['contact_user', 's'],
      ['line', 'yes'],
      ['outbound_auth', 'a'],
    ];
    const files = {
      'pjsip_registration.conf': { a: [['username', 'acc']] as const, one: section('198.18.0.1'), two: section('198.18.0.2') },
    };
    const lists = { PJSIPShowRegistrationsOutbound: [{ ClientUri: 'sip:acc@198.18.0.1' }, { ClientUri: 'sip:acc@198.18.0.2:5062' }] };
    expect(await said(registrationCheck, { lists, files }, model)).toEqual([
      'trunk/3 registration sip:acc@sip.example: is there, held is missing',
    ]);
    const foreign = { PJSIPShowRegistrationsOutbound: [{ ClientUri: 'sip:who@198.18.0.1' }] };
    expect(await said(registrationCheck, { lists: foreign, files }, model)).toContain(
      'settings/pbx registration sip:who@198.18.0.1: not in the model, held is there',
    );
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
      // who names no sender sends as this
      ['serveremail', 'asterisk'],
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

  it('IAX2 telephones and trunks', async () => {
    const model: Model = {
      ...aModel({
        extension: { '130': { name: 'Duty', devices: ['130'] } },
        device: { '130': { technology: 'iax2', extension: '130' } },
        trunk: { '3': { technology: 'iax2', name: 'B', peer: 'branch', host: 'a.branch.example', username: 'us' } },
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
        ['callerid', '"Other" <130>'],
        ['auth', 'plaintext'],
      ],
      branch: [
        ['username', 'us'],
        ['host', 'b.branch.example'],
        ['context', 'from-trunk'],
      ],
    } as const;
    expect(await said(iaxCheck, { lists, files: { 'iax.conf': file } }, model)).toEqual([
      'device/130 caller id: "Duty" <130>, held "Other" <130>',
      'device/130 context: from-internal, held elsewhere',
      'device/130 how its secret is sent: md5, held plaintext',
      'trunk/3 address: a.branch.example, held b.branch.example',
      'trunk/3 many calls in one packet: no, held yes',
    ]);
  });

  it('registers with IAX2 carriers of the model once it is told to, and with no other', async () => {
    const trunk = { technology: 'iax2', name: 'B', peer: 'branch', registrations: [{ host: '192.0.2.7', user: 'us' }] };
    const model: Model = { ...aModel({ trunk: { '3': trunk } }), secrets: { 'trunk/3/registration/0': 'a;b' } };
    const told = (lines: string) => said(iaxCheck, { texts: { 'iax_registration.conf': lines } }, model);
    expect(await told('register => us:a\\;b@192.0.2.7\n')).toEqual([]);
    expect(await told('register => us:other@192.0.2.7\n')).toEqual([
      'trunk/3 registration us at 192.0.2.7, with its secret: is there, held is missing',
    ]);
    expect(await told('register => us:a\\;b@192.0.2.7\nregister => who:x@192.0.2.9\n')).toHaveLength(1);
  });

  it('music with its pieces, and recordings with their files', async () => {
    const music = aModel({ 'music-class': { evening: { files: ['a.wav', 'b.mp3'] }, silent: { mode: 'silence' } } });
    const prints = {
      'moh show classes': 'Class: evening\n\tMode: files\n',
      'moh show files': 'Class: evening\n\tFile: /var/moh/a\nClass: silent\n\tFile: /usr/share/asterisk/moh/macroform\n',
    };
    const files = { 'musiconhold.conf': { evening: [['sort', 'random'] as const] } };
    expect(await said(musicCheck, { prints, files }, music)).toEqual([
      'music-class/evening order: alphabetical, held random',
      'music-class/evening pieces: a, b, held a',
      'music-class/silent pieces: silence, held /usr/share/asterisk/moh/macroform',
    ]);
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
          ['writetimeout', '100'],
        ] as const,
      },
    };
    expect(await said(amiUserCheck, { prints, files }, model)).toEqual([
      'ami-user/dialer secret: the one of the model, held another',
      'ami-user/dialer may do: originate, held system,originate',
      'ami-user/dialer milliseconds for a slow reader: more than 100, held 100',
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
      'indications.conf': { general: [['country', 'de']] as const },
      'pjsip.conf': { global: [['default_voicemail_extension', '*98']] as const },
      'modules.conf': {
        modules: [
          ['load', 'app_dial.so'],
          ['load', 'app_queue.so'],
        ] as const,
      },
    };
    expect(await said(frameCheck, { prints, files }, aModel({}))).toEqual([
      'settings/pbx country of the tones: us, held de',
      'settings/pbx number of the message centre: *97, held *98',
      'settings/pbx last RTP port: 20000, held 10100',
      'settings/pbx module app_queue.so: is there, held is missing',
    ]);
  });
});
