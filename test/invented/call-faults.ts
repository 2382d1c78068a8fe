import {
  announcement,
  callFlow,
  featureCode,
  group,
  incoming,
  ivr,
  menuKey,
  person,
  queue,
  queueOptions,
  timeCondition,
  timeGroup,
} from '../extract/planted-rows.ts';
import type { Planted } from '../extract/sound-box.ts';

const DESK = 'app-blackhole,busy,1';
const member = (id: string, whom: string) => queueOptions(id, ['strategy', 'ringall'], ['timeout', '10'], ['member', whom]);
const odd = (id: string, ...lines: string[]) => ({ ...timeGroup(id, ...lines), timeconditions: [timeCondition(id, id, DESK, DESK)] });

/** What is broken on old boxes in the ways that calls take. Each has numbers of its own, 9000 and more. */
export const CALL_FAULTS: readonly Planted[] = [
  // circles
  {
    tables: {
      ringgroups: [group('9600', '', 'ext-group,9601,1'), group('9601', '9600#', 'ext-group,9600,1')],
      incoming: [incoming('900001', 'ext-group,9600,1')],
    },
  },
  { tables: { ...odd('91', '*|*|*|*'), incoming: [incoming('900002', 'timeconditions,91,1')] } },
  {
    tables: {
      timeconditions: [timeCondition('92', '91', 'timeconditions,92,1', 'timeconditions,92,1')],
      incoming: [incoming('900003', 'timeconditions,92,1')],
    },
  },
  {
    tables: {
      announcement: [announcement('91', 'app-announcement-92,s,1'), announcement('92', 'app-announcement-91,s,1')],
      incoming: [incoming('900004', 'app-announcement-91,s,1')],
    },
  },
  {
    tables: {
      queues_config: [queue('9700', 'ext-queues,9701,1', { maxwait: '5' }), queue('9701', 'ext-queues,9700,1', { maxwait: '5' })],
      queues_details: [...member('9700', 'Local/9701@from-queue/n,0'), ...member('9701', 'Local/9700@from-queue/n,0')],
      incoming: [incoming('900005', 'ext-queues,9700,1')],
    },
  },
  { tables: { ...person('9001'), incoming: [incoming('900006', 'from-did-direct,9001,1')] }, astdb: { 'CF/9001': '9002' } },
  { tables: person('9002'), astdb: { 'CF/9002': '9001' } },
  { tables: person('9003'), astdb: { 'CF/9003': '9003' } },
  {
    tables: {
      miscdests: [{ id: '91', description: 'x', destdial: '9777' }],
      miscapps: [{ miscapps_id: '91', ext: '9777', description: 'x', dest: 'ext-miscdests,91,1' }],
      featurecodes: [featureCode('miscapps', 'miscapp_91', '9777')],
    },
  },
  // ways that lead nowhere
  {
    tables: {
      incoming: [
        'ext-group,666,1',
        'ivr-99,s,1',
        'no-such-context,s,1',
        'ext-queues,',
        'x',
        'from-did-direct,9999,1',
        'app-daynight,77,1',
        'ext-meetme,9999,1',
        'ext-trunk,77,1',
        'disa,9,1',
        'ext-fax,9001,1',
      ].map((to, i) => incoming(`9001${10 + i}`, to)),
    },
  },
  {
    tables: {
      incoming: [
        incoming('900200', ''),
        incoming('900001', DESK),
        incoming('_90021[', DESK),
        incoming('_9002[[1-3]X', DESK),
        incoming('_900[]X', DESK),
        incoming('900 22-0', DESK),
        incoming('a;b', DESK),
        incoming('900230', DESK, { cidnum: '_7[1-' }),
        incoming('900231', DESK, { cidnum: 'unknown', mohclass: 'no-such', grppre: 'A;B"' }),
        incoming('_90024X', DESK),
        incoming('_90024[0-9]', DESK),
        incoming('_9002!', DESK),
      ],
    },
  },
  {
    tables: {
      ivr_details: [
        ivr('91', {
          timeout_destination: 'ivr-91,s,1',
          invalid_destination: '',
          timeout_time: '-1',
          invalid_loops: '999',
          timeout_loops: 'x',
          announcement: '99',
        }),
      ],
      ivr_entries: [
        menuKey('91', '1', 'ext-group,666,1'),
        menuKey('91', '1,2;x', DESK),
        menuKey('91', '1', DESK),
        menuKey('91', '##', DESK),
        menuKey('99', '1', DESK),
      ],
      incoming: [incoming('900300', 'ivr-91,s,1')],
    },
  },
  {
    tables: {
      daynight: [...callFlow('', 'app-daynight,9,1').map((row) => ({ ...row, ext: '9' }))],
      incoming: [incoming('900301', 'app-daynight,9,1')],
    },
    astdb: { 'DAYNIGHT/C9': 'MAYBE', 'DAYNIGHT/C77': 'NIGHT' },
  },
  // hours
  { tables: { ...odd('93', '25:00-99:00|mon-fri|*|*', '*|*|30|feb', 'пн|x|y'), incoming: [incoming('900310', 'timeconditions,93,1')] } },
  {
    tables: {
      ...odd('94', '18:00-09:00|fri-mon|28-3|dec-jan', '09:00-18:00', '|||', '9:5-10:70|Mon-FRI|*|*', '09:00|*|*|*'),
      incoming: [incoming('900311', 'timeconditions,94,1')],
    },
  },
  {
    tables: {
      timeconditions: [timeCondition('95', '', '', '')],
      timegroups_details: [{ id: '950', timegroupid: '950', time: '*|*|*|*' }],
      incoming: [incoming('900312', 'timeconditions,95,1')],
    },
  },
  // groups and queues
  {
    tables: {
      ringgroups: [
        group('9602', ''),
        group('9603', '9001-9999-9001-00441234#-#--x;y', DESK, { strategy: 'foo', grptime: '0', annmsg_id: '77', ringing: 'no-such' }),
        group(
          '9604',
          Array.from({ length: 70 }, () => '9001')
            .join('-')
            .slice(0, 255),
          DESK,
          { strategy: 'ringallv2' },
        ),
        group('9001', '9002'),
      ],
      incoming: [incoming('900320', 'ext-group,9603,1')],
    },
  },
  {
    tables: {
      queues_config: [queue('9702', '', { maxwait: '-5', ivr_id: '99', qregex: '([0-9', joinannounce_id: '77' }), queue('9703', DESK)],
      queues_details: [
        ...member('9702', 'garbage'),
        ...queueOptions(
          '9702',
          ['timeout', '99999999999'],
          ['retry', '-3'],
          ['maxlen', 'abc'],
          ['weight', '1e9'],
          ['joinempty', 'perhaps'],
          ['leavewhenempty', 'sometimes'],
          ['announce-frequency', 'x'],
          ['music', 'no-such'],
        ),
        ...member('9703', 'Agent/1001,0'),
        ...member('9709', 'Local/9001@from-queue/n,0'),
      ],
      incoming: [incoming('900330', 'ext-queues,9702,1')],
    },
    astdb: {
      'Queue/PersistentMembers/9703': 'Local/9999@from-queue/n;0;0;Ghost;hint:9999@ext-local|;;|x',
      'QPENALTY/9799/agents/9001': '0',
    },
  },
];
