import { expect, test } from 'vitest';
import { currentKey } from '../../src/verify/static/feature-keys.ts';

const line = (name: string, standard: string, current: string): string => `${name.padEnd(25)} ${standard.padEnd(7)} ${current.padEnd(7)}`;

test('a key that Asterisk gives no default is read from its column all the same', () => {
  const shown = [line('Blind Transfer', '#', '##'), line('Attended Transfer', '', '*2'), line('Disconnect Call', '*', '')].join('\n');
  expect(currentKey(shown, 'Blind Transfer')).toBe('##');
  expect(currentKey(shown, 'Attended Transfer')).toBe('*2');
  expect(currentKey(shown, 'Disconnect Call')).toBe('');
});
