import { describe, expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { boxOf } from './box-of.ts';
import { areFound, newFindings } from './planted.ts';
import { device } from './planted-rows.ts';
import { soundBox } from './sound-box.ts';

const vmx = (state: string) => ({
  'AMPUSER/201/vmx/unavail/state': state,
  'AMPUSER/201/vmx/unavail/vmxopts/timeout': '2',
  'AMPUSER/201/vmx/unavail/1/ext': '89161112233',
});
const boss = {
  bosssecretary_group: [{ id_group: '1', label: 'Board' }],
  bosssecretary_boss: [{ id_group: '1', boss_extension: '201' }],
  bosssecretary_secretary: [{ id_group: '1', secretary_extension: '202' }],
};

describe('what the new box does not have is told with whom it is about', () => {
  areFound([
    [
      'a key in a greeting that leads out of the numbers of the house',
      { astdb: { ...vmx('enabled'), 'AMPUSER/201/vmx/unavail/2/ext': 's', 'AMPUSER/201/vmx/unavail/2/context': 'door' } },
      'GREETING_KEYS_NOT_CARRIED',
      'extension/201',
      /unavailable greeting of 201 .*: 2 for door,s,1/,
    ],
    [
      'where a greeting sends who keys nothing',
      { astdb: { ...vmx('enabled'), 'AMPUSER/201/vmx/unavail/timedest/ext': '202' } },
      'GREETING_KEYS_NOT_CARRIED',
      'extension/201',
      /timedest\/ext = 202/,
    ],
    ['a boss whose secretary takes his calls', { tables: boss }, 'BOSS_SECRETARY_NOT_CARRIED', 'extension/201', /rang 202 in his place/],
    [
      'a telephone that is nobody’s',
      { tables: { devices: [device('2001', { user: 'none', devicetype: 'adhoc' })] } },
      'DEVICE_AD_HOC',
      'device/2001',
    ],
    [
      'a telephone to which somebody is logged in',
      { tables: { devices: [device('2001', { user: 'none', devicetype: 'adhoc' })] }, astdb: { 'DEVICE/2001/user': '201' } },
      'DEVICE_AD_HOC',
      'device/2001',
      /stays with 201/,
    ],
  ]);

  it('and what is switched off is not', () => {
    expect(newFindings({ astdb: vmx('disabled') })).toEqual([]);
    const modules = [{ modulename: 'bosssecretary', enabled: '0' }];
    expect(newFindings({ tables: { ...boss, modules } }).map((f) => f.code)).not.toContain('BOSS_SECRETARY_NOT_CARRIED');
  });

  it('and its rows and keys stand in the ledger with the reason', () => {
    const { ledger } = readBox(soundBox({ tables: boss, astdb: vmx('disabled') }));
    const entries = ledger.entries.filter((e) => e.name.startsWith('bosssecretary') || e.key.includes('/vmx/'));
    expect(entries.map((e) => e.fate)).toEqual(entries.map(() => 'dropped'));
    expect(entries).toHaveLength(6);
  });
});

it('what the old PBX wrote from its tables is accounted for with them, telephone cards too', () => {
  const etc = Object.fromEntries(
    ['sip_additional.conf', 'sip_registrations.conf', 'chan_dahdi_additional.conf', 'zapata_additional.conf', 'pinset_1'].map((path) => [
      path,
      'x=1\n',
    ]),
  );
  const { ledger } = readBox(boxOf({ etc }));
  expect(ledger.entries.filter((e) => e.space === 'file').map((e) => [e.fate, e.because])).toEqual(
    Object.keys(etc).map(() => ['dropped', 'the old PBX wrote it from its tables, which are read themselves']),
  );
});
