import { describe, expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { boxOf } from './box-of.ts';

const row = (manager_id: string, name: string, secret: string | null, more: Record<string, string> = {}) => ({
  manager_id,
  name,
  secret,
  deny: '0.0.0.0/0.0.0.0',
  permit: '127.0.0.1/255.255.255.0&10.0.0.5/255.255.255.255',
  read: 'system,call, agent',
  write: 'all',
  ...more,
});
const conf = [
  '[general]',
  'enabled = yes',
  'port = 5039',
  'webenabled = yes',
  '[admin]',
  'secret = Adm1n-secret',
  'deny=0.0.0.0/0.0.0.0',
  'permit=127.0.0.1/255.255.255.0',
  'permit=10.1.0.0/255.255.0.0',
  'read = system,call',
  'write = command',
  'writetimeout = 5000',
  'eventfilter = !Event: RTCP',
  '#include manager_additional.conf',
  '#include manager_custom.conf',
].join('\n');
const reading = readBox(
  boxOf({
    tables: {
      manager: [
        row('1', 'dialer', 'Di@ler;rest-of-it'),
        row('2', 'panel', ''),
        row('3', 'bad]name', 'secret-of-bad'),
        row('4', 'mine', 'from-the-table'),
      ],
    },
    etc: {
      'manager.conf': conf,
      'manager_additional.conf': '[dialer]\nsecret = Di@ler;rest-of-it\n',
      'manager_custom.conf': '[mine]\nsecret = from-the-file\nread = call\n',
    },
  }),
);
const codes = reading.findings.map((f) => `${f.code} ${f.about?.kind}/${f.about?.id}`);

describe('AMI users', () => {
  it('keep rights and addresses, of the table and of the files', () => {
    expect(reading.model['ami-user']).toEqual({
      admin: {
        deny: ['0.0.0.0/0.0.0.0'],
        permit: ['127.0.0.1/255.255.255.0', '10.1.0.0/255.255.0.0'],
        read: ['system', 'call'],
        write: ['command'],
        writeTimeoutMs: 5000,
      },
      dialer: {
        deny: ['0.0.0.0/0.0.0.0'],
        permit: ['127.0.0.1/255.255.255.0', '10.0.0.5/255.255.255.255'],
        read: ['system', 'call', 'agent'],
        write: ['all'],
        writeTimeoutMs: null,
      },
      panel: expect.objectContaining({ write: ['all'] }),
      mine: { deny: [], permit: [], read: ['call'], write: [], writeTimeoutMs: null },
    });
  });

  it('log in with the secret that Asterisk read, which a semicolon cuts, and the later file wins', () => {
    expect(reading.model.secrets).toEqual({
      'ami-user/admin/secret': 'Adm1n-secret',
      'ami-user/dialer/secret': 'Di@ler',
      'ami-user/mine/secret': 'from-the-file',
    });
    const told = JSON.stringify([reading.model['ami-user'], reading.ledger, reading.findings]);
    for (const secret of ['Adm1n-secret', 'Di@ler', 'rest-of-it', 'from-the', 'secret-of-bad']) expect(told).not.toContain(secret);
    expect(codes).toContain('AMI_SECRET_CUT ami-user/dialer');
  });

  it('without a secret or with a name that nobody can write are told, as are general options', () => {
    expect(codes).toEqual(
      expect.arrayContaining([
        'AMI_USER_INCOMPLETE ami-user/panel',
        'AMI_USER_INCOMPLETE undefined/undefined',
        'OPTION_NOT_CARRIED ami-user/admin',
        'OPTION_NOT_CARRIED undefined/undefined',
      ]),
    );
    expect(reading.ledger.sums.find((s) => s.name === 'manager')).toMatchObject({ rows: 4, carried: 3, dropped: 1 });
    const files = reading.ledger.entries.filter((e) => e.key.startsWith('manager')).map((e) => [e.key, e.fate]);
    expect(files).toEqual(
      expect.arrayContaining([
        ['manager.conf', 'carried'],
        ['manager_custom.conf', 'carried'],
        ['manager_additional.conf', 'dropped'],
      ]),
    );
  });
});
