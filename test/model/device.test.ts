import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupNumbers } from '../../src/model/device.ts';

test('pickup groups are read as numbers and ranges, whatever stands there', () => {
  expect([...groupNumbers('1, 3-5,63')]).toEqual([1, 3, 4, 5, 63]);
  expect([...groupNumbers('')]).toEqual([]);
  expect([...groupNumbers('none,7-,62-99999999')]).toEqual([62, 63]);
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 63 })), (list) => {
      expect(groupNumbers(list.join(','))).toEqual(new Set(list));
    }),
  );
});
