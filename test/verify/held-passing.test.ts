import { expect, it } from 'vitest';
import { destinationCheck } from '../../src/verify/static/destinations.ts';
import { objectCheck } from '../../src/verify/static/objects.ts';
import { passingCheck } from '../../src/verify/static/passing.ts';
import { aModel, houseOf } from '../model/a-model.ts';
import { said } from './asked.ts';

const reception = { to: 'extension', id: '101', by: 'direct' };
const model = aModel({
  ...houseOf({ '101': {}, '102': {} }),
  language: { '1': { language: 'ru', next: { to: 'set-cid', id: '1' } } },
  'set-cid': { '1': { callerName: 'VIP ${CALLERID(name)}', callerNumber: '${CALLERIDNUM}', next: { to: 'queue-priority', id: '1' } } },
  'queue-priority': { '1': { priority: '7', next: reception } },
  'recording-rule': { '1': { mode: 'at-once', next: reception } },
  'misc-destination': { '1': { number: '777' } },
  'misc-application': { '1': { number: '777', next: reception } },
});
const dialplan = (o: { language?: string; name?: string; priority?: string; number?: string; rule?: string; after?: string }): string => `
[app-languages]
exten = 1,1,Set(CHANNEL(language)=${o.language ?? 'ru'})
 same = n,Goto(app-setcid,1,1)
[app-setcid]
exten = 1,1,Set(CALLERID(name)=${o.name ?? 'VIP ${CALLERID(name)}'})
 same = n,Set(CALLERID(num)=\${CALLERID(num)})
 same = n,Goto(app-queueprio,1,1)
[app-queueprio]
exten = 1,1,Set(_QUEUE_PRIO=${o.priority ?? '7'})
 same = n,Goto(ext-local,${o.after ?? '101'},1)
[ext-callrecording]
exten = 1,1,Gosub(recording-rule,${o.rule ?? 'at-once'},1(\${FROM_DID}))
 same = n,Goto(ext-local,${o.after ?? '101'},1)
[ext-miscdests]
exten = 1,1,Goto(from-internal,${o.number ?? '777'},1)
[app-miscapps]
exten = 777,1,Goto(ext-local,${o.after ?? '101'},1)
[ext-local]
exten = 101,1,Hangup()
exten = 102,1,Hangup()
`;

it('what a call passes changes it as the model says', async () => {
  expect(await said(passingCheck, { dialplan: dialplan({}) }, model)).toEqual([]);
  expect(
    await said(
      passingCheck,
      { dialplan: dialplan({ language: 'en', name: '${CALLERID(name)}', priority: '8', number: '778', rule: 'never' }) },
      model,
    ),
  ).toEqual([
    'language/1 language: ru, held en',
    'queue-priority/1 priority: 7, held 8',
    'recording-rule/1 rule: at-once, held never',
    'set-cid/1 CALLERID(name): VIP ${CALLERID(name)}, held ${CALLERID(name)}',
    'misc-destination/1 dials in from-internal: from-internal,777,1, held from-internal,778,1',
  ]);
});

it('and leads where the model says', async () => {
  expect(await said(destinationCheck, { dialplan: dialplan({}) }, model)).toEqual([]);
  expect(await said(destinationCheck, { dialplan: dialplan({ after: '102' }) }, model)).toEqual([
    'queue-priority/1 leads on: extension 101, held extension 102',
    'recording-rule/1 leads on: extension 101, held extension 102',
    'misc-application/1 leads on: extension 101, held extension 102',
  ]);
  expect(await said(objectCheck, { dialplan: '[x]\nexten = 1,1,Hangup()\n' }, model)).toEqual([
    'language/1 app-languages,1,1: is there, held is missing',
    'set-cid/1 app-setcid,1,1: is there, held is missing',
    'queue-priority/1 app-queueprio,1,1: is there, held is missing',
    'recording-rule/1 ext-callrecording,1,1: is there, held is missing',
    'misc-destination/1 ext-miscdests,1,1: is there, held is missing',
  ]);
});
