import { expect, test } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { boxOf } from './box-of.ts';

const row = (id: string, displayname: string, filename: string) => ({
  id,
  displayname,
  filename,
  description: '',
  fcode: '0',
  fcode_pass: '',
});

const { model, findings } = readBox(
  boxOf({
    tables: {
      recordings: [
        row('1', '__invalid', 'install done'),
        row('2', 'two parts', 'custom/part1&custom/part2'),
        row('3', 'lost', 'custom/lost'),
        row('4', 'outside', 'custom/../../../etc/passwd'),
      ],
      announcement: [
        {
          announcement_id: '1',
          description: 'Closed',
          recording_id: '2',
          allow_skip: '1',
          post_dest: 'app-blackhole,busy,1',
          return_ivr: '1',
          noanswer: '0',
          repeat_msg: '9',
        },
      ],
    },
    sounds: ['custom/part1.wav', 'custom/part1.gsm', 'custom/part2.wav', 'custom/part2.txt'],
  }),
);

test('a recording of several files plays them in order, and the marker of the installation is none', () => {
  expect(Object.keys(model.recording)).toEqual(['2', '3', '4']);
  expect(model.recording['2']?.prompts).toEqual([
    { file: 'custom/part1', formats: ['wav', 'gsm'] },
    { file: 'custom/part2', formats: ['wav'] },
  ]);
});

test('a sound file that the source lacks, or whose name leads out of the sounds folder, is told', () => {
  expect(findings.filter((f) => f.code === 'SOUND_MISSING').map((f) => f.about?.id)).toEqual(['3', '4']);
  expect(model.recording['4']?.prompts).toEqual([]);
});

test('an announcement keeps its keys and its destination', () => {
  expect(model.announcement['1']).toMatchObject({ recording: '2', allowsSkip: true, repeatKey: '9', next: { to: 'end', how: 'busy' } });
});
