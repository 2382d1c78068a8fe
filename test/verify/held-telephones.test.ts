import { describe, expect, it } from 'vitest';
import type { Model } from '../../src/model/kinds.ts';
import { endpointCheck } from '../../src/verify/static/endpoints.ts';
import { aModel } from '../model/a-model.ts';
import { said } from './asked.ts';

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
  TrustIdInbound: 'false',
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
const CODECS = { 'core show codecs': '  1 audio ulaw   ulaw\n  2 audio alaw   alaw\n  3 audio gsm   gsm\n' };
const ONE = { PJSIPShowEndpoints: [{ ObjectName: '101' }], 'PJSIPShowEndpoint 101': [ENDPOINT, AOR, AUTH] };

describe('telephones that Asterisk holds', () => {
  it('are as the model says', async () => {
    expect(await said(endpointCheck, { lists: ONE, prints: CODECS }, telephones())).toEqual([]);
  });

  it.each([
    [{ context: 'internal-only' }, 'device/101 context: internal-only, held from-internal'],
    [{ mailbox: '101@default' }, 'device/101 mailbox: 101@default, held '],
    [{ callGroup: '2' }, 'device/101 call group: 2, held 1,3'],
    [{ codecs: ['alaw', 'ulaw'] }, 'device/101 codecs: alaw, ulaw, held ulaw, alaw'],
    [{ codecs: ['ulaw', 'gsm'] }, 'device/101 codecs: ulaw, gsm, held ulaw, alaw'],
    [{ permit: ['10.0.0.0/8'] }, 'device/101 may come from: 10.0.0.0/8, held '],
    [{ dtmfMode: 'inband' }, 'device/101 DTMF mode: inband, held rfc4733'],
    [{ nat: 'route' }, 'device/101 sends speech to where it came from: no, held true'],
    [{ qualifySeconds: '30' }, 'device/101 seconds between checks: 30, held 60'],
    [{ trustsRemotePartyId: 'yes', context: 'from-pstn' }, 'device/101 trusts who is named as caller: yes, held false'],
    [{ username: 'front' }, 'device/101 name to authenticate with: front, held 101'],
  ])('differ where the model has %o', async (change, line) => {
    expect(await said(endpointCheck, { lists: ONE, prints: CODECS }, telephones(change))).toContain(line);
  });

  it('differ in caller id, language and secret; the secret itself is not told', async () => {
    const model = { ...telephones({}, { name: 'Nurse', language: 'ru' }), secrets: { 'device/101/sip': 'two' } };
    const lines = await said(endpointCheck, { lists: ONE, prints: CODECS }, model);
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
        { ...AOR, QualifyFrequency: '0', Contacts: 'mango/sip:sip.other.example,' },
      ],
    };
    expect(await said(endpointCheck, { lists, prints: CODECS }, trunk('yes'))).toEqual(['trunk/1 endpoint: is not there, held is there']);
    expect(await said(endpointCheck, { lists, prints: CODECS }, trunk('no'))).toEqual([
      'trunk/1 address that it is called at: sip.mango.example, held sip.other.example',
      'trunk/1 user in From: acc, held other',
    ]);
    expect(await said(endpointCheck, {}, trunk('no'))).toEqual(['trunk/1 endpoint: is there, held is missing']);
  });
});
