import { expect, test } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { boxOf } from './box-of.ts';

const code = (modulename: string, featurename: string, defaultcode: string | null, customcode: string | null = '', enabled = '1') => ({
  modulename,
  featurename,
  description: `${modulename} ${featurename}`,
  defaultcode,
  customcode,
  enabled,
  providedest: '1',
});
const { model, findings, ledger } = readBox(
  boxOf({
    tables: {
      featurecodes: [
        code('donotdisturb', 'dnd_toggle', '*76', '*99'),
        code('recordings', 'record_check', '*99'),
        code('core', 'simu_pstn', '7777', null, '0'),
        code('core', 'disconnect', '**'),
        code('core', 'pickup', '**', ''),
        code('daynight', 'toggle-mode-0', '*280', null),
        code('daynight', 'toggle-mode-all', '*28', null),
        code('daynight', 'toggle-mode-5', '*285', null),
        code('dictate', 'dodictate', '*34'),
        code('gone', 'nothing', null, null),
      ],
      daynight: [{ ext: '0', dmode: 'fc_description', dest: 'Main' }],
      modules: [{ modulename: 'dictate', enabled: '0' }],
      incoming: [
        { extension: '5', cidnum: '', destination: 'ext-featurecodes,*99,1' },
        { extension: '6', cidnum: '', destination: 'ext-featurecodes,*76,1' },
      ],
    },
  }),
);

test('a feature code has the number that the site gave it, else the one that it came with', () => {
  expect(model['feature-code']).toEqual({
    'donotdisturb/dnd_toggle': { description: 'donotdisturb dnd_toggle', code: '*99', enabled: true },
    'recordings/record_check': { description: 'recordings record_check', code: '*99', enabled: true },
    'core/simu_pstn': { description: 'core simu_pstn', code: '7777', enabled: false },
    'core/disconnect': { description: 'core disconnect', code: '**', enabled: true },
    'core/pickup': { description: 'core pickup', code: '**', enabled: true },
    'daynight/toggle-mode-0': { description: 'daynight toggle-mode-0', code: '*280', enabled: true },
    'daynight/toggle-mode-all': { description: 'daynight toggle-mode-all', code: '*28', enabled: true },
  });
});

test('codes of modules that are off, of objects that are gone and without a number answer to nobody', () => {
  const dropped = ledger.entries.filter((e) => e.name === 'featurecodes' && e.fate === 'dropped');
  expect(dropped.map((e) => e.because)).toEqual([
    'the object that it belongs to does not exist',
    'the module is switched off, so that nothing answers to the code',
    'it has no number',
  ]);
});

test('one number for two codes is told, but not for one that is keyed during a call', () => {
  expect(findings.filter((f) => f.code === 'FEATURE_CODE_TWICE').map((f) => f.about?.id)).toEqual(['donotdisturb/dnd_toggle']);
});

test('a destination that names a number which no code has leads nowhere', () => {
  expect(model['inbound-route']['5/any']?.destination).toEqual({ to: 'feature-code', code: '*99' });
  expect(model['inbound-route']['6/any']?.destination).toMatchObject({ to: 'missing' });
});
