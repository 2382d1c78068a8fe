import { describe, expect, test } from 'vitest';
import { fromExtension, fromOutside, type Situation } from '../../src/model/walk/situation.ts';
import { dialled, walk } from '../../src/model/walk.ts';
import { aModel, houseOf, stateWith } from './a-model.ts';
import { told } from './told.ts';

const model = aModel({
  ...houseOf({ 201: stateWith({}), 202: stateWith({}), 209: stateWith({}) }),
  'feature-code': { 'hotelwakeup/hotelwakeup': { code: '*68' } },
  'wake-up': { 1: { operators: ['209'], extensionDigits: '3' } },
});

const set = (extension: string, keys: string[], wakeUps: Record<string, string> = {}): string[] => {
  const at: Partial<Situation> = { keys, state: { extensions: {}, trunks: {}, wakeUps } };
  return walk(model, dialled('*68'), fromExtension(extension, at)).flatMap((s) =>
    s.do === 'set' ? [`${s.key}=${s.value ?? 'gone'}`] : [],
  );
};

describe('a wake-up call', () => {
  test.each([
    ['0730', '1', '0730'],
    ['0730', '2', '1930'],
    ['0730', '', '0730'],
    ['1215', '1', '0015'],
    ['1215', '2', '1215'],
    ['730#', '1', '0730'],
    ['0', '2', '1200'],
  ])('for %s, half %j of the day, is for %s', (keyed, half, time) => {
    expect(set('201', [keyed, half])).toEqual([`WAKEUP/201=${time}`]);
  });
  test('after one in the afternoon is ordered with no question', () => {
    expect(set('201', ['1930'])).toEqual(['WAKEUP/201=1930']);
  });
  test('at an hour that no clock has is asked for three times', () => {
    expect(set('201', ['2460', '0965', '0800', '1'])).toEqual(['WAKEUP/201=0800']);
    expect(set('201', ['2460', '99#', '', '0800'])).toEqual([]);
  });
  test('that waits is said, taken back by 2 and put at another time by 1', () => {
    expect(set('201', ['2'], { 201: '0730' })).toEqual(['WAKEUP/201=gone']);
    expect(set('201', ['1', '1400'], { 201: '0730' })).toEqual(['WAKEUP/201=1400']);
    expect(set('201', [''], { 201: '0730' })).toEqual([]);
  });
  test('is ordered by the reception for whom it says, and for nobody who is not there', () => {
    expect(set('209', ['201', '1400'])).toEqual(['WAKEUP/201=1400']);
    expect(set('209', ['555', '1400'])).toEqual([]);
  });
  test('is not ordered from outside', () => {
    expect(told(walk(model, dialled('*68'), fromOutside('555', '')))).toEqual(['plays agent-loggedoff', 'end 16']);
  });
});
