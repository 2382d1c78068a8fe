import { expect, test } from 'vitest';
import { readBox } from '../../src/extract/read-box.ts';
import { boxOf } from './box-of.ts';

const row = (id: string, displayname: string, filename: string, code: object = {}) => ({
  id,
  displayname,
  filename,
  description: '',
  fcode: '0',
  fcode_pass: '',
  ...code,
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

test('a recording is recorded anew by a code of its own where that is ticked and it has one file, by who knows the password', () => {
  const code = (id: string) => ({
    modulename: 'recordings',
    featurename: `edit-recording-${id}`,
    description: '',
    defaultcode: `*29${id}`,
    customcode: null,
    enabled: '1',
    providedest: '0',
  });
  const box = readBox(
    boxOf({
      tables: {
        recordings: [
          row('2', 'with a password', 'custom/part1', { fcode: '1', fcode_pass: '4711' }),
          row('3', 'without', 'custom/part1', { fcode: '1' }),
          row('4', 'not ticked', 'custom/part1', { fcode_pass: '1' }),
          row('5', 'two', 'custom/part1&custom/part2', { fcode: '1' }),
        ],
        featurecodes: ['2', '3', '4', '5', '6'].map(code),
      },
      sounds: ['custom/part1.wav', 'custom/part2.wav'],
    }),
  );
  expect(Object.keys(box.model['feature-code'])).toEqual(['recordings/edit-recording-2', 'recordings/edit-recording-3']);
  expect(Object.values(box.model.recording).map((r) => r.asksPassword)).toEqual([true, false, false, false]);
  expect(box.model.secrets).toMatchObject({ 'recording/2/password': '4711' });
  expect(Object.keys(box.model.secrets).filter((name) => name.startsWith('recording/'))).toEqual(['recording/2/password']);
});
