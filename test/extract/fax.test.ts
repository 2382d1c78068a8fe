import { describe, expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { boxOf } from './box-of.ts';

const users = [{ extension: '101', name: 'Front', voicemail: 'novm', ringtimer: '0', outboundcid: '' }];
const tables = {
  users,
  incoming: [{ extension: '5550', cidnum: '', destination: 'ext-fax,101,1' }],
  fax_users: [
    { user: '101', faxenabled: 'true', faxemail: 'front@house.example' },
    { user: '102', faxenabled: '', faxemail: '' },
  ],
  fax_details: [{ key: 'minrate', value: '9600' }],
  fax_incoming: [{ extension: '5550', cidnum: '', detection: 'sip', detectionwait: '4', destination: 'ext-fax,101,1', legacy_email: null }],
};

describe('what the new box does not do', () => {
  const { ledger, findings } = readBox(boxOf({ tables }));

  it('is told with what takes its place', () => {
    const fax = findings.filter((f) => f.code === 'FAX_NOT_CARRIED');
    expect(fax.map((f) => [f.about?.kind, f.about?.id, f.severity]).sort()).toEqual([
      ['extension', '101', 'error'],
      ['inbound-route', '5550/any', 'error'],
    ]);
    expect(fax.every((f) => /carrier|adapter/.test(f.hint))).toBe(true);
  });

  it('leaves no row of it unaccounted, and no column unread', () => {
    const own = ledger.sums.filter((s) => /^fax_/.test(s.name));
    expect(own.map((s) => [s.name, s.rows, s.dropped]).sort()).toEqual([
      ['fax_details', 1, 1],
      ['fax_incoming', 1, 1],
      ['fax_users', 2, 2],
    ]);
    expect(findings.filter((f) => f.code === 'COLUMN_UNREAD')).toEqual([]);
  });
});
