import { describe, expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { boxOf } from './box-of.ts';

const room = (exten: string, more: Record<string, string | null> = {}) => ({
  exten,
  options: '',
  userpin: '',
  adminpin: '',
  description: `Room ${exten}`,
  joinmsg_id: null,
  music: '',
  users: '0',
  ...more,
});
const reading = readBox(
  boxOf({
    tables: {
      recordings: [{ id: '2', displayname: 'Hello', filename: 'beep' }],
      meetme: [
        room('800', { options: 'wMsqcIrmoT', userpin: '73910', adminpin: '99887', joinmsg_id: '2', music: 'jazz', users: '12' }),
        room('801', { options: 'cxx', joinmsg_id: '9', music: 'inherit', description: 'Big \\"A\\"' }),
        room('801'),
        room(''),
      ],
    },
  }),
);
const open = {
  description: 'Big "A"',
  asksUserPin: false,
  asksLeaderPin: false,
  waitsForLeader: false,
  musicWhenAlone: false,
  hasMenu: false,
  quiet: false,
  announcesCount: true,
  announcesNames: false,
  records: false,
  startsMuted: false,
  talkerOptimization: false,
  talkDetection: false,
  joinAnnouncement: '9',
  musicClass: null,
  maxUsers: 0,
};

describe('a conference', () => {
  it('is what its letters say, with its PINs apart', () => {
    expect(reading.model.conference['800']).toEqual({
      description: 'Room 800',
      asksUserPin: true,
      asksLeaderPin: true,
      waitsForLeader: true,
      musicWhenAlone: true,
      hasMenu: true,
      quiet: true,
      announcesCount: true,
      announcesNames: true,
      records: true,
      startsMuted: true,
      talkerOptimization: true,
      talkDetection: true,
      joinAnnouncement: '2',
      musicClass: 'jazz',
      maxUsers: 12,
    });
    expect(reading.model.secrets).toMatchObject({ 'conference/800/user-pin': '73910', 'conference/800/leader-pin': '99887' });
    expect(JSON.stringify([reading.model.conference, reading.ledger, reading.findings])).not.toMatch(/73910|99887/);
  });

  it('tells letters that nobody knows and a recording that is gone', () => {
    expect(reading.model.conference['801']).toEqual(open);
    expect(reading.findings.filter((f) => f.about?.id === '801').map((f) => f.code)).toEqual([
      'CONFERENCE_OPTION_NOT_CARRIED',
      'OBJECT_TWICE',
      'RECORDING_MISSING',
    ]);
    expect(reading.ledger.sums.find((s) => s.name === 'meetme')).toMatchObject({ rows: 4, carried: 1, approximated: 1, dropped: 2 });
  });
});
