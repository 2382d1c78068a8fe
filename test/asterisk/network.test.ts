import { describe, expect, it } from 'vitest';
import { isNetwork } from '../../src/asterisk/network.ts';

describe('a network that Asterisk takes', () => {
  it.each(['10.0.0.5', '10.0.0.0/8', '10.0.0.0/255.0.0.0', '0.0.0.0/0', '0.0.0.0/0.0.0.0', '!192.168.1.0/24', '::1', 'fe80::/64'])(
    'is %s',
    (text) => {
      expect(isNetwork(text)).toBe(true);
    },
  );

  it.each([
    '',
    '10.0.0',
    '10.0.0.256',
    '10.0.0.0/33',
    '127.0.0.1/255.255.256.0',
    '10.0.0.0/',
    'fe80::/129',
    'fe80::/255.255.0.0',
    'pbx.lan',
    '10.0.0.1 ',
  ])('is not "%s"', (text) => {
    expect(isNetwork(text)).toBe(false);
  });
});
