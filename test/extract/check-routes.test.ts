import { describe } from 'vitest';
import { areFound } from './planted.ts';
import { carrierPeer, incoming, trunk, wholeRoute } from './planted-rows.ts';
import { keywords } from './sound-box.ts';

describe('what is wrong with the ways to the outside is found', () => {
  const { outbound_route_trunks: _, ...withoutTrunk } = wholeRoute('2', '8XXX');
  areFound([
    [
      'a route whose trunk is gone',
      { tables: { ...withoutTrunk, outbound_route_trunks: [{ route_id: '2', trunk_id: '9', seq: '0' }] } },
      'TRUNK_MISSING',
      'outbound-route/2',
      /trunk 9/,
    ],
    ['a route whose hours are gone', { tables: wholeRoute('2', '8XXX', { time_group_id: '5' }) }, 'TIME_GROUP_MISSING', 'outbound-route/2'],
    ['a route behind one that takes all its numbers', { tables: wholeRoute('2', '92XXXXXX') }, 'ROUTE_SWALLOWED', 'outbound-route/2'],
    [
      'a route without a pattern',
      { tables: { ...wholeRoute('2', '8XXX'), outbound_route_patterns: [] } },
      'ROUTE_WITHOUT_PATTERN',
      'outbound-route/2',
    ],
    ['a pattern with a set that nothing closes', { tables: wholeRoute('2', '8[1-') }, 'PATTERN_BROKEN', 'outbound-route/2'],
    ['a pattern in the way of FreePBX 2.7', { tables: wholeRoute('2', '8|XXX') }, 'PATTERN_BROKEN', 'outbound-route/2'],
    [
      'a DID with a set in a set',
      { tables: { incoming: [incoming('_44207[[1-3]X', 'from-did-direct,202,1')] } },
      'PATTERN_BROKEN',
      'inbound-route/44207[[1-3]X/any',
    ],
    [
      'a dial rule that nobody can read',
      {
        tables: {
          trunks: [trunk('2')],
          sip: carrierPeer('2'),
          trunk_dialpatterns: [{ trunkid: '2', match_pattern_prefix: '', match_pattern_pass: '[', prepend_digits: '', seq: '0' }],
        },
      },
      'PATTERN_BROKEN',
      'trunk/2',
    ],
    ['a trunk of another technology', { tables: { trunks: [trunk('2', { tech: 'misdn' })] } }, 'DEVICE_TECHNOLOGY_UNKNOWN', 'trunk/2'],
    [
      'a registration that nobody can read',
      { tables: { trunks: [trunk('2')], sip: [...carrierPeer('2'), ...keywords('tr-reg-2', { register: '@@@::' })] } },
      'TRUNK_REGISTRATION_UNREADABLE',
      'trunk/2',
    ],
  ]);
});
