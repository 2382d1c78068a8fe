import { describe, expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { boxOf } from './box-of.ts';

const users = ['101', '102'].map((extension) => ({
  extension,
  name: `User ${extension}`,
  voicemail: 'novm',
  ringtimer: '0',
  outboundcid: '',
}));
const details = {
  id: '1',
  dirname: 'People',
  description: 'all of them',
  announcement: '4',
  callid_prefix: 'D:',
  alert_info: 'ring2',
  repeat_loops: '2',
  repeat_recording: '0',
  invalid_recording: '4',
  invalid_destination: 'from-did-direct,101,1',
  retivr: '1',
  say_extension: '1',
};
const entry = (o: Record<string, string>) => ({ id: '1', e_id: '1', name: '', type: 'user', foreign_id: '', audio: 'vm', dial: '', ...o });

describe('a directory', () => {
  const { model, ledger, findings } = readBox(
    boxOf({
      tables: {
        users,
        recordings: [{ id: '4', displayname: 'Hello', filename: 'custom/hello' }],
        directory_details: [details],
        directory_entries: [
          entry({ foreign_id: '101' }),
          entry({ foreign_id: '102', name: 'Ann Young', dial: '9161112233', audio: '4' }),
          entry({ name: 'Taxi', dial: '84951234567', type: 'custom', audio: 'spell' }),
          entry({ foreign_id: '199' }),
          entry({ id: '9', foreign_id: '101' }),
        ],
      },
    }),
  );

  it('has the names and numbers of its entries, those of the extensions where it says none', () => {
    expect(model.directory).toEqual({
      '1': {
        name: 'People',
        ofMailboxes: false,
        matches: 'both',
        entries: [
          { name: 'User 101', number: '101' },
          { name: 'Ann Young', number: '9161112233' },
          { name: 'Taxi', number: '84951234567' },
        ],
        announcement: '4',
        callerNamePrefix: 'D:',
        alertInfo: 'ring2',
        saysNumber: true,
        returnsToIvr: true,
        next: { to: 'extension', id: '101', by: 'follow-me' },
      },
    });
  });

  it('tells who is found no more, and what is heard otherwise', () => {
    expect(
      findings
        .filter((f) => f.about?.kind === 'directory')
        .map((f) => f.code)
        .sort(),
    ).toEqual(['MEMBER_MISSING', 'OPTION_NOT_CARRIED', 'OWNER_MISSING']);
    expect(ledger.sums.find((s) => s.name === 'directory_entries')).toMatchObject({ rows: 5, carried: 3, approximated: 1, dropped: 1 });
    expect(findings.filter((f) => f.code === 'COLUMN_UNREAD')).toEqual([]);
  });

  it('of all mailboxes is what # leads to in menus of FreePBX 2.8', () => {
    const old = readBox(
      boxOf({
        tables: {
          users,
          globals: [
            { variable: 'DIRECTORY', value: 'first' },
            { variable: 'DIRECTORY_OPTS', value: 'e' },
            { variable: 'OPERATOR_XTN', value: '101' },
          ],
          ivr: [
            {
              ivr_id: '1',
              displayname: 'Menu',
              enable_directory: 'CHECKED',
              enable_directdial: '',
              timeout: '5',
              announcement_id: '0',
              loops: '2',
            },
          ],
          ivr_dests: [{ ivr_id: '1', selection: '1', dest: 'app-directory,#,1', ivr_ret: '0' }],
        },
      }),
    );
    expect(old.model.directory['#']).toMatchObject({
      ofMailboxes: true,
      matches: 'first',
      saysNumber: true,
      next: { to: 'number', context: 'from-internal', number: '101' },
    });
    expect(old.model.ivr['1']?.entries.map((e) => [e.keys, e.destination])).toEqual([
      ['1', { to: 'directory', id: '#' }],
      ['#', { to: 'directory', id: '#' }],
    ]);
    expect(old.findings.filter((f) => f.code.startsWith('DESTINATION'))).toEqual([]);
  });
});

describe('the phone book by first names', () => {
  const code = {
    modulename: 'pbdirectory',
    featurename: 'app-pbdirectory',
    description: '',
    defaultcode: '411',
    customcode: '',
    enabled: '1',
  };
  const routes = [{ extension: '5550', cidnum: '', destination: 'app-pbdirectory,pbdirectory,1' }];
  const BOOK: Record<string, string> = { 'cidname/84951234567': '"Anna Smith"', 'cidname/anonymous': 'Nobody', 'cidname/102': '' };
  const read = (tables: Parameters<typeof boxOf>[0]['tables'], astdb = BOOK) =>
    readBox(boxOf({ tables: { users, featurecodes: [code], incoming: routes, ...tables }, astdb })).model;
  const on = (enabled: string) => ({ modules: [{ modulename: 'pbdirectory', enabled }] });

  it('has whoever stands in it with a number that can be dialled', () => {
    const model = read(on('1'));
    expect(model.directory['phonebook']).toMatchObject({ matches: 'first', entries: [{ name: 'Anna Smith', number: '84951234567' }] });
    expect(model['inbound-route']['5550/any']?.destination).toEqual({ to: 'directory', id: 'phonebook' });
  });
  it('is none where its module is off or gone, or nobody stands in it', () => {
    for (const model of [
      read(on('0')),
      read({ modules: [{ modulename: 'core', enabled: '1' }] }),
      read(on('1'), { ...BOOK, 'cidname/84951234567': '' }),
    ]) {
      expect(model.directory).toEqual({});
      expect(model['inbound-route']['5550/any']?.destination).toMatchObject({ to: 'missing' });
    }
  });
});
