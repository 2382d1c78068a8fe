import { describe, expect, it } from 'vitest';
import { checkIncludes, checkLoaded, checkNames, type Nameable } from '../../src/verify/static/dialplan.ts';
import { unreached } from '../../src/verify/static/unreached.ts';
import { dialplanFiles, heldDialplan } from './asked.ts';

const PBX: Nameable = {
  applications: new Set(
    ['answer', 'dial', 'execif', 'gosub', 'gosubif', 'goto', 'gotoif', 'gotoiftime', 'hangup', 'noop', 'playback', 'queue'].concat([
      'return',
      'set',
      'voicemail',
      'background',
      'musiconhold',
      'read',
    ]),
  ),
  functions: new Set(['channel', 'db', 'len', 'extension_state', 'dialplan_exists', 'cut']),
  endpoint: new Set(['101', 'carrier']),
  'IAX peer': new Set(['130']),
  queue: new Set(['400']),
  mailbox: new Set(['101@default']),
  'music class': new Set(['default']),
  hasSound: (name) => ['beep', 'custom/welcome'].includes(name),
};

const REST = `
[group]
exten = 600,1,NoOp()
 same = n(ring),Return()
exten = _6XX,1,Return()
[end]
exten = end-BUSY,1,Hangup()
exten = s,1,Hangup()
[lamps]
exten = 101,hint,PJSIP/101
`;

const missing = (step: string): string[] =>
  checkNames(heldDialplan(`[here]\nexten = _X.,1,${step}\n same = n(there),Hangup()\n${REST}`), PBX).map((m) => m.expected);

describe('what a dialplan names', () => {
  it.each([
    ['Goto(there)'],
    ['Goto(group,600,ring)'],
    ['Goto(group,${EXTEN},1)'],
    ['Goto(end,end-${DIALSTATUS},1)'],
    ['Goto(${WHERE},${EXTEN},1)'],
    ['Goto(group,655,1)'],
    ['GotoIf($["${A}" = "?:"]?group,600,1:there)'],
    ['GotoIfTime(9:00-17:00,mon-fri,*,*?group,600,1)'],
    ['GosubIf($[${LEN(${A})} > 0]?group,600,1(a,b:c):end,s,1)'],
    ['Dial(PJSIP/101&PJSIP/${EXTEN}@carrier&IAX2/130,20,b(end^s^1(x))U(end)m(default)g)'],
    ['Dial(Local/600@group/n&Local/${DB(CF/101)}@group/n)'],
    ['Set(CHANNEL(hangup_handler_push)=end,s,1)'],
    ['ExecIf($["${EXTENSION_STATE(101@lamps)}" = "IDLE"]?Playback(beep&custom/welcome):VoiceMail(101@default,u))'],
    ['Queue(400,tn,,,20,,end)'],
    ['Queue(400,tn)'],
    ['GosubIf(${DIALPLAN_EXISTS(keys-${CUT(ARG1,@,1)},s,1)}?keys-${CUT(ARG1,@,1)},s,1(${ARG1}))'],
  ])('%s is all there', (step) => {
    expect(missing(step)).toEqual([]);
  });

  it.each([
    ['Goto(nowhere)', 'the place nowhere'],
    ['Goto(group,700,1)', 'the place group,700,1'],
    ['Goto(group,600,9)', 'the place group,600,9'],
    ['Goto(group,600,rings)', 'the place group,600,rings'],
    ['Goto(grp,${EXTEN},1)', 'the place grp,…,1'],
    ['GosubIf(${DIALPLAN_EXISTS(keys-${CUT(ARG1,@,1)},s,1)}?key-${CUT(ARG1,@,1)},s,1)', 'the place key-…,s,1'],
    ['Goto(end,begin-${DIALSTATUS},1)', 'the place end,begin-…,1'],
    ['GotoIf($[1]?there:elsewhere)', 'the place elsewhere'],
    ['GotoIfTime(9:00-17:00,mon-fri,*,*?group,700,1:there)', 'the place group,700,1'],
    ['GosubIf($[1]?group,600,1(x):sub,s,1(y))', 'the place sub,s,1'],
    ['Dial(PJSIP/102)', 'the endpoint 102'],
    ['Dial(PJSIP/${EXTEN}@nobody,20)', 'the endpoint nobody'],
    ['Dial(IAX2/131/${EXTEN})', 'the IAX peer 131'],
    ['Dial(PJSIP/101,20,tb(alert^s^1)r)', 'the place alert,s,1'],
    ['Dial(PJSIP/101,20,U(confirm^x))', 'the place confirm,…,…'],
    ['Set(__ALERT=b(alert^s^1))', 'the place alert,s,1'],
    ['Set(CHANNEL(hangup_handler_push)=gone,s,1)', 'the place gone,s,1'],
    ['Dial(Local/600@groups/n)', 'the place groups,600,1'],
    ['ExecIf($[1]?Macro(x):NoOp())', 'the application Macro'],
    ['Set(A=${CURL(http://x)})', 'the function CURL'],
    ['Set(SHELL(x)=1)', 'the function SHELL'],
    ['Set(A=${EXTENSION_STATE(102@lamps)})', 'a hint of 102@lamps'],
    ['Playback(beep&gone)', 'the sound gone'],
    ['Gosub(group,600,1(custom/lost))', 'the sound custom/lost'],
    ['Queue(401)', 'the queue 401'],
    ['Queue(400,tn,,,20,,gone)', 'the place gone,s,1'],
    ['VoiceMail(102@default,u)', 'the mailbox 102@default'],
    ['MusicOnHold(jazz)', 'the music class jazz'],
  ])('%s lacks %s', (step, what) => {
    expect(missing(step)).toEqual([`${what} is there`]);
  });

  it('is told with file and line', () => {
    const dialplan = heldDialplan('#include "extensions.d/a.conf"\n', {
      'etc/asterisk/extensions.d/a.conf': '[a]\nexten = s,1,NoOp()\n same = n,Goto(b,s,1)\n',
    });
    expect(checkNames(dialplan, PBX)[0]?.what).toBe('dialplan a,s,2 (a.conf:3)');
  });
});

describe('a dialplan that Asterisk holds', () => {
  it('lacks a context that another includes', () => {
    const dialplan = heldDialplan('[a]\ninclude = b\n[c]\ninclude = a\n');
    expect(checkIncludes(dialplan, { contexts: [], globals: [], problems: [] }).map((m) => [m.what, m.expected])).toEqual([
      ['dialplan a', 'the context b that it includes is there'],
    ]);
  });

  it('lacks a step of the files that was not taken', () => {
    const files = dialplanFiles('[a]\nexten = s,1,NoOp()\n same = n,Hangup()\n');
    const dialplan = heldDialplan('[a]\nexten = s,1,NoOp()\n');
    expect(checkLoaded(dialplan, files)).toMatchObject([{ what: 'dialplan a,s,2 (extensions.conf:3)', held: 'is missing' }]);
  });

  it('has contexts that nobody enters, told by the first of them', () => {
    const dialplan = heldDialplan(
      '[in]\ninclude = a\n[a]\nexten = s,1,Goto(b,s,1)\n[b]\nexten = s,1,Hangup()\n[lost]\nexten = s,1,Goto(lost-too,s,1)\n[lost-too]\nexten = s,1,Hangup()\n',
    );
    expect(unreached(dialplan, ['in'])).toEqual(['lost']);
  });

  it('has two lost contexts that lead to each other: one is told', () => {
    const dialplan = heldDialplan('[in]\nexten = s,1,Hangup()\n[x]\nexten = s,1,Goto(y,s,1)\n[y]\nexten = s,1,Goto(x,s,1)\n');
    expect(unreached(dialplan, ['in'])).toEqual(['x']);
  });
});
