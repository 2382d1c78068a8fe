import { describe, expect, it } from 'vitest';
import { autoAnswerCheck } from '../../src/verify/static/auto-answer.ts';
import { flagCheck } from '../../src/verify/static/flags.ts';
import { handMadeCheck } from '../../src/verify/static/hand-made.ts';
import { hookCheck } from '../../src/verify/static/hooks.ts';
import { notCarriedCheck } from '../../src/verify/static/not-carried.ts';
import { fixedAgentCheck } from '../../src/verify/static/queue-calls.ts';
import { whoCallsCheck } from '../../src/verify/static/who-calls.ts';
import { aModel } from '../model/a-model.ts';
import { said } from './asked.ts';

const lines = [{ at: 'extensions_custom.conf:1', extension: 's', priority: '1', application: 'NoOp', arguments: '' }];

describe('where what the site wrote takes part in calls', () => {
  const model = aModel({
    'custom-dialplan': {
      'from-internal-custom': { joins: ['from-internal'], lines },
      'macro-hangupcall-custom': { runs: 'at-hangup', lines },
      'macro-dialout-trunk-predial-hook': { runs: 'before-trunk', lines },
    },
  });
  const own =
    '[from-internal-custom]\nexten = s,1,NoOp()\n[macro-hangupcall-custom]\nexten = s,1,NoOp()\n[macro-dialout-trunk-predial-hook]\nexten = s,1,NoOp()\n';
  const joined = '[from-internal]\ninclude = from-internal-custom\n';
  const atEnd = '[at-hangup]\nexten = h,1,Gosub(macro-hangupcall-custom,s,1)\n';

  it('is where the model says; a box without trunks comes by no hook of theirs', async () => {
    expect(await said(hookCheck, { dialplan: own + joined + atEnd }, model)).toEqual([]);
  });

  it('a hook that a trunk forgot, and one that runs before ring groups by mistake', async () => {
    const trunk = '[trunk-1]\nexten = _X!,1,Dial(PJSIP/${EXTEN}@a)\n';
    const group = '[ext-group]\nexten = 600,1,Gosub(macro-hangupcall-custom,s,1)\n same = n,Dial(PJSIP/101)\n';
    expect(await said(hookCheck, { dialplan: own + joined + trunk + group }, model)).toEqual([
      'custom-dialplan/macro-hangupcall-custom runs at: at-hangup, held before-group',
      'custom-dialplan/macro-dialout-trunk-predial-hook runs at: before-trunk, held ',
    ]);
  });

  it('a context of the site that is looked up elsewhere than it was', async () => {
    const moved = '[from-internal]\nexten = 1,1,Hangup()\n[from-trunk]\ninclude = from-internal-custom\n';
    expect(await said(hookCheck, { dialplan: own + moved + atEnd }, model)).toEqual([
      'custom-dialplan/from-internal-custom part in from-internal: is there, held is missing',
      'custom-dialplan/from-internal-custom part in from-trunk: not in the model, held is there',
    ]);
  });
});

describe('a word that is left for later steps', () => {
  const asks = '[trunk]\nexten = s,1,GotoIf($["${KEEP}" = "yes"]?out)\n same = n(out),Hangup()\n';

  it('is one that they ask for', async () => {
    const dialplan = `${asks}[a]\nexten = 1,1,Set(__KEEP=yes)\n same = n,ExecIf($[1]?Set(KEEP=yess))\n`;
    expect(await said(flagCheck, { dialplan }, aModel({}))).toEqual(['settings/pbx KEEP at extensions.conf:6: yes, held yess']);
  });

  it('and what they count with is a number', async () => {
    const dialplan =
      '[a]\nexten = 1,1,Set(TIMES=0X)\n same = n(again),Set(TIMES=$[${TIMES} + 1])\n same = n,GotoIf($[${TIMES} < 3]?again)\n';
    expect(await said(flagCheck, { dialplan }, aModel({}))).toEqual(['settings/pbx TIMES at extensions.conf:2: a number, held 0X']);
  });

  it('may be any where only its being there is asked for, or where it goes anywhere else', async () => {
    const elsewhere =
      '[b]\nexten = 1,1,GotoIf($["${HOW}" = ""]?x)\n same = n(x),Set(HOW=so)\n same = n,NoOp(${KEEP})\n same = n,Set(KEEP=other)\n';
    expect(await said(flagCheck, { dialplan: asks + elsewhere }, aModel({}))).toEqual([]);
  });
});

describe('how long a step of the site waits', () => {
  const step = (priority: string, application: string, args: string) => ({
    at: `extensions_custom.conf:${priority}`,
    extension: '1',
    priority,
    application,
    arguments: args,
  });
  const model = aModel({
    'custom-dialplan': {
      mine: { lines: [step('1', 'Dial', 'SIP/101|20|tr'), step('2', 'Dial', 'SIP/102&SIP/103,${T},tr'), step('3', 'Wait', '1')] },
    },
  });
  const held = (first: string, wait: string): string =>
    `[mine]\nexten = 1,1,Dial(PJSIP/101,${first},tr)\n same = n,Dial(PJSIP/102&PJSIP/103,30,tr)\n same = n,Wait(${wait})\n`;

  it('is what the old line said', async () => {
    expect(await said(handMadeCheck, { dialplan: held('20', '1.0') }, model)).toEqual([]);
    expect(await said(handMadeCheck, { dialplan: held('43', '5') }, model)).toEqual([
      'custom-dialplan/mine seconds of dial in 1: 20, held 43',
      'custom-dialplan/mine seconds of wait in 1: 1, held 5',
    ]);
  });
});

describe('headers by which telephones take a call', () => {
  const model = aModel({
    settings: {
      autoAnswer: {
        alertInfo: 'Ring Answer',
        callInfo: '<uri>;answer-after=0',
        tone: 'beep',
        models: [{ begins: 'Digium', alertInfo: 'ring-answer' }, { begins: 'x y' }],
      },
    },
  });
  const held = (make: string, alert: string): string =>
    `[auto-answer]\nexten = s,1,GotoIf(\${REGEX("^${make}" \${phone})}?headers-1,1)\n same = n,Goto(headers-0,1)\nexten = headers-0,1,Set(PJSIP_HEADER(add,Alert-Info)=Ring Answer)\n same = n,Set(PJSIP_HEADER(add,Call-Info)=<uri>\\;answer-after=0)\nexten = headers-1,1,Set(PJSIP_HEADER(add,Alert-Info)=${alert})\n same = n,Set(PJSIP_HEADER(add,Call-Info)=<uri>\\;answer-after=0)\n`;

  it('are those of the model, and a make has its own', async () => {
    expect(await said(autoAnswerCheck, { dialplan: held('Digium', 'ring-answer') }, model)).toEqual([]);
    expect(await said(autoAnswerCheck, { dialplan: held('Digium', 'Ring Answer') }, model)).toEqual([
      'settings/pbx makes with others: Digium: ring-answer | <uri>;answer-after=0, held Digium: Ring Answer | <uri>;answer-after=0',
    ]);
  });

  it('nobody asks for them where no telephone is called so', async () => {
    expect(await said(autoAnswerCheck, { dialplan: '' }, model)).toEqual([]);
  });
});

it('what is not carried speaks, and no way leads to a code that nobody dialled', async () => {
  const held = (words: string, way: string): string =>
    `[not-carried]\nexten = feature-code-*11,1,Playback(${words})\n[codes]\nexten = *11,1,Goto(not-carried,feature-code-*11,1)\nexten = 5,1,Goto(${way})\n`;
  expect(await said(notCarriedCheck, { dialplan: held('ss-noservice', 'a,b,1') }, aModel({}))).toEqual([]);
  expect(await said(notCarriedCheck, { dialplan: held('beep', 'not-carried,feature-code-*11,1') }, aModel({}))).toEqual([
    'settings/pbx what is heard at not-carried,feature-code-*11,1 (extensions.conf:2): ss-noservice, held beep',
    'settings/pbx the way at codes,5,1 (extensions.conf:5): not to a code, held the code *11',
  ]);
});

it('whose call it is gets asked where nobody is known, and nowhere else', async () => {
  const asks = (sign: string): string => `[a]\nexten = 1,1,GosubIf($["\${CALLER}\${FROM_DID}" ${sign} ""]?who-calls,\${EXTEN},1)\n`;
  expect(await said(whoCallsCheck, { dialplan: asks('=') }, aModel({}))).toEqual([]);
  expect(await said(whoCallsCheck, { dialplan: asks('!=') }, aModel({}))).toHaveLength(1);
});

it('members for ever are all there', async () => {
  const model = aModel({ queue: { '400': { name: 'Q', strategy: 'ringall', members: [{ number: '104' }, { number: '105' }] } } });
  const dialplan = '[fixed-agents]\nexten = 400*104,1,Return()\n';
  expect(await said(fixedAgentCheck, { dialplan }, model)).toEqual(['queue/400 member for ever 400*105: is there, held is missing']);
  expect(await said(fixedAgentCheck, { dialplan: '' }, model)).toEqual([]);
});
