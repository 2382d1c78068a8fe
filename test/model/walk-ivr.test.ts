import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Model } from '../../src/model/kinds.ts';
import { takeKeys } from '../../src/model/walk/keys.ts';
import { fromOutside } from '../../src/model/walk/situation.ts';
import type { Step } from '../../src/model/walk/step.ts';
import { walk } from '../../src/model/walk.ts';
import { aModel, houseOf } from './a-model.ts';
import { told } from './told.ts';

const BUSY = { to: 'end', how: 'busy' };
const CONGESTION = { to: 'end', how: 'congestion' };
const menu = (id: string) => ({ to: 'ivr', id });
const recording = Object.fromEntries(
  ['menu', 'again', 'last', 'sub'].map((name) => [name, { prompts: [{ file: `custom/${name}`, formats: ['wav'] }] }]),
);

function house(ivr: Record<string, object>, extensions: Record<string, object> = { 119: {}, 121: {} }, rest: object = {}): Model {
  return aModel({ ...houseOf(extensions), recording, ivr, ...rest });
}
const keying = (model: Model, keys: string[], id = '1'): Step[] =>
  walk(model, { to: 'ivr', id }, fromOutside('700', 'A caller', { keys, phones: () => 'answer' }));
const MENU = { announcement: 'menu', timeoutSeconds: '7', digitTimeoutSeconds: '3' };
const entry = (keys: string, destination: object = BUSY, returns = 'no') => ({ keys, destination, returns });

describe('keys that a menu takes', () => {
  const numbers = ['1', '10', '2', '119', '*', '#'];
  const taken = (keys: string) => takeKeys(keys, numbers);

  test('a key that begins nothing longer is taken at once, and what comes after it is lost', () => {
    expect(taken('2')).toEqual({ number: '2', settles: false });
    expect(taken('219')).toEqual({ number: '2', settles: false });
    expect(taken('*')).toEqual({ number: '*', settles: false });
  });

  test('a key that begins a longer number waits for more', () => {
    expect(taken('1')).toEqual({ number: '1', settles: true });
    expect(taken('11')).toEqual({ number: '11', settles: true });
    expect(taken('10')).toEqual({ number: '10', settles: false });
    expect(taken('119')).toEqual({ number: '119', settles: false });
  });

  test('a key that begins nothing is taken at once, too', () => {
    expect(taken('7')).toEqual({ number: '7', settles: false });
    expect(taken('17')).toEqual({ number: '17', settles: false });
  });

  test('whatever is keyed, the number is the beginning of it', () => {
    const key = fc.constantFrom(...'0123456789*#');
    fc.assert(
      fc.property(fc.string({ unit: key }), fc.array(fc.string({ unit: key })), (keys, all) => {
        const { number, settles } = takeKeys(keys, all);
        expect(keys.startsWith(number)).toBe(true);
        if (settles) expect(number).toBe(keys);
      }),
    );
  });
});

describe('a voice menu', () => {
  test('answers, waits a second, plays and sends the call where the key says', () => {
    const steps = keying(house({ 1: { ...MENU, entries: [entry('1'), entry('2', CONGESTION)] } }), ['2']);
    expect(steps[1]).toEqual({ do: 'wait', seconds: 1, answers: true });
    expect(told(steps)).toEqual(['asks custom/menu: 2', 'congestion 34']);
  });

  test('lets callers dial extensions, and waits where a key may be the beginning of one', () => {
    const model = house({ 1: { ...MENU, directDial: 'yes', entries: [entry('1'), entry('2', CONGESTION)] } });
    expect(told(keying(model, ['121']))).toEqual(['asks custom/menu: 121', 'rings 121 for ever: answered']);
    expect(told(keying(model, ['1']))).toEqual(['asks custom/menu: 1, waits', 'busy 17']);
    expect(told(keying(model, ['2']))).toEqual(['asks custom/menu: 2', 'congestion 34']);
    expect(told(keying(model, ['12'])).slice(0, 1)).toEqual(['asks custom/menu: 12, waits']);
  });

  test("a menu's own key goes before an extension of the same number", () => {
    const model = house({ 1: { ...MENU, directDial: 'yes', entries: [entry('119')] } });
    expect(told(keying(model, ['119']))).toEqual(['asks custom/menu: 119', 'busy 17']);
  });

  test('lets nobody dial extensions where it is not allowed, or only those of a directory', () => {
    for (const direct of [{}, { directDial: 'yes', directDialDirectory: '3' }])
      expect(told(keying(house({ 1: { ...MENU, ...direct } }), ['121']))[1]).toBe('plays vm-goodbye');
  });

  test('counts tries without a key and with a wrong one apart', () => {
    const failing = { timeout: { retries: '1', next: BUSY }, invalid: { retries: '1', next: CONGESTION } };
    const model = house({ 1: { ...MENU, entries: [entry('1')], ...failing } });
    expect(told(keying(model, []))).toEqual(['asks custom/menu: nothing in 7 s', 'asks custom/menu: nothing in 7 s', 'busy 17']);
    expect(told(keying(model, ['7', '', '7']))).toEqual([
      'asks custom/menu: 7',
      'asks custom/menu: nothing in 7 s',
      'asks custom/menu: 7',
      'congestion 34',
    ]);
  });

  test('of FreePBX 2.9 and older counts them together', () => {
    const failing = { timeout: { retries: '1', next: BUSY }, invalid: { retries: '1', next: CONGESTION }, sharesRetries: 'yes' };
    const model = house({ 1: { ...MENU, ...failing } });
    expect(told(keying(model, ['7']))).toEqual(['asks custom/menu: 7', 'asks custom/menu: nothing in 7 s', 'busy 17']);
  });

  test('goes on at once where it has no retries', () => {
    const model = house({ 1: { ...MENU, timeout: { retries: '0', next: BUSY } } });
    expect(told(keying(model, []))).toEqual(['asks custom/menu: nothing in 7 s', 'busy 17']);
  });

  test('says something before each further try, with or without the menu after it, and before it goes on', () => {
    const failing = (more: object) => ({ retries: '1', retryPrompt: 'again', lastPrompt: 'last', next: BUSY, ...more });
    const model = house({ 1: { ...MENU, timeout: failing({}), invalid: failing({ menuFollows: 'no' }) } });
    expect(told(keying(model, []))).toEqual([
      'asks custom/menu: nothing in 7 s',
      'asks custom/again custom/menu: nothing in 7 s',
      'plays custom/last',
      'busy 17',
    ]);
    expect(told(keying(model, ['7', '7']))[1]).toBe('asks custom/again: 7');
    const own = house({ 1: { ...MENU, timeout: failing({ retryPrompt: 'default', lastPrompt: 'default' }) } });
    expect(told(keying(own, [])).slice(1, 3)).toEqual([
      'asks no-valid-responce-pls-try-again custom/menu: nothing in 7 s',
      'plays no-valid-responce-transfering',
    ]);
  });

  test('says goodbye where there is nothing to go to, and why where nothing at all is to be done', () => {
    const model = house({ 1: { ...MENU, timeout: { retries: '0' }, invalid: { next: BUSY } } });
    expect(told(keying(model, []))).toEqual(['asks custom/menu: nothing in 7 s', 'plays vm-goodbye', 'end 16']);
    expect(told(keying(model, ['7']))).toEqual(['asks custom/menu: 7', 'plays sorry-youre-having-problems vm-goodbye', 'end 16']);
  });

  test('without a recording asks in silence', () => {
    const model = house({ 1: { ...MENU, announcement: 'missing', entries: [entry('1')] } });
    expect(told(keying(model, ['1']))).toEqual(['asks : 1', 'busy 17']);
  });

  test('of which the model has none is not carried', () => {
    expect(told(keying(house({}), []))).toContain('not-carried');
  });
});

describe('menus that lead to menus', () => {
  const SUB = { announcement: 'sub', timeoutSeconds: '5' };

  test('a caller answered once is not answered again', () => {
    const model = house({ 1: { ...MENU, entries: [entry('2', menu('2'))] }, 2: { ...SUB, entries: [entry('1')] } });
    const steps = keying(model, ['2', '1']);
    expect(told(steps)).toEqual(['asks custom/menu: 2', 'asks custom/sub: 1', 'busy 17']);
    expect(steps.filter((s) => s.do === 'wait')).toHaveLength(1);
  });

  test('go back where the caller came from, by a key or when he fails; who came from nowhere goes on', () => {
    const failing = { retries: '0', next: CONGESTION, returns: 'yes' };
    const model = house({
      1: { ...MENU, entries: [entry('2', menu('2')), entry('1')] },
      2: { ...SUB, entries: [entry('9', CONGESTION, 'yes')], timeout: failing, invalid: { ...failing, lastPrompt: 'last' } },
    });
    expect(told(keying(model, ['2', '9', '1']))).toEqual(['asks custom/menu: 2', 'asks custom/sub: 9', 'asks custom/menu: 1', 'busy 17']);
    expect(told(keying(model, ['2', '', '1'])).at(-1)).toBe('busy 17');
    expect(told(keying(model, ['2', '7', '1'])).slice(2)).toEqual(['plays custom/last', 'asks custom/menu: 1', 'busy 17']);
    expect(told(keying(model, ['9'], '2'))).toEqual(['asks custom/sub: 9', 'congestion 34']);
  });

  test('tries before going on to another menu still count when the caller comes back', () => {
    const model = house({
      1: { ...MENU, entries: [entry('2', menu('2'))], timeout: { retries: '1', next: BUSY } },
      2: { ...SUB, entries: [], timeout: { retries: '1', next: CONGESTION, returns: 'yes' } },
    });
    // twice in the second menu, whose count the first one finds
    expect(told(keying(model, ['2'])).slice(1)).toEqual([
      'asks custom/sub: nothing in 5 s',
      'asks custom/sub: nothing in 5 s',
      'asks custom/menu: nothing in 7 s',
      'busy 17',
    ]);
  });

  test('an announcement brings the caller back to the menu where it is set so', () => {
    const announcement = { 4: { recording: 'last', returnsToIvr: 'yes', next: CONGESTION } };
    const model = house({ 1: { ...MENU, entries: [entry('4', { to: 'announcement', id: '4' }), entry('1')] } }, {}, { announcement });
    expect(told(keying(model, ['4', '1']))).toEqual(['asks custom/menu: 4', 'plays custom/last', 'asks custom/menu: 1', 'busy 17']);
    const alone = walk(model, { to: 'announcement', id: '4' }, fromOutside('700', ''));
    expect(told(alone)).toEqual(['plays custom/last', 'congestion 34']);
  });

  test('round and round end in congestion', () => {
    const failing = (id: string) => ({ retries: '0', next: menu(id) });
    const model = house({ 1: { ...MENU, timeout: failing('2') }, 2: { ...SUB, timeout: failing('1') } });
    expect(told(keying(model, [])).slice(-2)).toEqual(['loop', 'congestion 34']);
    const back = house({
      1: { ...MENU, entries: [entry('1', menu('1'), 'yes')], timeout: { retries: '0', next: menu('1'), returns: 'yes' } },
    });
    expect(told(keying(back, [])).at(-1)).toBe('congestion 34');
  });

  test('a menu that is to be tried a million times ends all the same', () => {
    const model = house({ 1: { ...MENU, timeout: { retries: '1000000', next: BUSY } } });
    expect(told(keying(model, [])).at(-1)).toBe('busy 17');
  });
});

describe('an announcement that takes keys', () => {
  const announcement = (o: object) => ({ 4: { recording: 'last', next: BUSY, ...o } });
  const heard = (o: object, keys: string[]) =>
    told(walk(house({}, {}, { announcement: announcement(o) }), { to: 'announcement', id: '4' }, fromOutside('700', '', { keys })));

  test('is played again by its key as often as that is pressed', () => {
    expect(heard({ repeatKey: '9' }, ['9', '9'])).toEqual([
      'asks custom/last: 9',
      'asks custom/last: 9',
      'asks custom/last: nothing in 1 s',
      'busy 17',
    ]);
    expect(heard({ repeatKey: '9' }, ['5'])).toEqual(['asks custom/last: 5', 'busy 17']);
  });

  test('may be skipped, and waits for nothing once it is over', () => {
    expect(heard({ allowsSkip: 'yes' }, ['5'])).toEqual(['asks custom/last: 5', 'busy 17']);
    expect(heard({ allowsSkip: 'yes' }, [])).toEqual(['asks custom/last: nothing in 0 s', 'busy 17']);
  });

  test('takes none before the call is answered', () => {
    expect(heard({ repeatKey: '9', withoutAnswer: 'yes' }, ['9'])).toEqual(['asks custom/last: nothing in 1 s', 'busy 17']);
  });
});
