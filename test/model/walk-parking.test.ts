import { describe, expect, test } from 'vitest';
import { fromExtension, type Situation } from '../../src/model/walk/situation.ts';
import { timeline } from '../../src/model/walk/timeline.ts';
import { dialled, walk } from '../../src/model/walk.ts';
import { aModel, houseOf, stateWith } from './a-model.ts';
import { told } from './told.ts';

const lot = { name: 'Lot', extension: '800', firstSlot: '801', slots: '2', seconds: '30', next: { to: 'end', how: 'busy' } };
const model = (o: object = {}): ReturnType<typeof aModel> =>
  aModel({
    ...houseOf({ 201: stateWith({}), 210: {} }),
    parking: { 1: { ...lot, ...o } },
    'feature-code': { 'parking/parkedcall': { code: '*85' } },
  });
const parked = (slots: Record<string, string>): Partial<Situation> => ({ state: { extensions: {}, trunks: {}, parked: slots } });
const call = (number: string, o: Partial<Situation> = {}, m = model()): ReturnType<typeof walk> =>
  walk(m, dialled(number), fromExtension('201', o));

describe('a call that is put aside', () => {
  test('is told its slot, comes back to its telephone after the time, and goes on then', () => {
    const steps = call('800');
    expect(told(steps)).toEqual(['rings 201 for 15: no-answer', 'busy 17']);
    const laid = timeline(steps, { answerMs: 0, refuseMs: 0, promptMs: 0 });
    expect(laid.heard).toEqual(['digits/8', 'digits/0', 'digits/1']);
    expect(laid.legs.map((l) => [l.startMs, l.endMs])).toEqual([[30_000, 45_000]]);
  });
  test('takes the next slot where the first is taken, and none where all are', () => {
    expect(call('800', parked({ 801: '210' })).find((s) => s.do === 'park')).toMatchObject({ slot: '802' });
    expect(told(call('800', parked({ 801: '210', 802: '210' })))).toEqual(['plays pbx-parkingfailed', 'end 16']);
  });
  test('goes on at once where the lot does not send it back', () => {
    expect(told(call('800', {}, model({ returnsToParker: 'no' })))).toEqual(['busy 17']);
  });
});

describe('a call that is taken back', () => {
  const retrieved = (number: string, o: Partial<Situation> = {}): string[] =>
    call(number, o).flatMap((s) => (s.do === 'retrieve' ? [s.slot] : []));
  test('is the one in the slot, or by the code the first that waits', () => {
    expect(retrieved('802', parked({ 802: '210' }))).toEqual(['802']);
    expect(retrieved('*85', parked({ 802: '210' }))).toEqual(['802']);
    expect(retrieved('*85800', parked({ 802: '210' }))).toEqual(['802']);
  });
  test('is not there in an empty slot', () => {
    for (const number of ['801', '*85']) expect(told(call(number))).toEqual(['plays pbx-invalidpark', 'end 16']);
  });
  test('is announced by a tone where the lot says so', () => {
    const steps = walk(model({ tone: 'both' }), dialled('801'), fromExtension('201', parked({ 801: '210' })));
    expect(told(steps)).toEqual(['plays beep']);
  });
});

test('slots are no numbers where the lot does not let them be dialled', () => {
  expect(told(walk(model({ slotsAreDialled: 'no' }), dialled('801'), fromExtension('201')))[0]).toContain('cannot-complete-as-dialed');
});
