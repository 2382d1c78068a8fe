import { describe, expect, test } from 'vitest';
import type { Model } from '../../src/model/kinds.ts';
import type { Situation } from '../../src/model/walk/situation.ts';
import { timeline } from '../../src/model/walk/timeline.ts';
import { aModel } from './a-model.ts';
import { call, told } from './told.ts';

const recording = { 2: { prompts: [{ file: 'custom/welcome', formats: ['wav'] }] } };
function house(room: object, pins: { user?: string; leader?: string } = {}): Model {
  const model = aModel({ recording, conference: { 800: room } });
  const secrets = {
    ...(pins.user === undefined ? {} : { 'conference/800/user-pin': pins.user }),
    ...(pins.leader === undefined ? {} : { 'conference/800/leader-pin': pins.leader }),
  };
  return { ...model, secrets };
}
const coming = (model: Model, keys: string[] = [], there?: { people: number; leader: boolean }): string[] =>
  told(call(model, '800', {}, { keys, ...inRoom(there) }));
const inRoom = (there?: { people: number; leader: boolean }): Partial<Situation> =>
  there === undefined ? {} : { state: { extensions: {}, trunks: {}, conferences: { 800: there } } };

const ASKED = 'asks enter-conf-pin-number';
const BOTH = { asksUserPin: 'yes', asksLeaderPin: 'yes' };
const PINS = { user: '1234', leader: '9999' };

describe('a conference', () => {
  test('without a PIN lets everybody in, who hears that he is alone', () => {
    expect(coming(house({}))).toEqual(['conference 800: conf-onlyperson']);
    expect(coming(house({ quiet: 'yes' }))).toEqual(['conference 800: ']);
    expect(coming(house({ musicWhenAlone: 'yes' }))).toEqual(['conference 800: conf-onlyperson, music default']);
  });

  test('asks for a PIN four times, and then ends the call in silence', () => {
    expect(coming(house(BOTH, PINS), ['1234#'])).toEqual([`${ASKED}: 1234#`, 'conference 800: conf-onlyperson']);
    expect(coming(house(BOTH, PINS), ['1234'])[0]).toBe(`${ASKED}: 1234, waits`);
    expect(coming(house(BOTH, PINS), ['0000#', '123#', '9999#'])).toEqual([
      `${ASKED}: 0000#`,
      'plays conf-invalidpin',
      `${ASKED}: 123#`,
      'plays conf-invalidpin',
      `${ASKED}: 9999#`,
      'conference 800: conf-onlyperson',
    ]);
    const never = coming(house(BOTH, PINS));
    expect([never.filter((s) => s.startsWith(ASKED)).length, never.filter((s) => s.startsWith('plays')).length, never.at(-1)]).toEqual([
      4,
      3,
      'end 16',
    ]);
  });

  test('whose leader alone has a PIN lets others in without one', () => {
    const model = house({ asksLeaderPin: 'yes', waitsForLeader: 'yes' }, { leader: '9999' });
    expect(coming(model, ['#'])).toEqual([`${ASKED}: #`, 'conference 800: conf-waitforleader']);
    expect(coming(model)).toEqual([`${ASKED}: nothing in 10 s`, 'conference 800: conf-waitforleader']);
    expect(coming(model, ['9999#'])).toEqual([`${ASKED}: 9999#`, 'conference 800: conf-onlyperson']);
  });

  test('whose PIN is not known lets nobody in', () => {
    expect(coming(house(BOTH), ['#', '', '1#']).at(-1)).toBe('end 16');
  });

  test('makes people wait for the leader until he is there', () => {
    const model = house({ ...BOTH, waitsForLeader: 'yes' }, PINS);
    expect(coming(model, ['1234#'], { people: 1, leader: false }).at(-1)).toBe('conference 800: conf-waitforleader');
    expect(coming(model, ['1234#'], { people: 1, leader: true }).at(-1)).toBe('conference 800: ');
  });

  test('welcomes with a recording, and tells how many are there', () => {
    const model = house({ joinAnnouncement: '2', announcesCount: 'yes' });
    expect(coming(model)).toEqual(['plays custom/welcome', 'conference 800: conf-onlyperson']);
    const counts = [1, 2, 25].map((people) => coming(model, [], { people, leader: false }).at(-1));
    expect(counts).toEqual([
      'conference 800: conf-onlyone',
      'conference 800: conf-thereare digits/2 conf-otherinparty',
      'conference 800: conf-thereare digits/20 digits/5 conf-otherinparty',
    ]);
  });

  test('asks for names where they are announced', () => {
    expect(coming(house({ announcesNames: 'yes' }), ['#'])).toEqual([
      'asks vm-rec-name beep: #',
      'conference 800: auth-thankyou conf-onlyperson',
    ]);
  });

  test('that is full lets nobody in', () => {
    const model = house({ maxUsers: '2' });
    expect(coming(model, [], { people: 1, leader: false })).toHaveLength(1);
    expect(coming(model, [], { people: 2, leader: false })).toEqual(['plays im-sorry conf-full goodbye', 'end 16']);
  });

  test('is recorded where it is set so', () => {
    const recorded = (room: object) => timeline(call(house(room), '800'), { answerMs: 1000, refuseMs: 100, promptMs: 1000 }).recorded;
    expect([recorded({ records: 'yes' }), recorded({})]).toEqual([true, false]);
  });
});
