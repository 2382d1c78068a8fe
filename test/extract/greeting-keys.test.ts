import { expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { soundBox } from './sound-box.ts';

const read = (keys: Record<string, string>, tables = {}) =>
  readBox(soundBox({ tables, astdb: Object.fromEntries(Object.entries(keys).map(([key, value]) => [`AMPUSER/201/vmx/${key}`, value])) }));
const fates = (reading: ReturnType<typeof read>): string[] =>
  reading.ledger.entries.filter((e) => e.key.includes('/vmx/')).map((e) => `${e.key.replace('201/vmx/', '')} ${e.fate}`);

it('keys in a greeting are carried for each greeting that has them switched on', () => {
  const reading = read({
    'unavail/state': 'enabled',
    'unavail/vmxopts/timeout': 's',
    'unavail/1/ext': '89161112233',
    'unavail/2/ext': '202',
    'busy/state': 'enabled',
    'busy/vmxopts/timeout': '',
    'busy/timeout': '5',
    'busy/repeat': '3',
    'busy/loops': '0',
    'temp/state': 'enabled',
  });
  expect(reading.model.extension['201']?.greetingKeys).toEqual({
    unavailable: { numbers: { 1: '89161112233', 2: '202' }, instructs: false, plays: 1, seconds: 2, forgives: 1 },
    busy: { numbers: {}, instructs: true, plays: 3, seconds: 5, forgives: 0 },
  });
  expect(fates(reading).filter((fate) => !fate.endsWith('carried'))).toEqual(['temp/state dropped']);
  expect(reading.findings.filter((f) => f.code === 'GREETING_KEYS_NOT_CARRIED')).toEqual([]);
});

it('what the PBX says of all greetings counts where a greeting says nothing, and 0 is the operator', () => {
  const globals = Object.entries({ VMX_TIMEOUT: '4', VMX_REPEAT: '2', VMX_LOOPS: '3', OPERATOR_XTN: '209' });
  const reading = read(
    { 'unavail/state': 'enabled', 'unavail/repeat': '1' },
    { globals: globals.map(([variable, value]) => ({ variable, value })) },
  );
  expect(reading.model.extension['201']?.greetingKeys.unavailable).toEqual({
    numbers: { 0: '209' },
    instructs: true,
    plays: 1,
    seconds: 4,
    forgives: 3,
  });
});

it('a greeting whose keys are switched off has none', () => {
  const reading = read({ 'unavail/state': 'blocked', 'unavail/1/ext': '202' });
  expect(reading.model.extension['201']?.greetingKeys).toEqual({ unavailable: null, busy: null });
  expect(fates(reading).sort()).toEqual(['unavail/1/ext dropped', 'unavail/state dropped']);
});
