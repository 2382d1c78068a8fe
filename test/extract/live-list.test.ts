import { describe, expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { boxOf } from './box-of.ts';

const users = [{ extension: '101', name: 'One', voicemail: 'novm', ringtimer: '0', outboundcid: '' }];
const astdb = {
  'blacklist/79990001122': 'Хулиган',
  'blacklist/7999': '1',
  'blacklist/blocked': '1',
  'blacklist/dest': 'app-blackhole,hangup,1',
  'sysspeeddials/1': '84951112233',
  'sysspeeddials/2': '',
  'AMPUSER/101/speeddials/1': '89161112233',
  'AMPUSER/101/speeddials/22': '101',
  'AMPUSER/999/speeddials/1': '101',
};
const read = (o: Parameters<typeof boxOf>[0]) => readBox(boxOf({ ...o, tables: { users, ...o.tables } }));
const dropped = (reading: ReturnType<typeof readBox>) =>
  reading.ledger.entries.filter((e) => e.space === 'astdb' && e.fate === 'dropped').map((e) => `${e.name}/${e.key}`);

describe('the blacklist', () => {
  it('is its numbers with what people wrote beside them, and who has none; where such callers go is no number', () => {
    expect(read({ astdb }).model.blacklist).toEqual({
      79990001122: { description: 'Хулиган' },
      7999: { description: '' },
      blocked: { description: '' },
    });
    expect(read({ astdb: { 'blacklist/blocked': '0' } }).model.blacklist).toEqual({});
  });
});

describe('speed dials', () => {
  it('are the house’s and each extension’s own', () => {
    const reading = read({ astdb });
    expect(reading.model['speed-dial']).toEqual({ 1: { number: '84951112233' } });
    expect(reading.model.extension['101']?.speedDials).toEqual({ 1: '89161112233', 22: '101' });
    expect(dropped(reading)).toEqual(['blacklist/dest', 'sysspeeddials/2', 'AMPUSER/999/speeddials/1']);
  });
});

describe('lists of modules that are switched off', () => {
  it('mean nothing', () => {
    const off = ['blacklist', 'speeddial'].map((modulename) => ({ modulename, enabled: '0' }));
    const reading = read({ astdb, tables: { modules: off } });
    expect([reading.model.blacklist, reading.model['speed-dial'], reading.model.extension['101']?.speedDials]).toEqual([{}, {}, {}]);
    expect(dropped(reading)).toHaveLength(9);
  });
});
