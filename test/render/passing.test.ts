import { expect, test } from 'vitest';
import { contextOf, smallHouse, treeOf } from './some-pbx.ts';

const reception = { to: 'extension', id: '101', by: 'direct' } as const;
const tree = await treeOf({
  ...smallHouse,
  language: { '1': { language: 'ru', next: { to: 'misc-destination', id: '1' } }, '2': { language: 'r u,x', next: reception } },
  'set-cid': {
    '1': {
      description: 'Known',
      callerName: 'VIP; ${CALLERIDNAME}',
      callerNumber: '${CALLERID(num)}',
      variables: { __ALERT_INFO: 'ring2' },
      next: reception,
    },
    '2': { callerName: '${SIPCHANINFO(x)}', callerNumber: '1', next: reception },
    '3': { callerName: '${SHELL(id)}', next: reception },
  },
  'queue-priority': { '1': { priority: '7', next: reception } },
  'recording-rule': {
    '1': { description: 'All', mode: 'at-once', next: reception },
    '2': { mode: 'never', next: { to: 'recording-rule', id: '2' } },
  },
  'inbound-route': { '1/any': { did: '1', recording: 'never', destination: reception }, '2/any': { did: '2', destination: reception } },
  'misc-destination': { '1': { number: '777' }, '2': { number: '9 84' } },
  'misc-application': {
    '1': { number: '777', next: { to: 'language', id: '1' } },
    '2': { number: '777', next: reception },
    '3': { number: '12;3', next: reception },
  },
});
const lines = (kind: string, context: string): string[] => contextOf(tree.text(`extensions.d/${kind}.conf`), context);

test('a language is set and the call goes on; what is no language is left as it is', () => {
  expect(lines('language', 'app-languages')).toEqual([
    'exten = 1,1,NoOp()',
    'same = n,Set(CHANNEL(language)=ru)',
    'same = n,Set(PASSES=$[0${PASSES} + 1])',
    'same = n,GotoIf($[${PASSES} > 50]?in-a-circle,${EXTEN},1)',
    'same = n,Goto(ext-miscdests,1,1)',
    'exten = 2,1,NoOp()',
    'same = n,Goto(ext-local,101,1)',
  ]);
});

test('a caller id is said in the language of Asterisk 22, and a ring tone reaches the telephones', () => {
  expect(lines('set-cid', 'app-setcid').slice(0, 6)).toEqual([
    'exten = 1,1,NoOp(Known)',
    'same = n,Set(CALLERID(name)=VIP\\; ${CALLERID(name)})',
    'same = n,Set(CALLERID(num)=${CALLERID(num)})',
    'same = n,Set(__ALERT_INFO=ring2)',
    'same = n,Set(__ALERT=b(alert^s^1))',
    'same = n,Goto(ext-local,101,1)',
  ]);
  const told = tree.findings.filter((f) => f.about?.kind === 'set-cid').map((f) => [f.about?.id, f.code]);
  expect(told).toContainEqual(['3', 'DIALPLAN_RUNS_PROGRAM']);
  expect(told.map(([id]) => id)).toEqual(['2', '3']);
  expect(tree.text('extensions.d/routines.conf')).toContain('[alert]');
});

test('a priority goes along to the next queue', () => {
  expect(lines('queue-priority', 'app-queueprio')).toEqual(['exten = 1,1,Set(_QUEUE_PRIO=7)', 'same = n,Goto(ext-local,101,1)']);
});

test('a rule for recording is a routine, and what it says of routes goes before all that they lead to', () => {
  expect(lines('recording-rule', 'ext-callrecording')).toEqual([
    'exten = 1,1,Gosub(recording-rule,at-once,1(${FROM_DID}))',
    'same = n,Goto(ext-local,101,1)',
    'exten = 2,1,Gosub(recording-rule,never,1(${FROM_DID}))',
    'same = n,Set(PASSES=$[0${PASSES} + 1])',
    'same = n,GotoIf($[${PASSES} > 50]?in-a-circle,${EXTEN},1)',
    'same = n,Goto(ext-callrecording,2,1)',
  ]);
  expect(contextOf(tree.text('extensions.d/inbound-route.conf'), 'ext-did-0002').filter((l) => l.includes('recording-rule'))).toEqual([
    'same = n,Gosub(recording-rule,never,1(${FROM_DID}))',
  ]);
  expect(contextOf(tree.text('extensions.d/routines.conf'), 'recording-rule')).toContain('same = n,Set(__RECORDING=no)');
});

test('a number as a destination is dialled inside; what is no number ends in silence, and is told', () => {
  expect(lines('misc-destination', 'ext-miscdests').filter((l) => l.includes('Goto('))).toEqual([
    'same = n,Goto(from-internal,777,1)',
    'same = n,Goto(app-blackhole,hangup,1)',
  ]);
  expect(tree.findings.filter((f) => f.code === 'NUMBER_NOT_RENDERED').map((f) => [f.about?.kind, f.about?.id])).toEqual([
    ['misc-destination', '2'],
    ['misc-application', '3'],
  ]);
});

test('of two applications with one number the first has it, and telephones reach it', () => {
  expect(lines('misc-application', 'app-miscapps').filter((l) => l.startsWith('exten'))).toHaveLength(1);
  expect(tree.text('extensions.d/feature-code.conf')).toContain('include = app-miscapps');
});
