import { describe, expect, test } from 'vitest';
import type { Model } from '../../src/model/kinds.ts';
import { WORKING } from '../../src/model/moments.ts';
import { refText } from '../../src/model/ref.ts';
import { plan } from '../../src/verify/plan.ts';
import type { Scenario } from '../../src/verify/scenario.ts';
import { aModel, houseOf, stateWith } from '../model/a-model.ts';
import { byId, does, legs } from './planned.ts';

const ids = Array.from({ length: 14 }, (_, i) => String(2001 + i));
const codes: Record<string, string> = {
  'callforward/cfon': '*72',
  'callforward/cfoff': '*73',
  'callforward/cfbon': '*90',
  'callwaiting/cwoff': '*71',
  'donotdisturb/dnd_on': '*78',
  'findmefollow/fmf_toggle': '*21',
  'daynight/toggle-mode-5': '*285',
  'timeconditions/toggle-mode-1': '*271',
  'blacklist/blacklist_add': '*30',
  'blacklist/blacklist_last': '*32',
  'speeddial/callspeeddial': '*0',
  'core/blindxfer': '##',
  'core/pickup': '**',
  'voicemail/myvoicemail': '*97',
  'voicemail/directdialvoicemail': '*',
  'infoservices/echotest': '*43',
  'parking/parkedcall': '*85',
  'dictate/dodictate': '*34',
};

/** A house where everything is switched by codes. */
function house(): Model {
  const made = houseOf(Object.fromEntries(ids.map((id) => [id, stateWith({})])));
  const direct = (id: string): object => ({ to: 'extension', id, by: 'direct' });
  const model = aModel({
    ...made,
    extension: { ...made.extension, 2014: { ...(made.extension['2014'] ?? {}), voicemail: '2014@default' } },
    mailbox: { '2014@default': {} },
    'feature-code': Object.fromEntries(Object.entries(codes).map(([id, code]) => [id, { code }])),
    trunk: { 1: { technology: 'sip', name: 'one', peer: 'one', host: 'one.example' } },
    'follow-me': { 2001: { strategy: 'hunt', preRingSeconds: '4', ringSeconds: '10', members: [{ number: '2002' }] } },
    'call-flow': { 5: { name: 'by hand', asksPassword: 'yes', day: direct('2003'), night: direct('2004') } },
    'time-group': { 1: { times: [{ hours: '09:00-18:00', weekdays: '*', daysOfMonth: '*', months: '*' }] } },
    'time-condition': { 1: { name: 'hours', timeGroup: '1', whenMatched: { to: 'call-flow', id: '5' }, otherwise: direct('2005') } },
    'inbound-route': { a: { did: '5553000', destination: { to: 'time-condition', id: '1' } } },
    queue: { 460: { strategy: 'ringall', onlyListedLogIn: 'yes', dynamicMembers: [{ number: '2006' }], asksPassword: 'yes' } },
    parking: { 1: { name: 'lot', extension: '70', firstSlot: '71', slots: '3' } },
    blacklist: { 5559: {} },
    settings: { dialOptions: 'tr' },
  });
  return { ...model, secrets: { 'call-flow/5/password': '8642', 'queue/460/password': '9753', 'mailbox/2014@default/pin': '7531' } };
}

const mode = (s: Scenario, ref: string): string | undefined => s.claims.find((c) => refText(c.ref) === ref)?.mode;
const { scenarios } = plan(house());

describe('a forward', () => {
  test('is switched on by its code, which says so and keeps it; what it was before is put back', () => {
    const s = byId(scenarios, 'code/callforward/cfon/asked');
    const [key = '', value] = Object.entries(s.expect.astdb ?? {})[0] ?? [];
    expect([key.slice(0, 3), s.expect.keys, s.before.astdb]).toEqual(['CF/', `${value}#`, { [key]: null }]);
    expect([s.expect.heard.includes('is-set-to'), mode(s, `extension/${key.slice(3)}`)]).toEqual([true, 'exclusive']);
  });

  test('is obeyed: a call before switches it, and this one rings elsewhere', () => {
    const s = byId(scenarios, 'code/callforward/cfon/obeyed');
    const [first] = s.before.calls ?? [];
    expect([first?.caller.number, first?.until, legs(s)]).toEqual([
      s.dial,
      'over',
      [`1 device/${first?.dial.slice(3)} ${first?.dial.slice(3)} answered`],
    ]);
    expect(s.before.astdb).toEqual({ [`CF/${s.dial}`]: null });
  });

  test('for busy rings the other one after the telephone has said so', () => {
    expect(byId(scenarios, 'code/callforward/cfbon/obeyed').expect.legs.map((l) => l.answered)).toEqual([false, true]);
  });

  test('is off after its code', () => {
    const s = byId(scenarios, 'code/callforward/cfoff/was-on');
    expect(Object.values(s.before.astdb)).not.toContain(null);
    expect(Object.values(s.expect.astdb ?? {})).toEqual([null]);
  });
});

describe('what else is switched by a code', () => {
  test('keeps callers away who disturb', () => {
    expect(byId(scenarios, 'code/donotdisturb/dnd_on/obeyed').expect).toMatchObject({ legs: [], end: { at: 'hangup', cause: 17 } });
  });

  test('makes somebody in a call busy, once call waiting is off', () => {
    const s = byId(scenarios, 'code/callwaiting/cwoff/obeyed');
    expect([s.before.calls?.map((c) => c.until), s.expect.legs, s.expect.end.cause]).toEqual([['over', 'answered'], [], 17]);
  });

  test('asks for its password, which nothing tells, and calls go the other way', () => {
    const s = byId(scenarios, 'code/daynight/toggle-mode-5/obeyed');
    expect([legs(s), s.before.astdb]).toEqual([['1 device/2004 2004 answered'], { 'DAYNIGHT/C5': 'DAY' }]);
    expect(byId(scenarios, 'code/daynight/toggle-mode-5/wrong-password').expect.astdb).toEqual({});
    expect(JSON.stringify(scenarios.map((one) => [one.id, one.expect, one.before.astdb]))).not.toMatch(/8642|9753|7531/);
    const keyed = s.before.calls?.[0]?.acts.find((a) => typeof a.do === 'object')?.do;
    expect(keyed).toEqual({ keys: '8642#', secret: true });
  });

  test('turns a time condition against the hour of the call', () => {
    const s = byId(scenarios, 'code/timeconditions/toggle-mode-1/obeyed');
    expect([s.at, legs(s)]).toEqual([WORKING, ['1 device/2005 2005 answered']]);
    expect(byId(scenarios, 'code/timeconditions/toggle-mode-1/switched').at).toBe(WORKING);
  });

  test('stops follow me: the telephone rings on, and no other', () => {
    expect(legs(byId(scenarios, 'code/findmefollow/fmf_toggle/2001-obeyed'))).toEqual(['1 device/2001 2001']);
  });

  test('is left alone where the kit does not carry it', () => {
    expect(scenarios.some((s) => s.id.startsWith('code/dictate'))).toBe(false);
    expect(byId(scenarios, 'code/infoservices/echotest/dialled').expect.heard).toEqual(['demo-echotest']);
  });
});

describe('lists', () => {
  test('turn a caller away who was put on the blacklist, and whoever is there', () => {
    const s = byId(scenarios, 'code/blacklist/blacklist_add/obeyed');
    const number = s.caller.number;
    expect([s.before.astdb, mode(s, `blacklist/${number}`), s.expect.heard]).toEqual([
      { [`blacklist/${number}`]: null },
      'exclusive',
      ['ss-noservice'],
    ]);
    expect(byId(scenarios, 'blacklist/5559/turned-away').expect.heard).toEqual(['ss-noservice']);
  });

  test('are confirmed with a key only when the number has been read back', () => {
    const s = byId(scenarios, 'code/blacklist/blacklist_last/added');
    const spoken = s.expect.heard.filter((p) => p === 'digits/1').length;
    expect(does(s)).toEqual([`hears digits/1${spoken === 1 ? '' : ` (${spoken})`} +1500: keys 1`]);
  });

  test('have short numbers', () => {
    const s = byId(scenarios, 'code/speeddial/callspeeddial/own');
    expect([s.dial, legs(s)]).toEqual([
      '*047',
      [`1 device/${Object.values(s.before.astdb)[0]} ${Object.values(s.before.astdb)[0]} answered`],
    ]);
  });
});

describe('agents, rooms for calls, mailboxes', () => {
  test('an agent who logs in by code is rung, and logs out when the call is over', () => {
    const s = byId(scenarios, 'queue/460/logged-in-agent-answers');
    expect(s.before.calls?.map((c) => [c.dial, c.caller.number])).toEqual([['460*', '2006']]);
    expect(s.after?.map((c) => [c.dial, c.until])).toEqual([['460**', 'over']]);
    expect([s.expect.some?.of.map((l) => l.dialled), s.expect.some?.answered, mode(s, 'queue/460')]).toEqual([['2006'], true, 'exclusive']);
  });

  test('one who may not log in is told so', () => {
    expect(byId(scenarios, 'queue/460/stranger-is-refused').expect.heard).toContain('pbx-invalid');
  });

  test('a call that was transferred to the lot is taken back from its slot', () => {
    const s = byId(scenarios, 'parking/1/transferred-and-taken-back');
    const transfer = s.before.calls?.[0]?.acts.filter((a) => a.who !== 'caller' && typeof a.do === 'object');
    expect([s.dial, transfer?.map((a) => (typeof a.do === 'object' ? a.do.keys : ''))]).toEqual(['71', ['##', '70']]);
    expect(mode(s, 'parking/1')).toBe('exclusive');
    expect(byId(scenarios, 'parking/1/empty-slot').expect.heard).toEqual(['pbx-invalidpark']);
  });

  test('is no other call to take back: the code for it has the lot for itself', () => {
    const taking = plan(house()).scenarios.filter((s) => s.dial === '*85');
    expect(taking.length).toBeGreaterThan(0);
    for (const s of taking) expect(s.claims).toContainEqual({ ref: { kind: 'parking', id: '1' }, mode: 'exclusive' });
  });

  test('a message that was left is told of, however many there are', () => {
    const s = byId(scenarios, 'voicemail/2014@default/message-left-and-found');
    const heard = s.expect.heard.slice(0, 4);
    expect([s.before.calls?.[0]?.dial, heard]).toEqual(['*2014', ['vm-password', 'vm-youhave', '*', 'vm-INBOX']]);
  });

  test('nobody is called whose telephone places a call before', () => {
    for (const s of scenarios) {
      const callers = (s.before.calls ?? []).map((c) => c.caller.ref?.id);
      if (s.caller.as === 'extension') expect([s.id, callers.includes(s.caller.ref?.id ?? '')]).toEqual([s.id, false]);
    }
  });
});

describe('the code that takes whatever rings in the pickup group', () => {
  const groups = { callGroup: '1', pickupGroup: '1' };
  const all = house();
  const device = Object.fromEntries(Object.entries(all.device).map(([id, d]) => [id, { ...d, ...groups }]));
  const { scenarios: planned } = plan({
    ...all,
    device,
    'feature-code': { ...all['feature-code'], 'core/pickupexten': { description: '', code: '*8', enabled: true } },
  });

  test('is dialled while one rings there, and nothing else rings meanwhile', () => {
    const s = byId(planned, 'code/core/pickupexten/takes-a-call');
    expect([s.dial, s.before.calls?.map((c) => c.until), s.expect.end.at]).toEqual(['*8', ['rings'], 'caller']);
    expect(mode(s, 'feature-code/core/pickupexten')).toBe('exclusive');
    const others = planned.filter((o) => o !== s && o.expect.legs.some((l) => typeof l.to !== 'string' && l.to.kind === 'device'));
    expect(others.map((o) => mode(o, 'feature-code/core/pickupexten'))).toEqual(others.map(() => 'shared'));
  });
  test('is not tried where no two telephones share a group', () => {
    expect(scenarios.map((s) => s.id)).not.toContain('code/core/pickupexten/takes-a-call');
  });
});

describe('an extension whose telephone is not registered', () => {
  test('is called for what the caller gets, and the telephone is left alone meanwhile', () => {
    const s = byId(scenarios, 'ext-state/away');
    expect([legs(s), s.expect.end]).toEqual([[], { at: 'hangup', cause: 34 }]);
    expect(s.before.away?.map(refText)).toEqual([`device/${s.dial}`]);
    expect(mode(s, `device/${s.dial}`)).toBe('exclusive');
  });
  test('leads to its forward for no answer, and to its mailbox', () => {
    expect(legs(byId(scenarios, 'ext-state/away-forward-unavailable'))).toHaveLength(1);
    expect(byId(scenarios, 'ext-state/away-mailbox').expect.heard).toContain('vm-isunavail');
  });
});

test('a prompt of the house is recorded anew by who keys its password, which is not told', () => {
  const all = house();
  const recording = { 7: { name: 'open', prompts: [{ file: 'custom/open', formats: ['wav'] }], asksPassword: true } };
  const code = { description: '', code: '*297', enabled: true };
  const { scenarios: planned } = plan({
    ...all,
    recording,
    'feature-code': { ...all['feature-code'], 'recordings/edit-recording-7': code },
    secrets: { ...all.secrets, 'recording/7/password': '2468' },
  });
  const s = byId(planned, 'code/recordings/edit-recording-7/password');
  expect([s.dial, s.expect.keys, s.expect.heard.slice(0, 4)]).toEqual([
    '*297',
    '?????',
    ['agent-pass', 'auth-thankyou', 'beep', 'custom/open'],
  ]);
  expect(byId(planned, 'code/recordings/edit-recording-7/asks-password').expect.heard).toEqual(['agent-pass']);
});
