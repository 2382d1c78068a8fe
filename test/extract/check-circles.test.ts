import { describe, expect, it } from 'vitest';
import { areFound, newFindings } from './planted.ts';
import {
  announcement,
  callFlow,
  featureCode,
  followMe,
  group,
  incoming,
  ivr,
  menuKey,
  person,
  queue,
  queueOptions,
  timeCondition,
  timeGroup,
} from './planted-rows.ts';

const member = (id: string, whom: string) => queueOptions(id, ['strategy', 'ringall'], ['member', `Local/${whom}@from-queue/n,0`]);
const shortNumber = (number: string, dest: string) => ({
  miscapps: [{ miscapps_id: '1', ext: number, description: 'x', dest }],
  featurecodes: [featureCode('miscapps', 'miscapp_1', number)],
});

describe('a call that comes back to where it was is found', () => {
  areFound([
    [
      'a time condition that leads to itself',
      {
        tables: {
          ...timeGroup('1', '09:00-18:00|mon-fri|*|*'),
          timeconditions: [timeCondition('1', '1', 'from-did-direct,201,1', 'timeconditions,1,1')],
        },
      },
      'CALL_CIRCLE',
      'time-condition/1',
    ],
    [
      'hand-made dialplan that goes to itself',
      { etc: { 'extensions_custom.conf': '[night]\nexten => s,1,NoOp(x)\nexten => s,n(go),Playback(hello)\nexten => s,n,Goto(go)\n' } },
      'CALL_CIRCLE',
      'custom-dialplan/night',
      /night,s,2 > custom-dialplan\/night,s,2/,
    ],
    [
      'hand-made contexts that hand it to each other, in the words of old dialplan',
      {
        etc: {
          'extensions_custom.conf':
            '[a]\nexten => _X.,1,Answer\nexten => _X.,2,Goto(b|${EXTEN}|1)\n[b]\nexten => _X.,1,Set(x=1)\nexten => _X.,n,Goto(c,s,1)\n[c]\nexten => s,1,Goto(a,555,1)\n',
        },
      },
      'CALL_CIRCLE',
      'custom-dialplan/a',
    ],
    [
      'hand-made dialplan that hands it to a group, which hands it back',
      {
        tables: {
          ringgroups: [group('600', '201', 'night,s,1')],
          custom_destinations: [{ custom_dest: 'night,s,1', description: 'x', notes: '' }],
        },
        etc: { 'extensions_custom.conf': '[night]\nexten => s,1,Wait(1)\nexten => s,n,Goto(ext-group,600,1)\n' },
      },
      'CALL_CIRCLE',
      'custom-dialplan/night',
      /night,s,1 > ring-group\/600/,
    ],
    [
      'two groups that hand it to each other',
      { tables: { ringgroups: [group('600', '201', 'ext-group,601,1'), group('601', '202', 'ext-group,600,1')] } },
      'CALL_CIRCLE',
      'ring-group/600',
      /ring-group\/600 > ring-group\/601 > ring-group\/600/,
    ],
    [
      'three kinds in a circle',
      {
        tables: {
          announcement: [announcement('1', 'ext-queues,700,1')],
          queues_config: [queue('700', 'app-daynight,0,1')],
          queues_details: member('700', '201'),
          daynight: callFlow('app-announcement-1,s,1', 'from-did-direct,201,1'),
        },
      },
      'CALL_CIRCLE',
      'announcement/1',
      /announcement\/1 > queue\/700 > call-flow\/0 > announcement\/1/,
    ],
    [
      'a menu that sends who keys nothing to itself',
      { tables: { ivr_details: [ivr('1', { timeout_destination: 'ivr-1,s,1' })] } },
      'CALL_CIRCLE',
      'ivr/1',
    ],
    ['two telephones that are forwarded to each other', { astdb: { 'CF/201': '202', 'CF/202': '201' } }, 'CALL_CIRCLE', 'extension/201'],
    ['two telephones that go to each other unanswered', { astdb: { 'CFU/201': '202', 'CFB/202': '201' } }, 'CALL_CIRCLE', 'extension/201'],
    [
      'an extension that goes to itself when nobody answers',
      { tables: person('205', { user: { noanswer_dest: 'from-did-direct,205,1' } }) },
      'CALL_CIRCLE',
      'extension/205',
    ],
    [
      'follow me that goes on to the extension itself',
      { tables: { findmefollow: [followMe('201', '202', 'from-did-direct,201,1')] } },
      'CALL_CIRCLE',
      'follow-me/201',
    ],
    [
      'a short number that is dialled to reach itself',
      {
        tables: {
          miscdests: [{ id: '1', description: 'x', destdial: '777' }],
          ...shortNumber('777', 'ext-miscdests,1,1'),
        },
      },
      'CALL_CIRCLE',
      'misc-application/1',
    ],
    [
      'a queue whose agent is the queue',
      { tables: { queues_config: [queue('700')], queues_details: member('700', '700') } },
      'CALL_CIRCLE',
      'queue/700',
      /ring itself/,
    ],
    [
      'a group and a queue that ring each other',
      { tables: { ringgroups: [group('600', '201-700#')], queues_config: [queue('700')], queues_details: member('700', '600') } },
      'CALL_CIRCLE',
      'queue/700',
    ],
    [
      'a queue whose agent is a short number that leads back by a rule for recording and a queue priority',
      {
        tables: {
          ...shortNumber('777', 'ext-callrecording,1,1'),
          callrecording: [{ callrecording_id: '1', callrecording_mode: 'force', description: 'All', dest: 'app-queueprio,1,1' }],
          queueprio: [{ queueprio_id: '1', queue_priority: '10', description: 'VIP', dest: 'ext-queues,700,1' }],
          queues_config: [queue('700')],
          queues_details: member('700', '777'),
        },
      },
      'CALL_CIRCLE',
      'misc-application/1',
      /ring itself.*recording-rule\/1 > queue-priority\/1 > queue\/700/,
    ],
    [
      'a queue whose agent is a short number that leads back by an announcement',
      {
        tables: {
          ...shortNumber('777', 'app-announcement-1,s,1'),
          announcement: [announcement('1', 'ext-queues,700,1')],
          queues_config: [queue('700')],
          queues_details: member('700', '777'),
        },
      },
      'CALL_CIRCLE',
      'announcement/1',
      /ring itself/,
    ],
    [
      'a group that rings a number of hand-made dialplan, which leads back',
      {
        tables: { ringgroups: [group('600', '201-7000#')] },
        etc: { 'extensions_custom.conf': '[from-internal-custom]\nexten => 7000,1,Goto(ext-group,600,1)\n' },
      },
      'CALL_CIRCLE',
      'custom-dialplan/from-internal-custom',
      /ring itself/,
    ],
  ]);
});

describe('no circle is', () => {
  const circles = (planted: Parameters<typeof newFindings>[0]) => newFindings(planted).filter((f) => f.code === 'CALL_CIRCLE');

  it('a key that leads back to its menu', () => {
    const tables = { ivr_details: [ivr('1'), ivr('2')], ivr_entries: [menuKey('1', '2', 'ivr-2,s,1'), menuKey('2', '0', 'ivr-1,s,1')] };
    expect(circles({ tables })).toEqual([]);
  });

  it('follow me that goes on to what the extension does unanswered', () => {
    const tables = { findmefollow: [followMe('201', '202', 'ext-local,201,dest'), followMe('202', '201', 'from-did-direct,201,1')] };
    expect(circles({ tables })).toEqual([]);
  });

  it.each([
    ['a menu that asks again', 'exten => s,1,Background(hello)\nexten => s,n,WaitExten(5)\nexten => s,n,Goto(1)\nexten => t,1,Goto(s,1)\n'],
    [
      'what goes round until something has happened',
      'exten => s,1,Wait(1)\nexten => s,n,GotoIf($["${DB(a/b)}" = "1"]?9)\nexten => s,n,Goto(1)\nexten => s,9,Hangup\n',
    ],
    [
      'what goes where a telephone ended',
      'exten => _X.,1,Dial(SIP/201)\nexten => _X.,n,Goto(s-${DIALSTATUS},1)\nexten => _s-.,1,Goto(s,1)\n',
    ],
    ['what a script decides', 'exten => s,1,AGI(x.agi)\nexten => s,n,Goto(1)\n'],
  ])('%s, written by hand', (_, text) => {
    expect(circles({ etc: { 'extensions_custom.conf': `[night]\n${text}` } })).toEqual([]);
  });

  it('a DID with the number of the extension that it rings', () => {
    expect(circles({ tables: { incoming: [incoming('201', 'from-did-direct,201,1')] } })).toEqual([]);
  });
});
