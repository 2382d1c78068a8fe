import { describe, expect, it } from 'vitest';
import { areFound, newFindings } from './planted.ts';
import { device, person } from './planted-rows.ts';
import { telephone } from './sound-box.ts';

describe('a telephone that nobody reaches is found', () => {
  areFound([
    [
      'its extension is gone',
      { tables: { devices: [device('205')], sip: telephone('205') } },
      'DEVICE_OF_NOBODY',
      'device/205',
      /extension 205, which does not exist/,
    ],
    [
      'its extension rings another',
      { tables: person('205'), astdb: { 'AMPUSER/205/device': '201' } },
      'DEVICE_OF_NOBODY',
      'device/205',
      /do not ring it/,
    ],
    ['all addresses are denied', { tables: person('205', { sip: { permit: '' } }) }, 'DEVICE_SHUT_OUT', 'device/205'],
    ['what is permitted is no network', { tables: person('205', { sip: { permit: '300.1.1.1/99' } }) }, 'DEVICE_SHUT_OUT', 'device/205'],
  ]);

  it('and an ad-hoc telephone where nobody has logged in is none', () => {
    const tables = { devices: [device('206', { devicetype: 'adhoc', user: 'none' })], sip: telephone('206') };
    expect(newFindings({ tables }).map((f) => f.code)).toEqual(['DEVICE_AD_HOC']);
  });
});
