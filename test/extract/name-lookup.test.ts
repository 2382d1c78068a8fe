import { describe, expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { boxOf } from './box-of.ts';

const lookup = (id: string, sourcetype: string, more: Record<string, string> = {}): Record<string, string> => ({
  cidlookup_id: id,
  description: `L${id}`,
  sourcetype,
  cache: '0',
  ...more,
});
const asks = (id: string, extension: string): Record<string, string> => ({ cidlookup_id: id, extension, cidnum: '' });
const did = (extension: string): Record<string, string> => ({ extension, cidnum: '', destination: 'app-blackhole,busy,1' });

describe("look-ups of callers' names", () => {
  const { model, findings, ledger } = readBox(
    boxOf({
      tables: {
        users: [],
        incoming: [did('100'), did('200'), did('300'), did('400')],
        cidlookup: [
          lookup('1', 'internal'),
          lookup('2', 'http', {
            cache: '1',
            http_host: 'crm.example',
            http_path: '/who',
            http_query: 'n=[NUMBER]',
            http_username: 'pbx',
            http_password: 'hush-hush',
          }),
          lookup('3', 'mysql', { mysql_password: 'not-told' }),
        ],
        cidlookup_incoming: [asks('1', '100'), asks('2', '200'), asks('3', '300'), asks('9', '400'), asks('1', '999')],
      },
      astdb: { 'cidname/79161112233': '"Ann Lee"', 'cidname/5': '' },
    }),
  );

  it('are asked by the inbound routes that name them, passwords apart', () => {
    expect(model['name-lookup']['2']).toEqual({
      description: 'L2',
      source: 'http',
      remembers: true,
      into: 'name',
      url: 'http://crm.example:80/who?n=[NUMBER]',
      user: 'pbx',
    });
    expect(model.secrets).toEqual({ 'name-lookup/2/password': 'hush-hush' });
    const named = Object.values(model['inbound-route']).map((r) => [r.did, r.nameLookup]);
    expect(named).toEqual([
      ['100', '1'],
      ['200', '2'],
      ['300', '3'],
      ['400', null],
    ]);
    expect(model.phonebook).toEqual({ 79161112233: { name: 'Ann Lee' } });
  });

  it('that the new box cannot ask, and one that does not exist, are told without their passwords', () => {
    const codes = findings.map((f) => `${f.code} ${f.about?.id}`);
    expect(codes).toEqual(expect.arrayContaining(['NAME_LOOKUP_NOT_CARRIED 3', 'NAME_LOOKUP_MISSING 400/any']));
    expect(JSON.stringify(findings)).not.toMatch(/hush-hush|not-told/);
    expect(ledger.entries.filter((e) => e.fate === 'unknown')).toEqual([]);
  });

  it('of Issabel go into the call record, unless the box says that the name is shown', () => {
    const issabel = (setvariable: string) =>
      readBox(boxOf({ tables: { users: [], cidlookup: [lookup('1', 'internal', { setvariable })] } })).model['name-lookup']['1']?.into;
    expect([issabel(''), issabel('cidname')]).toEqual(['record', 'name']);
  });
});
