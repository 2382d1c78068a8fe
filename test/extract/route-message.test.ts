import { describe, expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { settingsOf } from '../../src/model/kinds.ts';
import { boxOf } from './box-of.ts';

const row = (keyword: string, data: string): Record<string, string> => ({ keyword, data });
const box = (rows: Record<string, string>[], more: Record<string, Record<string, string>[]> = {}) =>
  readBox(
    boxOf({ tables: { users: [], recordings: [{ id: '3', displayname: 'away', filename: 'custom/away' }], outroutemsg: rows, ...more } }),
  );
const messages = (reading: ReturnType<typeof box>) => settingsOf(reading.model).routeMessages;

describe('what callers hear whose call goes nowhere', () => {
  it('is a recording of the house, the tone, or the usual words, by what became of the call', () => {
    const reading = box([
      row('default_msg_id', '3'),
      row('intracompany_msg_id', '-2'),
      row('emergency_msg_id', '-1'),
      row('no_answer_msg_id', '-3'),
      row('invalidnmbr_msg_id', '77'),
    ]);
    expect(messages(reading)).toEqual({
      busy: { recording: '3' },
      company: 'tone',
      emergency: 'usual',
      unanswered: 'tone',
      incomplete: { recording: '77' },
      wrongNumber: null,
    });
    expect(reading.findings.map((f) => f.code)).toContain('RECORDING_MISSING');
    const fates = reading.ledger.entries.filter((e) => e.name === 'outroutemsg').map((e) => e.fate);
    expect(fates.toSorted()).toEqual(['approximated', 'carried', 'carried', 'carried', 'carried']);
  });

  it('of a number that does not exist is told apart by Issabel alone', () => {
    const rows = [row('unallocated_msg_id', '3')];
    expect(messages(box(rows)).wrongNumber).toBeNull();
    expect(messages(box(rows, { issabelpbx_settings: [] })).wrongNumber).toEqual({ recording: '3' });
    expect(messages(box([], { issabelpbx_settings: [] })).wrongNumber).toBe('usual');
  });

  it('is the usual where the module is switched off', () => {
    const reading = box([row('default_msg_id', '3')], { modules: [{ modulename: 'outroutemsg', enabled: '0' }] });
    expect(messages(reading).busy).toBe('usual');
    expect(reading.ledger.entries.find((e) => e.name === 'outroutemsg')?.fate).toBe('dropped');
  });
});
