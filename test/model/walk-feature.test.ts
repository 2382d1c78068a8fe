import { describe, expect, test } from 'vitest';
import type { Model } from '../../src/model/kinds.ts';
import { fromExtension, fromOutside, type Situation } from '../../src/model/walk/situation.ts';
import type { Step } from '../../src/model/walk/step.ts';
import { timeline } from '../../src/model/walk/timeline.ts';
import { dialled, walk } from '../../src/model/walk.ts';
import { aModel, houseOf, stateWith } from './a-model.ts';
import { told } from './told.ts';

const codes = (list: Record<string, string>): Record<string, object> =>
  Object.fromEntries(Object.entries(list).map(([id, code]) => [id, { code }]));

const house = houseOf({ 201: stateWith({}), 202: { ...stateWith({}), voicemail: '202@default' }, 210: stateWith({}) });
const base = { ...house, mailbox: { '202@default': {} } };

/** What 201 hears, and what is set. */
function heard(model: Model, number: string, o: Partial<Situation> = {}): string[] {
  const steps = walk(model, dialled(number), fromExtension('201', o));
  return timeline(steps, { answerMs: 0, refuseMs: 0, promptMs: 0 }).heard.map((h) => h.replace('digits/', ''));
}

function sets(steps: readonly Step[]): string[] {
  return steps.flatMap((s) => (s.do === 'set' ? [`${s.key}=${s.value ?? 'gone'}`] : []));
}

const changes = (model: Model, number: string, o: Partial<Situation> = {}): string[] =>
  sets(walk(model, dialled(number), fromExtension('201', o)));

describe('a forward by its code', () => {
  const model = aModel({
    ...base,
    'feature-code': codes({
      'callforward/cfon': '*82',
      'callforward/cfpon': '*9',
      'callforward/cfoff': '*83',
      'callforward/cfoff_any': '*84',
      'callforward/cf_toggle': '*85',
    }),
  });
  test('goes to the number behind the code, and is read back', () => {
    expect(changes(model, '*8245')).toEqual(['CF/201=45']);
    expect(heard(model, '*8245')).toEqual(['call-fwd-unconditional', 'for', 'extension', '2', '0', '1', 'is-set-to', '4', '5']);
  });
  test('goes to the number that is keyed, and is asked for until one is', () => {
    expect(changes(model, '*82', { keys: ['45#'] })).toEqual(['CF/201=45']);
    expect(changes(model, '*82', { keys: ['', '46#'] })).toEqual(['CF/201=46']);
    expect(changes(model, '*82')).toEqual([]);
  });
  test('can be set for another extension', () => expect(changes(model, '*9', { keys: ['210#', '45#'] })).toEqual(['CF/210=45']));
  test('can be taken away, for another extension too', () => {
    expect(changes(model, '*83')).toEqual(['CF/201=gone']);
    expect(changes(model, '*83210')).toEqual(['CF/210=gone']);
    expect(changes(model, '*84', { keys: ['210#'] })).toEqual(['CF/210=gone']);
    expect(changes(model, '*84')).toEqual(['CF/201=gone']);
  });
  test('is taken away by the toggle where it is on, else asked for', () => {
    expect(changes(model, '*85', { state: { extensions: { 201: { forwardAlways: '7' } }, trunks: {} } })).toEqual(['CF/201=gone']);
    expect(changes(model, '*85', { keys: ['45#'] })).toEqual(['CF/201=45']);
  });
  test('is not set by somebody outside, who is nobody here', () => {
    const steps = walk(model, dialled('*82'), fromOutside('555', ''));
    expect(told(steps)).toEqual(['plays agent-loggedoff', 'end 16']);
  });
});

describe('a switch by its code', () => {
  const model: Model = {
    ...aModel({
      ...base,
      'feature-code': codes({
        'callwaiting/cwoff': '*61',
        'donotdisturb/dnd_toggle': '*62',
        'findmefollow/fmf_toggle': '*63',
        'daynight/toggle-mode-7': '*647',
        'daynight/toggle-mode-all': '*64',
        'timeconditions/toggle-mode-3': '*653',
      }),
      'follow-me': { 201: { enabled: 'no', strategy: 'ringall', ringSeconds: '10' } },
      'call-flow': { 7: { asksPassword: 'yes' }, 8: { state: 'night' } },
      'time-group': { 1: { times: [{ months: 'may' }] } },
      'time-condition': { 3: { timeGroup: '1' } },
    }),
    secrets: { 'call-flow/7/password': '42' },
  };
  const at = (time: string, timeConditions?: NonNullable<Situation['state']['timeConditions']>): Partial<Situation> => ({
    time,
    state: { extensions: {}, trunks: {}, ...(timeConditions === undefined ? {} : { timeConditions }) },
  });
  test('changes call waiting, do not disturb and follow me of who dials it', () => {
    expect(changes(model, '*61')).toEqual(['CW/201=gone']);
    expect(changes(model, '*62')).toEqual(['DND/201=YES']);
    expect(changes(model, '*62', { state: { extensions: { 201: { doNotDisturb: true } }, trunks: {} } })).toEqual(['DND/201=gone']);
    expect(changes(model, '*63')).toEqual(['AMPUSER/201/followme/ddial=DIRECT']);
    expect(changes(model, '*63210')).toEqual(['AMPUSER/201/followme/ddial=DIRECT']);
  });
  test('asks for the password of a call flow, three times', () => {
    expect(changes(model, '*647', { keys: ['42#'] })).toEqual(['DAYNIGHT/C7=NIGHT']);
    expect(changes(model, '*647', { keys: ['41#', '42#'] })).toEqual(['DAYNIGHT/C7=NIGHT']);
    expect(heard(model, '*647', { keys: ['1#', '2#', '3#', '42#'] })).toEqual([
      'agent-pass',
      'auth-incorrect',
      'auth-incorrect',
      'vm-goodbye',
    ]);
  });
  test('puts all call flows on day where one is on night', () => {
    expect(changes(model, '*64')).toEqual(['DAYNIGHT/C7=DAY', 'DAYNIGHT/C8=DAY']);
  });
  test('turns a time condition against its hours, and back to them', () => {
    expect(changes(model, '*653', at('2026-05-05 12:00'))).toEqual(['TC/3=false']);
    expect(changes(model, '*653', at('2026-06-05 12:00'))).toEqual(['TC/3=true']);
    expect(changes(model, '*653', at('2026-06-05 12:00', { 3: 'matched' }))).toEqual(['TC/3=']);
    expect(heard(model, '*653', at('2026-06-05 12:00')).at(-1)).toBe('de-activated');
  });
});

describe('the blacklist', () => {
  const model = aModel({
    ...base,
    'feature-code': codes({ 'blacklist/blacklist_add': '*40', 'blacklist/blacklist_remove': '*41', 'blacklist/blacklist_last': '*42' }),
    blacklist: { 555: {} },
    'inbound-route': { 'any/any': { destination: { to: 'extension', id: '201', by: 'direct' } } },
  });
  test('takes a number that is keyed and confirmed, and gives it back', () => {
    expect(changes(model, '*40', { keys: ['777#', '1'] })).toEqual(['blacklist/777=1']);
    expect(changes(model, '*41', { keys: ['777#', '1'] })).toEqual(['blacklist/777=gone']);
    expect(changes(model, '*40', { keys: ['777#', '2'] })).toEqual([]);
  });
  test('takes who called last, where that is known', () => {
    const last: Partial<Situation> = { keys: ['1'], state: { extensions: {}, trunks: {}, lastCallers: { 201: '888' } } };
    expect(changes(model, '*42', last)).toEqual(['blacklist/888=1']);
    expect(heard(model, '*42')).toEqual(['unidentified-no-callback']);
  });
  test('turns a caller away before the route leads anywhere', () => {
    const call = (number: string, blacklist = {}): string[] =>
      told(
        walk(
          model,
          { to: 'number', context: 'from-trunk', number: '1' },
          fromOutside(number, '', { state: { extensions: {}, trunks: {}, blacklist } }),
        ),
      );
    expect(call('555')).toEqual(['plays ss-noservice', 'end 16']);
    expect(call('556')).toEqual(['rings 201 for ever: endless']);
    expect(call('556', { 556: true })).toEqual(['plays ss-noservice', 'end 16']);
    expect(call('555', { 555: false })).toEqual(['rings 201 for ever: endless']);
    expect(call('anonymous', { blocked: true })).toEqual(['plays ss-noservice', 'end 16']);
  });
});

describe('speed dials', () => {
  const model = aModel({
    ...base,
    extension: { ...house.extension, 201: { ...house.extension['201'], speedDials: { 4: '210' } } },
    'feature-code': codes({ 'speeddial/callspeeddial': '*0', 'speeddial/setspeeddial': '*50' }),
    'speed-dial': { 4: { number: '202' }, 5: { number: '210' } },
  });
  test("are one's own before everybody's", () => {
    expect(told(walk(model, dialled('*04'), fromExtension('201')))).toEqual(['rings 210 for ever: endless']);
    expect(told(walk(model, dialled('*04'), fromExtension('210')))[0]).toBe('rings 202 for 15: no-answer');
  });
  test('that are not there say so', () => {
    expect(told(walk(model, dialled('*09'), fromExtension('201')))).toEqual(['plays speed-dial-empty', 'congestion 34']);
  });
  test('are set where the place is free, changed where it is taken', () => {
    expect(changes(model, '*50', { keys: ['9#', '77#'] })).toEqual(['AMPUSER/201/speeddials/9=77']);
    expect(changes(model, '*50', { keys: ['4#', '1', '3', '77#'] })).toEqual(['AMPUSER/201/speeddials/4=77']);
    expect(changes(model, '*50', { keys: ['4#', '2', '9#', '77#'] })).toEqual(['AMPUSER/201/speeddials/9=77']);
  });
});

describe('voicemail by its codes', () => {
  const model: Model = {
    ...aModel({
      ...base,
      'feature-code': codes({ 'voicemail/myvoicemail': '*97', 'voicemail/dialvoicemail': '*98', 'voicemail/directdialvoicemail': '*' }),
    }),
    secrets: { 'mailbox/202@default/pin': '99' },
  };
  const state = { extensions: {}, trunks: {}, messages: { '202@default': 2 } };
  const from202 = (number: string, keys: string[]): string[] =>
    timeline(walk(model, dialled(number), fromExtension('202', { keys, state })), { answerMs: 0, refuseMs: 0, promptMs: 0 }).heard.slice();

  test('tells the owner of a mailbox how many messages it has, after his PIN', () => {
    expect(from202('*97', ['99#'])).toEqual(['vm-password', 'vm-youhave', 'digits/2', 'vm-INBOX', 'vm-messages']);
    expect(from202('*97', ['9#', '8#', '7#'])).toEqual([...Array(3).fill(['vm-password', 'vm-incorrect']).flat(), 'vm-goodbye']);
  });
  test('asks somebody without a mailbox for one', () => {
    expect(heard(model, '*97', { keys: ['202#', '99#'] })).toEqual(['vm-login', 'vm-password', 'vm-youhave', 'vm-no', 'vm-messages']);
  });
  test('asks whose voicemail is switched off for a mailbox, and finds it by no code, though it exists', () => {
    const owner = model.extension['202'];
    if (owner === undefined) throw new Error('the house lacks 202');
    const off: Model = { ...model, extension: { ...model.extension, 202: { ...owner, voicemail: null } } };
    const said = (number: string, keys: string[]): string[] =>
      timeline(walk(off, dialled(number), fromExtension('202', { keys })), { answerMs: 0, refuseMs: 0, promptMs: 0 }).heard.slice();
    expect(said('*97', ['202#', '99#'])).toEqual(['vm-login', 'vm-password', 'vm-youhave', 'vm-no', 'vm-messages']);
    expect(said('*98202', ['202#', '99#'])[0]).toBe('vm-login');
  });
  test('opens the mailbox that is keyed or dialled behind the code', () => {
    expect(heard(model, '*98', { keys: ['202#', '99#'] })).toEqual(['vm-login', 'vm-password', 'vm-youhave', 'vm-no', 'vm-messages']);
    expect(heard(model, '*98202', { keys: ['99#'] })).toEqual(['vm-password', 'vm-youhave', 'vm-no', 'vm-messages']);
    expect(heard(model, '*98777', { keys: ['202#', '99#'] })[0]).toBe('vm-login');
  });
  test('takes a message for an extension behind the prefix, where it has voicemail', () => {
    expect(told(walk(model, dialled('*202'), fromExtension('201')))).toEqual(['voicemail 202@default unavailable']);
    expect(told(walk(model, dialled('*210'), fromExtension('201')))).toEqual(['end 1']);
  });
});

describe('agents by their codes', () => {
  const model: Model = {
    ...aModel({
      ...base,
      'feature-code': codes({ 'queues/que_toggle': '*45', 'queues/que_pause_toggle': '*46' }),
      queue: {
        500: { strategy: 'ringall', members: [{ number: '210' }, { kind: 'agent', number: '202' }] },
        501: { strategy: 'ringall', onlyListedLogIn: 'yes', dynamicMembers: [{ number: '201' }], asksPassword: 'yes' },
      },
    }),
    secrets: { 'queue/501/password': '42' },
  };
  const agents = (number: string, from: string, o: Partial<Situation> = {}): string[] =>
    walk(model, dialled(number), fromExtension(from, o)).flatMap((s) => (s.do === 'agent' ? [`${s.agent} ${s.change} ${s.queue.id}`] : []));

  test('log in by the number of the queue and a star, out by two', () => {
    expect(agents('500*', '201')).toEqual(['201 logs-in 500']);
    expect(agents('500*', '201', { keys: ['202#'] })).toEqual(['202 logs-in 500']);
    expect(agents('500**', '201')).toEqual(['201 logs-out 500']);
  });
  test('need the password, and to be listed where the queue says so', () => {
    expect(agents('501*', '201', { keys: ['', '42#'] })).toEqual(['201 logs-in 501']);
    expect(agents('501*', '201', { keys: ['', '41#'] })).toEqual([]);
    expect(agents('501*', '202', { keys: ['', '42#'] })).toEqual([]);
  });
  test('are toggled in one queue or in all that list them', () => {
    const inside: Partial<Situation> = {
      state: { extensions: {}, trunks: {}, loggedIn: { 501: [{ kind: 'number', number: '201', penalty: 0 }] } },
    };
    expect(agents('*45501', '201')).toEqual(['201 logs-in 501']);
    expect(agents('*45501', '201', inside)).toEqual(['201 logs-out 501']);
    expect(agents('*45', '201')).toEqual(['201 logs-in 501']);
    expect(agents('*45', '201', inside)).toEqual(['201 logs-out 501']);
    expect(agents('*45500', '210')).toEqual([]);
    // the agent on the line who has the number of an extension is somebody else
    expect(agents('*45500', '202')).toEqual(['202 logs-in 500']);
  });
  test('pause where they are agents', () => {
    expect(agents('*46500', '210')).toEqual(['210 pauses 500']);
    expect(agents('*46', '202')).toEqual([]);
  });
});

describe('a code of what is not carried', () => {
  test('is told apart from a number that does not exist', () => {
    const model = aModel({ ...base, 'feature-code': codes({ 'dictate/dodictate': '*34' }) });
    expect(told(walk(model, dialled('*34'), fromExtension('201')))[0]).toBe('not-carried');
  });
  test('that switches a call flow which is gone leads nowhere', () => {
    const model = aModel({ ...base, 'feature-code': codes({ 'daynight/toggle-mode-9': '*289', 'daynight/toggle-mode-all': '*28' }) });
    for (const code of ['*289', '*28']) expect(told(walk(model, dialled(code), fromExtension('201')))).toEqual(['end 1']);
  });
  test('that is off leads nowhere', () => {
    const model = aModel({ ...base, 'feature-code': { 'infoservices/echotest': { code: '*43', enabled: 'no' } } });
    expect(told(walk(model, dialled('*43'), fromExtension('201')))).toEqual(['end 1']);
  });
});

describe('the code that takes whatever rings in the pickup group', () => {
  const inGroups = (id: string, callGroup: string, pickupGroup: string): Record<string, object> => ({
    [id]: { technology: 'sip', extension: id, callGroup, pickupGroup },
  });
  const model = aModel({
    ...base,
    device: { ...base.device, ...inGroups('201', '1', '2,4-6'), ...inGroups('202', '5', ''), ...inGroups('210', '1', '') },
    'feature-code': codes({ 'core/pickupexten': '*8' }),
  });
  const taken = (...ringing: string[]): Step | undefined =>
    walk(
      model,
      dialled('*8'),
      fromExtension('201', { state: { extensions: {}, trunks: {}, ringing: Object.fromEntries(ringing.map((id) => [id, '09'])) } }),
    ).at(-1);

  test('joins the caller with who rings at a telephone of that group', () => {
    expect(taken('210', '202')).toMatchObject({ do: 'retrieve', slot: '202' });
  });
  test('is over without a word where only others ring', () => {
    expect(taken('210')).toEqual({ do: 'end', cause: 16 });
    expect(taken()).toEqual({ do: 'end', cause: 16 });
  });
});

describe('the code by which a prompt of the house is recorded anew', () => {
  const prompt = (asksPassword: string): object => ({ name: 'hello', prompts: [{ file: 'custom/hello', formats: ['wav'] }], asksPassword });
  const of = (asksPassword: string): Model => ({
    ...aModel({ ...base, recording: { 3: prompt(asksPassword) }, 'feature-code': codes({ 'recordings/edit-recording-3': '*293' }) }),
    secrets: { 'recording/3/password': '4711' },
  });
  const question = ['to-listen-to-it', 'press-1', 'to-rerecord-it', 'press-star', 'astcc-followed-by-pound'];

  test('plays it, and asks whether to hear or to record it', () => {
    expect(heard(of('no'), '*293', { keys: ['1', '*'] }).slice(0, 14)).toEqual([
      'beep',
      'custom/hello',
      ...question,
      'custom/hello',
      ...question,
      'beep',
    ]);
  });
  test('asks for its password first, three times', () => {
    expect(heard(of('yes'), '*293', { keys: ['4711#'] }).slice(0, 4)).toEqual(['agent-pass', 'auth-thankyou', 'beep', 'custom/hello']);
    expect(heard(of('yes'), '*293', { keys: ['1#', '2#', '3#'] })).toEqual([
      'agent-pass',
      'auth-incorrect',
      'auth-incorrect',
      'vm-goodbye',
    ]);
  });
});
