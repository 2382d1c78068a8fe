import { describe, expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { boxOf } from './box-of.ts';

const route = (id: string, password = ''): Record<string, string> => ({ route_id: id, name: `R${id}`, password });
const usage = (set: string, id: string): Record<string, string> => ({ pinsets_id: set, dispname: 'routing', foreign_id: id });
const pinSet = (id: string, passwords: string, more: object = {}): Record<string, string> => ({
  pinsets_id: id,
  description: `Set ${id}`,
  passwords,
  addtocdr: '0',
  ...more,
});

function read(tables: Record<string, Record<string, string>[]>, etc: Record<string, string> = {}) {
  const reading = readBox(boxOf({ tables: { trunks: [], users: [], ...tables }, etc }));
  const codes = reading.findings.map((f) => `${f.code} ${f.about?.kind}/${f.about?.id}`);
  const fate = (name: string): string[] => reading.ledger.entries.filter((e) => e.name === name).map((e) => e.fate);
  return { ...reading, codes, fate };
}

describe('PIN sets', () => {
  it('guard the routes that name them, a PIN a line, each once and none of them empty', () => {
    const { model, fate, codes } = read({
      pinsets: [pinSet('1', '1111\r\n\n 0022 \n1111\n', { addtocdr: '1' }), pinSet('2', '5')],
      pinset_usage: [usage('1', '5')],
      outbound_routes: [route('5'), route('6')],
    });
    expect(model['pin-set']).toEqual({ 1: { description: 'Set 1', recordsPin: true }, 2: { description: 'Set 2', recordsPin: false } });
    expect(model.secrets).toEqual({ 'pin-set/1/pin/1': '1111', 'pin-set/1/pin/2': '0022', 'pin-set/2/pin/1': '5' });
    expect(model['outbound-route']['5']?.pinSet).toBe('1');
    expect(model['outbound-route']['6']?.pinSet).toBeNull();
    expect([fate('pinsets'), fate('pinset_usage')]).toEqual([['carried', 'carried'], ['carried']]);
    expect(codes.filter((c) => c.includes('PIN'))).toEqual([]);
  });

  it('that are gone, empty, or hold what no telephone can key are told', () => {
    const { model, codes, fate } = read({
      pinsets: [pinSet('1', ''), pinSet('2', '12a\n34')],
      pinset_usage: [usage('9', '5'), usage('1', '77')],
      outbound_routes: [route('5')],
    });
    expect(model['outbound-route']['5']?.pinSet).toBe('9');
    expect(codes).toEqual(
      expect.arrayContaining(['PIN_SET_MISSING outbound-route/5', 'PIN_NOT_KEYED pin-set/1', 'PIN_NOT_KEYED pin-set/2']),
    );
    expect(fate('pinset_usage').sort()).toEqual(['carried', 'dropped']);
  });

  it('guard nothing where their module is switched off', () => {
    const { model, fate } = read({
      modules: [{ modulename: 'pinsets', enabled: '0' }],
      pinsets: [pinSet('1', '1111')],
      pinset_usage: [usage('1', '5')],
      outbound_routes: [route('5')],
    });
    expect([model['pin-set'], model['outbound-route']['5']?.pinSet, model.secrets]).toEqual([{}, null, {}]);
    expect([fate('pinsets'), fate('pinset_usage')]).toEqual([['dropped'], ['dropped']]);
  });
});

describe('the password of a route', () => {
  it('may be a file of the site with a PIN a line, which no finding shows', () => {
    const { model, codes, findings } = read(
      { outbound_routes: [route('1', '/etc/asterisk/pins.txt'), route('2', '/etc/asterisk/none.txt'), route('3', '4711')] },
      { 'pins.txt': '9876\n5432\n' },
    );
    expect(model.secrets).toEqual({
      'outbound-route/1/password/1': '9876',
      'outbound-route/1/password/2': '5432',
      'outbound-route/3/password': '4711',
    });
    expect(Object.values(model['outbound-route']).map((r) => r.asksPassword)).toEqual([true, true, true]);
    expect(codes).toContain('PIN_FILE_MISSING outbound-route/2');
    for (const secret of Object.values(model.secrets)) expect(JSON.stringify(findings)).not.toContain(secret);
  });

  it('is not asked of an extension that needs none', () => {
    const { model } = readBox(
      boxOf({ tables: { users: [{ extension: '101' }, { extension: '102' }] }, astdb: { 'AMPUSER/101/pinless': 'NOPASSWD' } }),
    );
    expect([model.extension['101']?.needsNoPin, model.extension['102']?.needsNoPin]).toEqual([true, false]);
  });
});
