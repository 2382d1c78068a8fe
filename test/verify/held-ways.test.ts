import { describe, expect, it } from 'vitest';
import { announcementCheck } from '../../src/verify/static/announcements.ts';
import { destinationCheck } from '../../src/verify/static/destinations.ts';
import { extensionCheck } from '../../src/verify/static/extensions.ts';
import { memberCheck } from '../../src/verify/static/members.ts';
import { menuCheck } from '../../src/verify/static/menus.ts';
import { ownTelephoneCheck } from '../../src/verify/static/own-telephones.ts';
import { promptCheck } from '../../src/verify/static/prompts.ts';
import { queueCallCheck, queueCodeCheck } from '../../src/verify/static/queue-calls.ts';
import { aModel, houseOf } from '../model/a-model.ts';
import { said } from './asked.ts';

const ENDS = '[app-blackhole]\nexten = hangup,1,Hangup()\n[ext-local]\nexten = 101,1,NoOp()\nexten = 102,1,NoOp()\n';
const direct = (id: string) => ({ to: 'extension', id, by: 'direct' });
const house = houseOf({ '101': {}, '102': {} });

describe('ways of calls that Asterisk holds', () => {
  it('a group whose unanswered calls go elsewhere', async () => {
    const model = aModel({ ...house, 'ring-group': { '600': { strategy: 'ringall', ringSeconds: '20', noAnswer: direct('102') } } });
    const leading = (to: string): string => `${ENDS}[ext-group]\nexten = 600,1,Gosub(group-end,s,1)\n same = n,Goto(${to})\n`;
    expect(await said(destinationCheck, { dialplan: leading('ext-local,102,1') }, model)).toEqual([]);
    expect(await said(destinationCheck, { dialplan: leading('ext-local,101,1') }, model)).toEqual([
      'ring-group/600 leads on: extension 102, held extension 101',
    ]);
  });

  it('an extension that goes elsewhere when busy than when nobody answers', async () => {
    const model = aModel({
      ...houseOf({ '101': { noAnswer: { to: 'end', how: 'hangup' }, busy: direct('102') }, '102': {} }),
    });
    const on = (status: string, to: string): string => ` same = n,GotoIf($["\${DIALSTATUS}" = "${status}"]?${to})\n`;
    const dialplan = (busy: string): string =>
      `${ENDS}[ext-local](+)\nexten = 101,2,NoOp()\n${on('NOANSWER', 'app-blackhole,hangup,1')}${on('BUSY', busy)}`;
    expect(await said(destinationCheck, { dialplan: dialplan('ext-local,102,1') }, model)).toEqual([]);
    expect(await said(destinationCheck, { dialplan: dialplan('app-blackhole,hangup,1') }, model)).toEqual([
      'extension/101 leads on, when busy: extension 102, held nothing of the model',
    ]);
  });

  it('two keys of a menu that were swapped, and one that leads to nobody of the model any more', async () => {
    const entries = ['1', '2'].map((keys) => ({ keys, destination: direct(`10${keys}`) }));
    const model = aModel({ ...house, ivr: { '1': { entries } } });
    const keys = (one: string, two: string): string =>
      `${ENDS}[ivr-1]\nexten = s,1,WaitExten(10)\nexten = 1,1,Goto(${one})\nexten = 2,1,Goto(${two})\n`;
    expect(await said(destinationCheck, { dialplan: keys('ext-local,101,1', 'ext-local,102,1') }, model)).toEqual([]);
    expect(await said(destinationCheck, { dialplan: keys('ext-local,102,1', 'ext-local,101,1') }, model)).toEqual([
      'ivr/1 leads on, key 1: extension 101, held extension 102',
      'ivr/1 leads on, key 2: extension 102, held extension 101',
    ]);
  });

  it('destinations of a kind that is not carried are nobody’s affair here', async () => {
    const model = aModel({ 'ring-group': { '600': { strategy: 'ringall', ringSeconds: '9', noAnswer: { to: 'disa', id: '1' } } } });
    expect(await said(destinationCheck, { dialplan: '[ext-group]\nexten = 600,1,Goto(not-carried,disa-1,1)\n' }, model)).toEqual([]);
  });

  it('a menu that is not as the model has it: times, tries, keys, ways back', async () => {
    const menu = { timeoutSeconds: '7', directDial: 'yes', returnsFromVoicemail: 'yes', digitTimeoutSeconds: '3' };
    const model = aModel({
      ...house,
      ivr: { '1': { ...menu, timeout: { retries: '2', returns: 'yes' }, invalid: { retries: '3' }, sharesRetries: 'yes' } },
    });
    const again = (key: string, counter: string, most: number, back = ''): string =>
      `exten = ${key},1,Set(${counter}=$[0\${${counter}} + 1])\n same = n,GotoIf($[\${${counter}} > ${most}]?over)\n${back} same = n(over),NoOp()\n`;
    const back = ' same = n,GotoIf($["${X}" != ""]?${X},return,1)\n';
    const begin = (o: { digit: number; wait: number; takesBack: string }): string =>
      `[ivr-1]\nexten = s,1,Set(IVR_RETVM=${o.takesBack})\n same = n,GotoIf($["\${CHANNEL(state)}" = "Up"]?menu)\n same = n(menu),Set(TIMEOUT(digit)=${o.digit})\n same = n,WaitExten(${o.wait})\n`;
    const right = `${begin({ digit: 3, wait: 7, takesBack: 'RETURN' })}${again('t', 'LOOP', 2, back)}${again('i', 'LOOP', 3)}exten = 101,1,Goto(from-did-direct,101,1)\nexten = 102,1,Goto(from-did-direct,102,1)\n`;
    expect(await said(menuCheck, { dialplan: right }, model)).toEqual([]);
    const wrong = `${begin({ digit: 9, wait: 17, takesBack: '' })}${again('t', 'T', 7)}${again('i', 'I', 3, back)}`;
    expect(await said(menuCheck, { dialplan: wrong }, model)).toEqual([
      'ivr/1 seconds for a key: 7, held 17',
      'ivr/1 seconds between two digits: 3, held 9',
      'ivr/1 takes back who left a message: RETURN, held ',
      'ivr/1 extensions that may be keyed: 101, 102, held ',
      'ivr/1 further tries, nothing keyed: 2, held 7',
      'ivr/1 one count of tries for both: yes, held no',
      'ivr/1 nothing keyed sends back to the menu before: yes, held no',
      'ivr/1 another key sends back to the menu before: no, held yes',
    ]);
  });

  it('an object that plays another recording, or one that it has not', async () => {
    const recording = Object.fromEntries(['1', '2'].map((id) => [id, { prompts: [{ file: `custom/r${id}`, formats: ['wav'] }] }]));
    const model = aModel({ recording, announcement: { '1': { recording: '1' }, '2': {} } });
    const plays = (one: string): string =>
      `[app-announcement-1]\nexten = s,1,Playback(custom/${one})\n[app-announcement-2]\nexten = s,1,NoOp()\n`;
    expect(await said(promptCheck, { dialplan: plays('r1') }, model)).toEqual([]);
    expect(await said(promptCheck, { dialplan: plays('r2') }, model)).toEqual([
      'announcement/1 plays: custom/r1, held does not',
      'announcement/1 plays: does not, held custom/r2',
    ]);
  });

  it('an announcement that is answered, skipped, repeated and left otherwise', async () => {
    const recording = { '1': { prompts: [{ file: 'custom/r1', formats: ['wav'] }] } };
    const model = aModel({ recording, announcement: { '1': { recording: '1', withoutAnswer: 'yes', repeatKey: '9' }, '2': {} } });
    const right = '[app-announcement-1]\nexten = s,1(play),BackGround(custom/r1)\nexten = 9,1,Goto(s,play)\n';
    const other =
      '[app-announcement-2]\nexten = s,1,GotoIf($["${CHANNEL(state)}" = "Up"]?play)\n same = n,Answer()\n same = n(play),NoOp()\n';
    expect(await said(announcementCheck, { dialplan: right + other }, model)).toEqual([]);
    const wrong = '[app-announcement-1]\nexten = s,1,Answer()\nexten = _X,1,Goto(a,b,1)\nexten = _[*#],1,Goto(${IVR_CONTEXT},return,1)\n';
    expect(await said(announcementCheck, { dialplan: wrong + other }, model)).toEqual([
      'announcement/1 answers the call: no, held yes',
      'announcement/1 goes back to the menu before: no, held yes',
      'announcement/1 any key ends it: no, held yes',
      'announcement/1 key 9 plays it once more: yes, held no',
    ]);
  });

  it('a group that rings others, for another time, beside their calls', async () => {
    const members = [{ number: '101' }, { number: '102' }, { number: '89161', outside: 'yes' }];
    const group = { strategy: 'ringall', ringSeconds: '20', skipsBusy: 'yes', confirms: 'yes', members };
    const model = aModel({ ...house, 'ring-group': { '600': group } });
    const ringing = (o: { first: string; outside: string; seconds: number }): string =>
      `[ext-group]\nexten = 600,1,Gosub(member,\${EXTEN},1(${o.first}))\n same = n,Gosub(member,\${EXTEN},1(102,busy))\n same = n,Set(M=&Local/89161@${o.outside}/n)\n same = n(ring),ExecIf($["\${M}" != ""]?Dial(\${M:1},${o.seconds},t))\n`;
    expect(await said(memberCheck, { dialplan: ringing({ first: '101,busy', outside: 'confirmed', seconds: 20 }) }, model)).toEqual([]);
    expect(await said(memberCheck, { dialplan: ringing({ first: '101', outside: 'from-internal', seconds: 43 }) }, model)).toEqual([
      'ring-group/600 members: 101, 102, 89161 outside, must confirm, held 101, 102, 89161 outside',
      'ring-group/600 members in a call are left out: yes, held no',
      'ring-group/600 seconds of ringing: 20, held 43',
    ]);
  });

  it('a group whose members ring in other turns', async () => {
    const members = [{ number: '101' }, { number: '102' }];
    const group = (strategy: string): object => ({ strategy, ringSeconds: '20', members });
    const model = aModel({ ...house, 'ring-group': { '600': group('ringall'), '601': group('hunt'), '602': group('firstavailable') } });
    const member = (n: number): string => ` same = n,Gosub(member,\${EXTEN},1(${n}))\n`;
    const turn = (how: string): string => ` same = n,Gosub(ring-members,\${EXTEN},1(20,${how}))\n`;
    const all = ' same = n(ring),ExecIf($["${MEMBERS}" != ""]?Dial(${MEMBERS:1},20,t))\n';
    const first = ' same = n,GotoIf($["${MEMBERS}${TURN}" != ""]?ring)\n';
    const held = (ways: Record<string, string>): string =>
      `[ext-group]\n${Object.entries(ways)
        .map(([id, way]) => `exten = ${id},1,NoOp()\n${way}`)
        .join('')}`;
    const together = member(101) + member(102) + all;
    const hunting = (how: string): string => member(101) + turn(how) + member(102) + turn(how);
    const alone = member(101) + first + member(102) + all;
    expect(await said(memberCheck, { dialplan: held({ '600': together, '601': hunting('hunt'), '602': alone }) }, model)).toEqual([]);
    expect(await said(memberCheck, { dialplan: held({ '600': alone, '601': hunting('memory'), '602': together }) }, model)).toEqual([
      'ring-group/600 members ring: all at once, held the first that may',
      'ring-group/601 members ring: one after the other, held more and more',
      'ring-group/602 members ring: the first that may, held all at once',
    ]);
  });

  it('follow me with its own telephone first, and the others beside it', async () => {
    const follow = { strategy: 'ringallv2', preRingSeconds: '7', ringSeconds: '20', members: [{ number: '102' }] };
    const model = aModel({ ...house, 'follow-me': { '101': follow } });
    const dialplan = (own: number, other: string): string =>
      `[ext-findmefollow]\nexten = 101,1,Dial(Local/\${EXTEN}@follow-me-own/n&Local/\${EXTEN}@follow-me-others/n,27)\n[follow-me-own]\nexten = 101,1,Gosub(own-telephone,\${EXTEN},1(${own},always))\n[follow-me-others]\nexten = 101,1,Gosub(member,\${EXTEN},1(${other}))\n same = n,ExecIf($[1]?Dial(\${MEMBERS:1},20,t))\n`;
    expect(await said(memberCheck, { dialplan: dialplan(7, '102') }, model)).toEqual([]);
    expect(await said(memberCheck, { dialplan: dialplan(9, '101') }, model)).toEqual([
      'follow-me/101 members: 102, held 101',
      'follow-me/101 seconds that its own telephone rings: 7, held 9',
    ]);
  });

  it('a queue whose callers hear something else and whose agents are dialled in another way', async () => {
    const queue = { strategy: 'ringall', callersHear: 'ringing', reaches: 'extensions-only', skipsBusy: 'yes' };
    const model = aModel({ queue: { '400': queue } });
    const right =
      '[ext-queues]\nexten = 400,1,Answer()\n same = n,Queue(400,trb(before^400^1),,,60)\n[before]\nexten = 400,1,Set(__TO=from-queue-exten-only)\n same = n,Set(__SKIP_BUSY=yes)\n';
    expect(await said(queueCallCheck, { dialplan: right }, model)).toEqual([]);
    expect(await said(queueCallCheck, { dialplan: '[ext-queues]\nexten = 400,1,Queue(400,tnR)\n' }, model)).toEqual([
      'queue/400 answers before callers wait: yes, held no',
      'queue/400 callers hear ringing: yes, held no',
      'queue/400 callers hear ringing when an agent rings: no, held yes',
      'queue/400 is over after one round: no, held yes',
      'queue/400 agents are dialled in: from-queue-exten-only, held from-internal',
      'queue/400 agents in a call are left out: yes, held no',
    ]);
  });

  it('an extension that rings for another time, and whose calls are recorded otherwise', async () => {
    const recording = { inExternal: 'always', outExternal: 'always', priority: '20' };
    const model = aModel(houseOf({ '101': { ringSeconds: '40', recording } }));
    const answers = (seconds: number, policy: string, variable: string) => ({
      dialplan: `[ext-local]\nexten = 101,1,Gosub(record-called,\${EXTEN},1(${policy}))\n same = n,Gosub(before-ringing,\${EXTEN},1(${seconds},always))\n same = n,Dial(PJSIP/101,20)\n`,
      files: {
        'pjsip_wizard.conf': {
          '101': [
            ['endpoint/set_var', '__CALLER=101'],
            ['endpoint/set_var', variable],
          ] as [string, string][],
        },
      },
    });
    expect(await said(extensionCheck, answers(40, 'always,dontcare,20', '__RECORD_OUTSIDE=always'), model)).toEqual([]);
    expect(await said(extensionCheck, answers(15, 'never,dontcare,20', '__X=1'), model)).toEqual([
      'extension/101 seconds that it rings: 40, held 15',
      'extension/101 calls to it are recorded: from outside always, from inside dontcare, priority 20, held from outside never, from inside dontcare, priority 20',
      'extension/101 calls that it makes to the outside are recorded: always, held dontcare',
    ]);
    const files = { 'pjsip_wizard.conf': { '101': [] } };
    const others =
      '[ext-local]\nexten = 101,1,Gosub(before-ringing,${EXTEN},1(40))\n same = n,Dial(PJSIP/102,20)\n[own-caller-id]\nexten = 101,1,Set(OWN_CALLER_ID=<7495>)\n[callers]\nexten = 101,1,Set(__CALLER=102)\n';
    expect(await said(extensionCheck, { dialplan: others, files }, aModel(houseOf({ '101': { ringSeconds: '40' }, '102': {} })))).toEqual([
      'extension/101 caller id outside: nothing, held <7495>',
      'extension/101 calls from 101 are its own: 101, held ',
      'extension/101 calls under its number are its own: 101, held 102',
    ]);
  });

  it('a table of all extensions in which one has another’s telephone, and one has lost a telephone of two', async () => {
    const model = aModel({
      extension: {
        '101': { name: 'A', devices: ['101'] },
        '102': { name: 'B', devices: ['102'] },
        '103': { name: 'C', devices: ['1031', '1032'] },
      },
      device: Object.fromEntries(['101', '102', '1031', '1032'].map((id) => [id, { technology: 'sip' }])),
    });
    const files = { 'pjsip_wizard.conf': { '101': [], '102': [], '1031': [], '1032': [] } };
    const rows = (...phones: readonly string[]): string => phones.map((p, i) => `exten = 10${i + 1},1,Return(${p})\n`).join('');
    const check = (...phones: readonly string[]) => said(ownTelephoneCheck, { dialplan: `[telephones]\n${rows(...phones)}`, files }, model);
    expect(await check('PJSIP/101', 'PJSIP/102', 'PJSIP/1031&PJSIP/1032')).toEqual([]);
    expect(await check('PJSIP/101', 'PJSIP/101', 'PJSIP/1031')).toEqual([
      'extension/102 telephones in telephones: 102, held 101',
      'extension/103 telephones in telephones: 1031, 1032, held 1031',
    ]);
  });

  it('a code of one queue that pauses an agent of another', async () => {
    const model = aModel({
      queue: { '400': { strategy: 'ringall' }, '401': { strategy: 'ringall' } },
      'feature-code': { 'queues/que_pause_toggle': { code: '*46' } },
    });
    const dialplan = (queue: string): string => `[from-internal]\nexten = *46400,1,PauseQueueMember(${queue},x)\n`;
    expect(await said(queueCodeCheck, { dialplan: dialplan('400') }, model)).toEqual([]);
    expect(await said(queueCodeCheck, { dialplan: dialplan('401') }, model)).toEqual(['queue/400 code *46400: queue 400, held queue 401']);
  });

  it('an extension that does not keep who called last, where a code says it', async () => {
    const codes = { 'feature-code': { 'infoservices/calltrace': { code: '*69' } } };
    const dialplan = '[ext-local]\nexten = 101,1,Gosub(before-ringing,${EXTEN},1(15))\n same = n,Dial(PJSIP/101,20)\n';
    const one = houseOf({ '101': {} });
    expect(await said(extensionCheck, { dialplan }, aModel(one))).toEqual([]);
    expect(await said(extensionCheck, { dialplan }, aModel({ ...one, ...codes }))).toEqual([
      'extension/101 number of the last caller in AstDB: is there, held is missing',
    ]);
  });
});
