import { describe, expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { mailboxesOf, type VoicemailBlast } from '../../src/model/voicemail-blast.ts';
import { boxOf } from './box-of.ts';

const user = (extension: string, voicemail: string): Record<string, string> => ({
  extension,
  name: extension,
  voicemail,
  ringtimer: '0',
  outboundcid: '',
});
const users = ['101', '102'].map((extension) => user(extension, 'default'));
const etc = { 'voicemail.conf': '[default]\n101 => 11,A,,,\n102 => 22,B,,,\n' };
const group = (grpnum: string, audio_label: string, password = '') => ({ grpnum, description: `G${grpnum}`, audio_label, password });

describe('one message for many mailboxes', () => {
  const { model, ledger, findings } = readBox(
    boxOf({
      etc,
      tables: {
        users,
        recordings: [{ id: '4', displayname: 'All', filename: 'custom/all' }],
        vmblast: [group('950', '-1', '47110815'), group('951', '4'), group('952', '-2', 'no digits'), group('953', '9')],
        vmblast_groups: [
          { grpnum: '950', ext: '102' },
          { grpnum: '950', ext: '101' },
          { grpnum: '950', ext: '199' },
          { grpnum: '999', ext: '101' },
        ],
      },
    }),
  );

  it('goes to its members, and says its number, a recording or nothing before', () => {
    expect(model['voicemail-blast']['950']).toEqual({
      description: 'G950',
      asksPassword: true,
      members: ['102', '101', '199'],
      label: 'number',
      recording: null,
    });
    expect(Object.values(model['voicemail-blast']).map((b) => [b.label, b.recording, b.asksPassword])).toEqual([
      ['number', null, true],
      ['recording', '4', false],
      ['none', null, false],
      ['number', null, false],
    ]);
  });

  it('keeps its password apart, and tells a member without a mailbox', () => {
    expect(model.secrets['voicemail-blast/950/password']).toBe('47110815');
    expect(JSON.stringify([model['voicemail-blast'], ledger, findings])).not.toContain('47110815');
    expect(findings.filter((f) => f.about?.kind === 'voicemail-blast').map((f) => f.code)).toEqual([
      'MEMBER_MISSING',
      'RECORDING_MISSING',
      'OWNER_MISSING',
    ]);
    expect(ledger.sums.find((s) => s.name === 'vmblast_groups')).toMatchObject({ rows: 4, carried: 3, dropped: 1 });
  });
});

it('one message for many does not reach a member whose voicemail is switched off, though he has a mailbox', () => {
  const off = { users: [user('101', 'novm'), user('102', 'default')], vmblast: [group('950', '-1')] };
  const tables = { ...off, vmblast_groups: ['101', '102'].map((ext) => ({ grpnum: '950', ext })) };
  const { model, findings } = readBox(boxOf({ etc, tables }));
  expect(mailboxesOf(model, model['voicemail-blast']['950'] as VoicemailBlast)).toEqual(['102@default']);
  expect(findings.filter((f) => f.about?.kind === 'voicemail-blast').map((f) => f.code)).toEqual(['MEMBER_MISSING']);
});

it('a callback reads the number, the wait and where it leads', () => {
  const { model } = readBox(
    boxOf({
      tables: {
        users,
        callback: [
          { callback_id: '1', description: 'Back', callbacknum: '', destination: 'from-did-direct,101,1', sleep: '5', deptname: 'x' },
          { callback_id: '2', description: 'Desk', callbacknum: ' 9161112233 ', destination: '', sleep: null, deptname: '' },
        ],
      },
    }),
  );
  expect(model.callback).toEqual({
    '1': { description: 'Back', number: '', waitSeconds: 5, next: { to: 'extension', id: '101', by: 'follow-me' } },
    '2': { description: 'Desk', number: '9161112233', waitSeconds: 0, next: { to: 'end', how: 'hangup' } },
  });
});
