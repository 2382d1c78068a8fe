import { describe, expect, test } from 'vitest';
import type { Model } from '../../src/model/kinds.ts';
import { type Behaviour, fromExtension, fromOutside, type Situation } from '../../src/model/walk/situation.ts';
import type { Step } from '../../src/model/walk/step.ts';
import { parties } from '../../src/model/walk/timeline.ts';
import { dialled, fromCarrier, walk } from '../../src/model/walk.ts';
import { aModel, houseOf, stateWith } from './a-model.ts';
import { doing, told } from './told.ts';

const hangup = { to: 'end', how: 'hangup' };

describe('a call that goes out', () => {
  const trunks = {
    1: { technology: 'sip', name: 'a', peer: 'a', host: 'a.example', callerId: '"House" <5550000>', maxChannels: '2' },
    2: { technology: 'sip', name: 'b', peer: 'b', host: 'b.example', fromUser: 'account7' },
    3: { technology: 'dahdi', name: 'c', group: 'g0' },
    4: { technology: 'custom', name: 'd', dial: 'SIP/b/$OUTNUM$' },
    5: { technology: 'sip', name: 'e', peer: 'e', host: 'e.example', callerId: '5559999', callerIdPolicy: 'always' },
    6: { technology: 'sip', name: 'f', peer: 'f', host: 'f.example', disabled: 'yes' },
  };
  const house = houseOf({
    101: { ...stateWith({}), outboundCallerId: '"Own" <5550101>' },
    102: stateWith({ forwardAlways: '05551234' }),
    199: stateWith({}),
    103: { outboundCallerId: 'hidden' },
  });
  const out = (o: object, more: object = {}): Model =>
    aModel({
      ...house,
      trunk: { ...trunks, ...more },
      'outbound-route': { 1: { name: 'r', position: '0', patterns: [{ prefix: '0', match: '.' }], trunks: ['1'], ...o } },
    });
  const from = (model: Model, extension: string, does: Record<string, Behaviour> = {}, o: Partial<Situation> = {}): string[] =>
    told(walk(model, dialled('05551234'), fromExtension(extension, { ...doing(does), ...o })));
  const answers = { 'trunk/1': 'answer', 'trunk/2': 'answer', 'trunk/5': 'answer' } as const;

  test("shows the trunk's caller id, or the extension's own", () => {
    expect(from(out({}), '199', answers)).toEqual(['trunk 1 5551234 as "House" <5550000>: answered']);
    expect(from(out({}), '101', answers)).toEqual(['trunk 1 5551234 as "Own" <5550101>: answered']);
  });
  test("shows the route's only where the extension has none, unless it overrides; a trunk for every call before all", () => {
    expect(from(out({ callerId: '<5557777>' }), '101', answers)[0]).toContain('"Own" <5550101>');
    expect(from(out({ callerId: '<5557777>' }), '199', answers)[0]).toContain('<5557777>');
    expect(from(out({ callerId: '<5557777>', overridesExtension: 'yes' }), '101', answers)[0]).toContain('<5557777>');
    expect(from(out({ callerId: '<5557777>', overridesExtension: 'yes', trunks: ['5'] }), '101', answers)[0]).toContain('<5559999>');
  });
  test('hides who wants to be hidden', () => expect(from(out({}), '103', answers)[0]).toContain('"Anonymous" <anonymous>'));
  test('keeps the number of an outside caller who is forwarded, unless the trunk lets no foreign number through', () => {
    const forwarded = (m: Model): string =>
      told(walk(m, { to: 'extension', id: '102', by: 'direct' }, fromOutside('79161112233', 'Someone', doing(answers)))).at(-1) ?? '';
    expect(forwarded(out({}))).toContain('<79161112233>');
    expect(forwarded(out({}, { 1: { ...trunks[1], callerIdPolicy: 'no-foreign' } }))).toContain('<5550000>');
  });
  test('takes no dial string for a number that a forward rings, though a route takes whatever is dialled', () => {
    const busy = { 101: { ...stateWith({ forwardBusy: 'Local/199@from-internal' }) }, 199: stateWith({}) };
    const model = { ...out({ patterns: [{ match: '.' }] }), extension: aModel(houseOf(busy)).extension };
    const called = told(
      walk(model, { to: 'extension', id: '101', by: 'direct' }, fromExtension('199', doing({ 'device/101': 'busy', ...answers }))),
    );
    expect(called.at(-1)).not.toContain('answered');
  });
  test('rings a telephone that is an outside number, by the routes alone, whoever has that number inside', () => {
    const cell = (dial: string): string[] => {
      const { device, extension } = aModel({
        extension: { 150: { name: 'Cell', devices: ['150'], ...stateWith({}) }, 199: { name: 'A', devices: [], ...stateWith({}) } },
        device: { 150: { technology: 'custom', extension: '150', dial } },
      });
      const model = { ...out({ patterns: [{ prefix: '0', match: '.' }, { match: '199' }] }), device, extension };
      return parties(walk(model, dialled('150'), fromExtension('199', doing(answers)))).map((p) => `${p.to.kind}/${p.to.id} ${p.dialled}`);
    };
    expect(cell('Local/05551234@outbound-allroutes')).toEqual(['trunk/1 5551234']);
    expect(cell('Local/199@outbound-allroutes')).toEqual(['trunk/1 199']);
    expect(cell('Local/777@outbound-allroutes')).toEqual([]);
  });
  test("puts the account's name in the place of the number, and no name beside it", () => {
    expect(from(out({ trunks: ['2'] }), '101', answers)).toEqual(['trunk 2 5551234 as "" <account7>: answered']);
  });
  test('passes over what is off, full or of another technology, and dials the peer that a dial string names', () => {
    expect(from(out({ trunks: ['6', '3', '4'] }), '101', answers)).toEqual(['trunk 2 5551234 as "" <account7>: answered']);
    expect(from(out({ trunks: ['1', '2'] }), '101', answers, { state: { extensions: {}, trunks: { 1: 2 } } })[0]).toContain('trunk 2');
  });
  test('tries the next trunk after a refusal, and says so when none is left', () => {
    expect(from(out({ trunks: ['1', '2'] }), '199', { 'trunk/1': 'refuse', 'trunk/2': 'offline' })).toEqual([
      'trunk 1 5551234 as "House" <5550000>: congestion',
      'trunk 2 5551234 as "" <account7>: unreachable',
      'plays all-circuits-busy-now pls-try-call-later early',
      'congestion 34',
    ]);
  });
  test('hears what the house says where no trunk takes it: a recording, the tone alone, or other words for help and for branches', () => {
    const messages = { busy: { recording: '3' }, company: 'tone', unanswered: { recording: '9' } };
    const model = (o: object): Model => {
      const { settings, ...rest } = out(o);
      const said = aModel({
        settings: { routeMessages: messages },
        recording: { 3: { prompts: [{ file: 'custom/no-line', formats: ['wav'] }] } },
      });
      return { ...rest, settings: said.settings, recording: said.recording };
    };
    const refused = (o: object): string[] => from(model(o), '199', { 'trunk/1': 'refuse' }).slice(1);
    expect(refused({})).toEqual(['plays custom/no-line early', 'congestion 34']);
    expect(refused({ intraCompany: 'yes' })).toEqual(['congestion 34']);
    expect(refused({ emergency: 'yes' })).toEqual(['plays all-circuits-busy-now pls-try-call-later', 'congestion 34']);
    // a recording that does not exist is none
    expect(from(model({}), '199').slice(1)).toEqual(['plays number-not-answering early', 'congestion 34']);
  });
  test('to a number that does not exist is told so where the box told it, and only by the last trunk', () => {
    const issabel = (o: object): Model => ({
      ...out(o),
      settings: aModel({ settings: { routeMessages: { wrongNumber: 'usual' } } }).settings,
    });
    const wrong = { 'trunk/1': 'wrong-number', 'trunk/2': 'refuse' } as const;
    expect(from(issabel({}), '199', wrong).slice(1)).toEqual(['plays you-dialed-wrong-number', 'congestion 34']);
    expect(from(out({}), '199', wrong)[1]).toBe('plays all-circuits-busy-now pls-try-call-later early');
    expect(from(issabel({ trunks: ['1', '2'] }), '199', wrong)[2]).toBe('plays all-circuits-busy-now pls-try-call-later early');
  });
  test('busy is busy, unless the trunk says to try the next', () => {
    expect(from(out({ trunks: ['1', '2'] }), '199', { 'trunk/1': 'busy', 'trunk/2': 'answer' }).at(-1)).toBe('busy 17');
    const goesOn = out({ trunks: ['1', '2'] }, { 1: { ...trunks[1], continueOnFailure: 'yes' } });
    expect(from(goesOn, '199', { 'trunk/1': 'busy', 'trunk/2': 'answer' }).at(-1)).toContain('trunk 2');
  });
  test('by a route whose hours are nowhere goes nowhere', () => {
    const closed = ['closed', 'plays all-circuits-busy-now pls-try-call-later early', 'congestion 34'];
    expect(from(out({ timeGroup: '1' }), '199', answers)).toEqual(closed);
  });
  test('by a route with PINs waits for one of them, then for the password; after three wrong ones it is over', () => {
    const secrets = { 'pin-set/1/pin/1': '1111', 'pin-set/1/pin/2': '2222', 'outbound-route/1/password': '77' };
    const guarded = { ...out({ pinSet: '1', asksPassword: 'yes' }), secrets };
    const keyed = (...keys: string[]): string[] => from(guarded, '199', answers, { keys });
    const [ask, again] = ['asks agent-pass', 'asks auth-incorrect'];
    expect(keyed('9#', '2222#', '77#')).toEqual([
      `${ask}: 9#`,
      `${again}: 2222#`,
      'plays auth-thankyou',
      `${ask}: 77#`,
      'plays auth-thankyou',
      'trunk 1 5551234 as "House" <5550000>: answered',
    ]);
    expect(keyed('1#', '2#', '3#')).toEqual([`${ask}: 1#`, `${again}: 2#`, `${again}: 3#`, 'plays vm-goodbye', 'end 16']);
    expect(keyed('77#').at(-1)).toBe('end 16');
  });
  test('by a route with PINs is not asked of an extension that needs none', () => {
    const exempt = { ...houseOf({ 199: { needsNoPin: 'yes' }, 101: stateWith({}) }) };
    const guarded = aModel({
      ...exempt,
      trunk: trunks,
      'outbound-route': { 1: { name: 'r', position: '0', patterns: [{ prefix: '0', match: '.' }], trunks: ['1'], pinSet: '9' } },
    });
    expect(from(guarded, '199', answers)).toHaveLength(1);
    expect(from(guarded, '101', answers).at(-1)).toBe('end 16');
  });
  test('that is forwarded to a route with PINs is taken by the question, so that nobody else rings on', () => {
    const both = aModel({
      ...house,
      trunk: trunks,
      'outbound-route': { 1: { name: 'r', position: '0', patterns: [{ prefix: '0', match: '.' }], trunks: ['1'], pinSet: '9' } },
      'ring-group': {
        600: {
          description: 'g',
          strategy: 'ringall',
          ringSeconds: '20',
          members: [{ number: '05551234', outside: 'yes' }, { number: '199' }],
        },
      },
    });
    expect(told(walk(both, dialled('600'), fromExtension('101', doing({}))))).toEqual(['rings 199 for 20: answered']);
  });
  test('by a route with hours goes within them; else the next route has it, or nobody', () => {
    const hours = { 1: { times: [{ hours: '08:00-18:00' }] } };
    const at = (time: string | null, more: object = {}): string[] => {
      const model = aModel({
        ...house,
        trunk: trunks,
        'time-group': hours,
        'outbound-route': {
          1: { name: 'r', position: '0', patterns: [{ prefix: '0', match: '.' }], trunks: ['1'], timeGroup: '1' },
          ...more,
        },
      });
      return from(model, '199', answers, { time });
    };
    const night = { 2: { name: 's', position: '1', patterns: [{ match: '0.' }], trunks: ['5'] } };
    expect(at('2026-01-01 12:00')[0]).toContain('trunk 1 5551234');
    expect(at('2026-01-01 19:00', night)[0]).toContain('trunk 5 05551234');
    for (const time of ['2026-01-01 19:00', null])
      expect(at(time)).toEqual(told(walk(aModel(house), dialled('05551234'), fromExtension('199'))));
  });
  test('by IAX2 rings the far end, also where a dial string names it', () => {
    const more = { 7: { technology: 'iax2', name: 'g', peer: 'g' }, 8: { technology: 'custom', name: 'h', dial: 'IAX2/g/7$OUTNUM$' } };
    expect(from(out({ trunks: ['7'] }, more), '199', { 'trunk/7': 'answer' })[0]).toContain('trunk 7 5551234');
    expect(from(out({ trunks: ['8'] }, more), '199', { 'trunk/7': 'answer' })[0]).toContain('trunk 7 75551234');
  });
  test('that no trunk took goes where the route says', () => {
    expect(from(out({ onFailure: hangup }), '199', { 'trunk/1': 'refuse' }).at(-1)).toBe('end 16');
  });
});

describe('a call from outside', () => {
  const model = aModel({
    ...houseOf({ 101: stateWith({}) }),
    'inbound-route': {
      a: { did: '5551000', destination: { to: 'extension', id: '101', by: 'direct' }, callerNamePrefix: 'VIP ' },
      b: { did: '5552000', destination: { to: 'ivr', id: '1' } },
      c: { did: '5553000', destination: { to: 'mailbox', id: '101@default', greeting: 'busy' } },
    },
  });
  const from = (did: string, name = 'Someone'): Step[] => walk(model, fromCarrier(did), fromOutside('79161112233', name));

  test('shows prefix and name, and the number where there is no name', () => {
    expect(parties(from('5551000'))[0]?.shown).toEqual({ number: '79161112233', name: 'VIP Someone' });
    expect(parties(from('5551000', ''))[0]?.shown).toEqual({ number: '79161112233', name: 'VIP 79161112233' });
  });
  test('shows the name that the phone book has, where the route looks there', () => {
    const route = { did: '5551000', destination: { to: 'extension', id: '101', by: 'direct' }, nameLookup: '1' };
    const shown = (lookup: object): string | undefined => {
      const looking = aModel({
        ...houseOf({ 101: stateWith({}) }),
        'inbound-route': { a: route },
        'name-lookup': { 1: lookup },
        phonebook: { 79161112233: { name: 'Ann Lee' } },
      });
      return parties(walk(looking, fromCarrier('5551000'), fromOutside('79161112233', 'Someone')))[0]?.shown.name;
    };
    expect(shown({ source: 'phonebook' })).toBe('Ann Lee');
    expect(shown({ source: 'phonebook', into: 'record' })).toBe('Someone');
    expect(shown({ source: 'http', remembers: 'yes', into: 'record' })).toBe('Ann Lee');
    expect(shown({ source: 'http' })).toBe('Someone');
  });
  test('without a number is asked for one where the route wants it, and goes no further without', () => {
    const asking = aModel({
      ...houseOf({ 101: stateWith({}) }),
      'inbound-route': {
        a: { did: '5551000', destination: { to: 'extension', id: '101', by: 'direct' }, privacyManager: { retries: '2', shortest: '6' } },
      },
    });
    const call = (number: string, keys: string[]): Step[] => walk(asking, fromCarrier('5551000'), fromOutside(number, '', { keys }));
    expect(told(call('', ['12', '']))).toEqual([
      'plays privacy-unident',
      'asks privacy-prompt: 12, waits',
      'plays privacy-incorrect',
      'asks privacy-prompt: nothing in 5 s',
      'plays privacy-incorrect',
      'plays sorry-youre-having-problems goodbye',
      'congestion 34',
    ]);
    expect(parties(call('anonymous', ['5551234#']))[0]?.shown).toEqual({ number: '5551234', name: 'Privacy Manager' });
    expect(told(call('79161112233', []))).toEqual(['rings 101 for ever: endless']);
  });
  test('to a number of no one hears that there is no service', () => expect(told(from('999'))).toEqual(['plays ss-noservice', 'end 16']));
  test('to what is not carried hears the same, and the steps name it', () =>
    expect(told(from('5552000'))).toEqual(['not-carried', 'plays ss-noservice', 'end 16']));
  test('to the mailbox of somebody without voicemail ends in silence', () => expect(told(from('5553000'))).toEqual(['missing', 'end 16']));
});
