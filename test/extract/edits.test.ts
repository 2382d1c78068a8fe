import { expect, it } from 'vitest';
import { differences } from '../../src/extract/edits.ts';
import { aModel, houseOf } from '../model/a-model.ts';

it('what a person changed in a model is told by object and field, and no secret with it', () => {
  const fresh = { ...aModel(houseOf({ 101: { name: 'Desk' }, 102: {} })), secrets: { 'device/101/sip': 'old-one' } };
  const edited = {
    ...aModel(houseOf({ 101: { name: 'Front desk', language: 'fr' }, 105: {} })),
    secrets: { 'device/101/sip': 'new-one', 'device/105/sip': 'another' },
  };
  const told = differences(edited, fresh);
  expect(told).toEqual(
    expect.arrayContaining([
      'extension/101: language, name',
      'extension/102 is not in the model',
      'extension/105 is in the model alone',
      'secret device/101/sip',
      'secret device/105/sip',
    ]),
  );
  expect(told.join()).not.toMatch(/-one|another/);
  expect(differences(fresh, fresh)).toEqual([]);
});
