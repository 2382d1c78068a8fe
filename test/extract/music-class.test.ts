import { describe, expect, it } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { musicFiles } from '../../src/model/music-class.ts';
import { boxOf } from './box-of.ts';

const read = (o: Parameters<typeof boxOf>[0]) => readBox(boxOf(o));
const codes = (reading: ReturnType<typeof readBox>) => reading.findings.map((f) => `${f.code} ${f.about?.kind}/${f.about?.id}`);
const silence = { mode: 'silence', sort: 'alphabetical', directory: null, files: [], application: null };

describe('music on hold', () => {
  it('is what musiconhold.conf says, with the files of its folders', () => {
    const conf = [
      '[default]',
      'mode=files',
      'directory=/var/lib/asterisk/mohmp3/',
      'sort=alpha',
      '[jazz]',
      'mode=files',
      'directory=/usr/share/asterisk/moh/Jazz club',
      'random=yes',
      'announcement=beep',
      '[radio]',
      'mode=custom',
      'application=/usr/bin/mpg123 -q http://me:73910@radio.example/stream',
      '[none]',
      'mode=files',
      'directory=/var/lib/asterisk/mohmp3/.nomusic_reserved',
      '[elsewhere]',
      'mode=files',
      'directory=/opt/music',
      '[up]',
      'mode=files',
      'directory=/var/lib/asterisk/mohmp3/../../../etc',
    ].join('\n');
    const reading = read({
      etc: { 'musiconhold.conf': '[general]\n#include musiconhold_additional.conf\n', 'musiconhold_additional.conf': conf },
      music: [
        'mohmp3/waltz.wav',
        'mohmp3/LICENSE',
        'mohmp3/.random',
        'mohmp3/Jazz club/Ночь.mp3',
        'moh/Jazz club/Ночь.mp3',
        'moh/Jazz club/day.gsm',
        'moh/Jazz club/a\nb.wav',
        'moh/Jazz club/deeper/x.wav',
      ],
      musicLinks: ['moh/passwd.wav'],
    });
    expect(reading.model['music-class']).toEqual({
      default: { mode: 'files', sort: 'alphabetical', directory: '/var/lib/asterisk/mohmp3/', files: ['waltz.wav'], application: null },
      jazz: {
        mode: 'files',
        sort: 'random',
        directory: '/usr/share/asterisk/moh/Jazz club',
        files: ['day.gsm', 'Ночь.mp3'],
        application: null,
      },
      radio: {
        mode: 'stream',
        sort: 'alphabetical',
        directory: null,
        files: [],
        application: '/usr/bin/mpg123 -q http://radio.example/stream',
      },
      none: silence,
      elsewhere: { mode: 'files', sort: 'alphabetical', directory: '/opt/music', files: [], application: null },
      up: { mode: 'files', sort: 'alphabetical', directory: '/var/lib/asterisk/mohmp3/../../../etc', files: [], application: null },
    });
    expect(codes(reading)).toEqual(
      expect.arrayContaining([
        'MUSIC_STREAM_NOT_CARRIED music-class/radio',
        'MUSIC_NOT_CARRIED music-class/elsewhere',
        'MUSIC_FILE_NOT_CARRIED music-class/jazz',
        'MUSIC_FILE_NOT_CARRIED undefined/undefined',
        'OPTION_NOT_CARRIED music-class/jazz',
      ]),
    );
    expect(reading.ledger.entries.filter((e) => e.key.startsWith('musiconhold')).map((e) => `${e.key} ${e.fate}`)).toEqual([
      'musiconhold.conf dropped',
      'musiconhold_additional.conf carried',
    ]);
  });

  it('is the folders where the file that FreePBX writes is not in the copy', () => {
    const reading = read({
      etc: { 'musiconhold.conf': '#include musiconhold_additional.conf\n' },
      music: [
        'mohmp3/waltz.wav',
        'mohmp3/jazz/.random',
        'mohmp3/jazz/one.wav',
        'moh/radio/.custom',
        'mohmp3/.nomusic_reserved/silence.wav',
      ],
    });
    expect(reading.model['music-class']).toEqual({
      default: { mode: 'files', sort: 'alphabetical', directory: '/var/lib/asterisk/mohmp3', files: ['waltz.wav'], application: null },
      jazz: { mode: 'files', sort: 'random', directory: '/var/lib/asterisk/mohmp3/jazz', files: ['one.wav'], application: null },
      radio: { mode: 'stream', sort: 'alphabetical', directory: null, files: [], application: null },
      none: silence,
    });
    expect(codes(reading).some((code) => code.startsWith('INCLUDE_MISSING'))).toBe(false);
  });

  it('never takes a class whose name leads out of the folder of music', () => {
    const reading = read({
      etc: { 'musiconhold.conf': '[../../secrets]\nmode=files\ndirectory=/x/moh\n[..]\nmode=files\n[.git]\nmode=files\n' },
      music: ['moh/a.wav'],
    });
    expect(reading.model['music-class']).toEqual({});
    const own = { mode: 'files' as const, sort: 'alphabetical' as const, directory: null, files: ['a.wav'], application: null };
    expect(musicFiles({ '../up': own, jazz: own }).map((f) => f.inModel)).toEqual(['music/jazz/a.wav']);
  });

  it('that something names and nobody has is told', () => {
    const ringgroups = [{ grpnum: '600', strategy: 'ringall', grptime: '20', grplist: '101', postdest: '', ringing: 'evening' }];
    const reading = read({ tables: { ringgroups }, music: ['moh/a.wav'] });
    expect(codes(reading)).toContain('MUSIC_CLASS_MISSING ring-group/600');
    expect(codes(read({ tables: { ringgroups }, music: ['moh/evening/a.wav'] }))).not.toContain('MUSIC_CLASS_MISSING ring-group/600');
  });
});
