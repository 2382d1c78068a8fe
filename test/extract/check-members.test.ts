import { describe, expect, it } from 'vitest';
import { areFound, newFindings } from './planted.ts';
import { followMe, group, incoming, queue, queueOptions } from './planted-rows.ts';

const ringall = (id: string) => queueOptions(id, ['strategy', 'ringall']);

describe('what dials a number that leads nowhere is found', () => {
  areFound([
    ['a member of a group', { tables: { ringgroups: [group('600', '201-999')] } }, 'MEMBER_MISSING', 'ring-group/600', /999/],
    [
      'an outside member that no route takes',
      { tables: { ringgroups: [group('600', '201-00441234#')] } },
      'MEMBER_MISSING',
      'ring-group/600',
      /00441234/,
    ],
    [
      'an agent of a queue',
      {
        tables: {
          queues_config: [queue('700')],
          queues_details: queueOptions('700', ['strategy', 'ringall'], ['member', 'Local/999@from-queue/n,0']),
        },
      },
      'MEMBER_MISSING',
      'queue/700',
      /999/,
    ],
    [
      'a member of follow me',
      { tables: { findmefollow: [followMe('201', '998', 'ext-local,201,dest')] } },
      'MEMBER_MISSING',
      'follow-me/201',
      /998/,
    ],
    ['a forward', { astdb: { 'CF/201': '999' } }, 'NUMBER_NOWHERE', 'extension/201', /forwarded to 999/],
    [
      'a misc destination',
      { tables: { miscdests: [{ id: '1', description: 'x', destdial: '12345' }], incoming: [incoming('4420701', 'ext-miscdests,1,1')] } },
      'NUMBER_NOWHERE',
      'misc-destination/1',
    ],
    [
      'a callback',
      {
        tables: {
          callback: [
            { callback_id: '1', description: 'x', callbacknum: '12345', destination: 'from-did-direct,201,1', sleep: '', deptname: '' },
          ],
        },
      },
      'NUMBER_NOWHERE',
      'callback/1',
    ],
  ]);

  it('and a forward by a route is none', () => {
    expect(newFindings({ astdb: { 'CF/201': '92345678' } })).toEqual([]);
  });
});

describe('what has nobody is found', () => {
  areFound([
    ['a group', { tables: { ringgroups: [group('600', '')] } }, 'NOBODY_RINGS', 'ring-group/600'],
    ['a queue', { tables: { queues_config: [queue('700')], queues_details: ringall('700') } }, 'NOBODY_RINGS', 'queue/700'],
    [
      'a page group',
      { tables: { paging_config: [{ page_group: '811', force_page: '0', duplex: '0', description: 'x' }], paging_groups: [] } },
      'NOBODY_RINGS',
      'page-group/811',
    ],
  ]);
});
