import { describe, expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { boxOf } from './box-of.ts';

const users = ['101', '102', '103'].map((extension) => ({
  extension,
  name: extension,
  voicemail: 'novm',
  ringtimer: '0',
  outboundcid: '',
}));
const row = (grpnum: string, more: Record<string, string | null> = {}) => ({
  grpnum,
  strategy: 'hunt-prim',
  grptime: '15',
  grppre: 'F:',
  grplist: '101-89161112233#',
  annmsg_id: '5',
  postdest: `ext-local,${grpnum},dest`,
  dring: 'ring1',
  remotealert_id: '6',
  needsconf: 'CHECKED',
  toolate_id: '7',
  pre_ring: '7',
  ringing: 'jazz',
  ...more,
});
const read = (o: Parameters<typeof boxOf>[0]) =>
  readBox(
    boxOf({
      ...o,
      tables: { users, recordings: ['5', '6', '7'].map((id) => ({ id, displayname: id, filename: 'beep' })), ...o.tables },
    }),
  );
const fates = (reading: ReturnType<typeof readBox>, name: string) =>
  Object.fromEntries(reading.ledger.entries.filter((e) => e.name === name).map((e) => [e.key, e.fate]));
const codes = (reading: ReturnType<typeof readBox>) => reading.findings.map((f) => `${f.code} ${f.about?.kind}/${f.about?.id}`);

describe('follow me', () => {
  it('is the table where AstDB says nothing', () => {
    const { model } = read({ tables: { findmefollow: [row('101')] } });
    expect(model['follow-me']['101']).toEqual({
      enabled: true,
      strategy: 'hunt',
      firstMemberIsPrimary: true,
      preRingSeconds: 7,
      ringSeconds: 15,
      members: [
        { number: '101', outside: false },
        { number: '89161112233', outside: true },
      ],
      announcement: '5',
      noAnswer: { to: 'extension', id: '101', by: 'unanswered' },
      callerNamePrefix: 'F:',
      alertInfo: 'ring1',
      confirms: true,
      confirmPrompt: '6',
      tooLatePrompt: '7',
      musicClass: 'jazz',
      callerId: { mode: 'default', fixed: '' },
    });
  });

  it('is what its owner set where AstDB says otherwise', () => {
    const reading = read({
      tables: { findmefollow: [row('101')] },
      astdb: {
        'AMPUSER/101/followme/ddial': 'EXTENSION',
        'AMPUSER/101/followme/prering': '0',
        'AMPUSER/101/followme/grptime': '33',
        'AMPUSER/101/followme/grplist': '102-103',
        'AMPUSER/101/followme/grpconf': 'DISABLED',
        'AMPUSER/101/followme/changecid': 'fixed',
        'AMPUSER/101/followme/fixedcid': '74951234500',
        'AMPUSER/102/followme/ddial': 'DIRECT',
      },
    });
    expect(reading.model['follow-me']['101']).toMatchObject({
      enabled: false,
      preRingSeconds: 0,
      ringSeconds: 33,
      members: [{ number: '102' }, { number: '103' }],
      confirms: false,
      callerId: { mode: 'fixed', fixed: '74951234500' },
    });
    expect(fates(reading, 'AMPUSER')).toMatchObject({ '101/followme/grplist': 'carried', '102/followme/ddial': 'dropped' });
  });

  it('rings all at once by a strategy that the old box does not know, and tells members whom nobody has', () => {
    const reading = read({
      tables: {
        findmefollow: [
          row('101', { strategy: 'random', grplist: '102-999' }),
          row('102', { strategy: 'memoryhunt', postdest: '' }),
          row('103', { strategy: 'ringallv2', needsconf: '' }),
        ],
      },
    });
    expect(Object.values(reading.model['follow-me']).map((f) => f.strategy)).toEqual(['ringall', 'ringall', 'ringallv2']);
    expect(reading.model['follow-me']['102']?.noAnswer).toEqual({ to: 'end', how: 'hangup' });
    expect(fates(reading, 'findmefollow')).toEqual({ '#1': 'approximated', '#2': 'approximated', '#3': 'carried' });
    expect(reading.findings).toContainEqual(expect.objectContaining({ code: 'MEMBER_MISSING', where: 'member 999' }));
  });

  it('of an extension that is gone is kept and told, and of a module that is off is nothing', () => {
    const reading = read({ tables: { findmefollow: [row('555'), row('')] } });
    expect(Object.keys(reading.model['follow-me'])).toEqual(['555']);
    expect(codes(reading)).toContain('FOLLOW_ME_WITHOUT_EXTENSION follow-me/555');
    const off = read({
      tables: { findmefollow: [row('101')], modules: [{ modulename: 'findmefollow', enabled: '0' }] },
      astdb: { 'AMPUSER/101/followme/ddial': 'DIRECT' },
    });
    expect(off.model['follow-me']).toEqual({});
    expect(fates(off, 'AMPUSER')).toEqual({ '101/followme/ddial': 'dropped' });
  });
});
