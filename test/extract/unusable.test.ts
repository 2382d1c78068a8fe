import { describe, expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { areFound } from './planted.ts';
import { carrierPeer, device, group, incoming, person, queue, queueOptions, trunk } from './planted-rows.ts';
import { keywords, soundBox } from './sound-box.ts';

describe('what cannot be dialled or never ends is found', () => {
  areFound([
    ['an extension that no dialplan line holds', { tables: person('2,0;5') }, 'EXTENSION_UNDIALABLE', null, /2,0;5/],
    [
      'a group without a time',
      { tables: { ringgroups: [group('600', '201', '', { grptime: '0' })] } },
      'RING_GROUP_APPROXIMATED',
      'ring-group/600',
      /no end/,
    ],
    ['a telephone that no section can have', { tables: { devices: [device('2,0;5')] } }, 'DEVICE_OF_NOBODY', null, /2,0;5/],
    ['an extension of letters', { tables: person('bob') }, 'EXTENSION_UNDIALABLE', null, /bob/],
    ['a number on the blacklist that no carrier sends', { astdb: { 'blacklist/+44 (20) 7': '1' } }, 'BLACKLIST_UNUSABLE', null],
    [
      'a queue that says who may wait in words of its own',
      {
        tables: {
          queues_config: [queue('700')],
          queues_details: queueOptions('700', ['strategy', 'ringall'], ['joinempty', 'perhaps'], ['member', 'SIP/201']),
        },
      },
      'QUEUE_APPROXIMATED',
      'queue/700',
      /perhaps/,
    ],
    [
      'a queue whose agents nobody can tell',
      {
        tables: {
          queues_config: [queue('700', '', { qregex: '([0-9' })],
          queues_details: queueOptions('700', ['strategy', 'ringall'], ['member', 'SIP/201']),
        },
      },
      'QUEUE_APPROXIMATED',
      'queue/700',
      /nobody can/,
    ],
    [
      'a trunk with the name of a telephone',
      { tables: { trunks: [trunk('2', { channelid: '201' })], sip: carrierPeer('2') } },
      'NAME_TAKEN',
      'trunk/2',
      /201-trunk-2/,
    ],
    [
      'two DIDs that are one to Asterisk',
      { tables: { incoming: [incoming('_44207XX', 'from-did-direct,202,1'), incoming('_44207X[0-9]', 'from-did-direct,203,1')] } },
      'INBOUND_DUPLICATE',
      'inbound-route/44207X[0-9]/any',
    ],
  ]);

  it('and a member that stands in a group twice rings once', () => {
    const { model } = readBox(soundBox({ tables: { ringgroups: [group('600', '201-202-201')] } }));
    expect(model['ring-group']['600']?.members.map((m) => m.number)).toEqual(['201', '202']);
  });
});

it.each([
  ['friend', 'branch'],
  ['peer', null],
])('a trunk on IAX2 of type %s is called in by %s', (type, inboundUser) => {
  const tables = {
    trunks: [trunk('2', { tech: 'iax', channelid: 'branch' })],
    iax: keywords('tr-peer-2', { type, host: '198.51.100.44', secret: 'Zz8vTz9LwBn' }),
  };
  expect(readBox(soundBox({ tables })).model.trunk['2']).toMatchObject({ inboundUser });
});
