import { describe, expect, it } from 'vitest';
import { checkSecrets } from '../../src/extract/check-secrets.ts';
import { aModel, houseOf } from '../model/a-model.ts';
import { areFound, newFindings } from './planted.ts';
import { carrierPeer, person, trunk, wholeRoute } from './planted-rows.ts';
import { keywords } from './sound-box.ts';

const codes = (model: Parameters<typeof checkSecrets>[0]): string[] => checkSecrets(model).map((f) => `${f.code} ${f.about?.id}`);

describe('a box that is an easy prey', () => {
  it('has telephones with passwords that are tried first, which no finding shows', () => {
    const model = {
      ...aModel(houseOf({ 101: {}, 102: {}, 103: {}, 104: {}, 105: {} })),
      secrets: {
        'device/101/sip': 'abc101xyz',
        'device/102/sip': '12345678',
        'device/103/sip': 'Kq7#vTz9Lw',
        'device/104/sip': '77777777',
      },
    };
    expect(codes(model)).toEqual(['101', '102', '104', '105'].map((id) => `SECRET_GUESSABLE ${id}`));
    for (const secret of Object.values(model.secrets)) expect(JSON.stringify(checkSecrets(model))).not.toContain(secret);
  });

  it('lets everybody call abroad, where no PIN is asked for', () => {
    const route = (o: object): object => ({ name: 'r', position: '0', trunks: ['1'], ...o });
    const model = aModel({
      'outbound-route': {
        1: route({ patterns: [{ prefix: '9', match: '00.' }] }),
        2: route({ patterns: [{ match: '810.' }], pinSet: '1' }),
        3: route({ patterns: [{ match: '00.', callerId: '101' }] }),
        4: route({ patterns: [{ match: '0XXXXXXXXX' }] }),
        5: route({ patterns: [{ match: '+.' }], trunks: [] }),
      },
    });
    expect(codes(model)).toEqual(['ROUTE_ABROAD_OPEN 1']);
  });
});

const ami = (o: Record<string, string> = {}) => ({
  manager: [
    {
      manager_id: '1',
      name: 'crm',
      secret: 'Kq7vTz9LwAm',
      deny: '0.0.0.0/0.0.0.0',
      permit: '127.0.0.1/255.255.255.0',
      read: 'all',
      write: 'all',
      ...o,
    },
  ],
});
const disa = (pin: string) => ({
  disa: [
    {
      disa_id: '1',
      displayname: 'd',
      pin,
      cid: '',
      context: 'from-internal',
      digittimeout: '5',
      resptimeout: '10',
      needconf: '',
      hangup: '',
      keepcid: '1',
    },
  ],
});
const pinSet = (passwords: string) => ({
  pinsets: [{ pinsets_id: '1', passwords, description: 'p', addtocdr: '0', deptname: '' }],
  pinset_usage: [{ pinsets_id: '1', dispname: 'routing', foreign_id: '1' }],
});

describe('an open door is found', () => {
  areFound([
    ['a telephone whose password is its number', { tables: person('205', { sip: { secret: '205' } }) }, 'SECRET_GUESSABLE', 'device/205'],
    ['a telephone without a password', { tables: person('205', { sip: { secret: '' } }) }, 'SECRET_GUESSABLE', 'device/205', /is empty/],
    [
      'a telephone whose password is a word with digits',
      { tables: person('205', { sip: { secret: 'Password123' } }) },
      'SECRET_GUESSABLE',
      'device/205',
    ],
    [
      'telephones with one password',
      {
        tables: {
          users: [...person('205').users, ...person('206').users],
          devices: [...person('205').devices, ...person('206').devices],
          sip: [...person('205', { sip: { secret: 'Kq7vTz9LwAm' } }).sip, ...person('206', { sip: { secret: 'Kq7vTz9LwAm' } }).sip],
        },
      },
      'SECRET_SHARED',
      'device/205',
      /205, 206/,
    ],
    ['a program that may come from anywhere', { tables: ami({ deny: '', permit: '' }) }, 'AMI_OPEN', 'ami-user/crm'],
    ['a program that is permitted from everywhere', { tables: ami({ permit: '0.0.0.0/0.0.0.0' }) }, 'AMI_OPEN', 'ami-user/crm'],
    ['a program with a weak secret', { tables: ami({ secret: 'crm' }) }, 'SECRET_GUESSABLE', 'ami-user/crm'],
    [
      'a mailbox whose PIN is its number',
      { etc: { 'voicemail.conf': '[general]\n[default]\n201 => 201,Person 201,,,\n' } },
      'SECRET_GUESSABLE',
      'mailbox/201@default',
    ],
    [
      'a mailbox whose PIN is digits in a row',
      { etc: { 'voicemail.conf': '[general]\n[default]\n201 => 1234,Person 201,,,\n' } },
      'SECRET_GUESSABLE',
      'mailbox/201@default',
    ],
    ['a DISA without a PIN', { tables: disa('') }, 'DISA_WITHOUT_PIN', 'disa/1'],
    ['a DISA with a PIN of one digit', { tables: disa('1') }, 'SECRET_GUESSABLE', 'disa/1'],
    ['a PIN set with a PIN of zeros', { tables: pinSet('83920\n0000\n') }, 'SECRET_GUESSABLE', 'pin-set/1'],
    [
      'a carrier whose calls begin where those of telephones do',
      {
        tables: {
          trunks: [trunk('2', { usercontext: 'acme' })],
          sip: [
            ...carrierPeer('2', { context: 'from-internal' }),
            ...keywords('tr-user-2', { type: 'user', context: 'from-internal', secret: 'Kq7vTz9LwAm' }),
          ],
        },
      },
      'TRUNK_DIALS_OUT',
      'trunk/2',
    ],
    ['guests', { tables: { admin: [{ variable: 'ALLOW_SIP_ANON', value: 'yes' }] } }, 'SIP_GUESTS_ALLOWED', 'settings/pbx'],
    ['a route abroad', { tables: wholeRoute('2', '00.') }, 'ROUTE_ABROAD_OPEN', 'outbound-route/2'],
    ['a route to everywhere', { tables: wholeRoute('2', 'X.') }, 'ROUTE_ABROAD_OPEN', 'outbound-route/2'],
  ]);

  const codesOf = (planted: Parameters<typeof newFindings>[0]) => newFindings(planted).map((f) => f.code);
  it('and a shut one is none', () => {
    expect(codesOf({ tables: ami() })).toEqual([]);
    expect(codesOf({ tables: pinSet('83920\n') })).toEqual([]);
    expect(codesOf({ tables: wholeRoute('2', '0NXXXXXXXX') })).toEqual([]);
    expect(codesOf({ etc: { 'voicemail.conf': '[general]\n[default]\n201 => 83921,Person 201,,,\n' } })).toEqual([
      'VOICEMAIL_OFF_BUT_MAILBOX',
    ]);
  });
});
