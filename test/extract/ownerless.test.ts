import { describe, expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { areFound } from './planted.ts';
import { carrierPeer, device, group, incoming, ivr, menuKey, pattern, queue, queueOptions, timeGroup, user } from './planted-rows.ts';
import { soundBox } from './sound-box.ts';

const AGENT = { 'Queue/PersistentMembers/799': 'Local/201@from-queue/n;0;0;P;', 'QPENALTY/799/agents/201': '0' };

describe('what is left over of something that is gone is told by its name', () => {
  areFound([
    [
      'an extension in AstDB',
      { astdb: { 'AMPUSER/999/cidname': 'Ghost', 'CF/999': '201', 'CW/999': 'ENABLED' } },
      'OWNER_MISSING',
      'extension/999',
      /3 entries of AMPUSER, CF, CW/,
    ],
    ['a telephone in AstDB', { astdb: { 'DEVICE/888/dial': 'SIP/888' } }, 'OWNER_MISSING', 'device/888'],
    ['a call flow in AstDB', { astdb: { 'DAYNIGHT/C9': 'NIGHT' } }, 'OWNER_MISSING', 'call-flow/9'],
    ['a time condition in AstDB', { astdb: { 'TC/9': 'true' } }, 'OWNER_MISSING', 'time-condition/9'],
    ["a queue's agents in AstDB", { astdb: AGENT }, 'OWNER_MISSING', 'queue/799', /2 entries of QPENALTY, Queue/],
    ["a group's caller id in AstDB", { astdb: { 'RINGGROUP/699/changecid': 'fixed' } }, 'OWNER_MISSING', 'ring-group/699'],
    [
      'options of a queue',
      { tables: { queues_config: [queue('700')], queues_details: queueOptions('777', ['strategy', 'ringall']) } },
      'OWNER_MISSING',
      'queue/777',
    ],
    [
      'keys of a menu',
      { tables: { ivr_details: [ivr('1')], ivr_entries: [menuKey('9', '1', 'from-did-direct,201,1')] } },
      'OWNER_MISSING',
      'ivr/9',
    ],
    [
      'lines of a time group',
      { tables: { ...timeGroup('1', '*|*|*|*'), timegroups_details: [{ id: '7', timegroupid: '9', time: '*|*|*|*' }] } },
      'OWNER_MISSING',
      'time-group/9',
    ],
    ['patterns of a route', { tables: { outbound_route_patterns: [pattern('8', '8XXX')] } }, 'OWNER_MISSING', 'outbound-route/8'],
    ['options of a trunk', { tables: { sip: carrierPeer('9') } }, 'OWNER_MISSING', 'trunk/9', /2 entries of sip/],
    [
      'members of a page group',
      { tables: { paging_config: [], paging_groups: [{ page_number: '812', ext: '201' }] } },
      'OWNER_MISSING',
      'page-group/812',
    ],
  ]);

  it('and is in the ledger as such', () => {
    const { ledger } = readBox(soundBox({ astdb: AGENT }));
    expect(ledger.entries.filter((e) => e.key.includes('799')).map((e) => [e.fate, e.because])).toEqual([
      ['dropped', 'there is no queue/799'],
      ['dropped', 'there is no queue/799'],
    ]);
  });
});

describe('two rows for one object are told, and the first counts', () => {
  areFound([
    ['an extension', { tables: { users: [user('201', { name: 'Other' })] } }, 'OBJECT_TWICE', 'extension/201'],
    ['a telephone', { tables: { devices: [device('201', { description: 'Other' })] } }, 'OBJECT_TWICE', 'device/201'],
    [
      'a key of a menu',
      {
        tables: {
          ivr_details: [ivr('1')],
          ivr_entries: [menuKey('1', '1', 'from-did-direct,201,1'), menuKey('1', '1', 'from-did-direct,202,1')],
        },
      },
      'MENU_KEY_LOST',
      'ivr/1',
    ],
    [
      'an inbound route',
      { tables: { incoming: [incoming('4420700', 'from-did-direct,202,1')] } },
      'INBOUND_DUPLICATE',
      'inbound-route/4420700/any',
    ],
    ['a group', { tables: { ringgroups: [group('600', '201'), group('600', '202')] } }, 'OBJECT_TWICE', 'ring-group/600'],
  ]);

  it('the first', () => {
    expect(readBox(soundBox({ tables: { devices: [device('201', { description: 'Other' })] } })).model.device['201']?.description).toBe(
      '201',
    );
  });
});

it('a row without a destination is told', () => {
  expect(readBox(soundBox({ tables: { incoming: [incoming('4420701', '')] } })).findings.map((f) => f.code)).toContain('INBOUND_INERT');
});
