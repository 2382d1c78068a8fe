import { expect, test } from 'vitest';
import { contextOf, smallHouse, treeOf } from './some-pbx.ts';

const prompts = [{ file: 'custom/part1', formats: ['wav'] }, { file: 'custom/lost' }, { file: 'custom/part2', formats: ['gsm'] }];
const tree = await treeOf({
  ...smallHouse,
  recording: { '2': { name: 'Closed', prompts } },
  announcement: {
    '1': { recording: '2', next: { to: 'ring-group', id: '600' } },
    '2': { recording: '2', withoutAnswer: 'yes', repeatKey: '9', allowsSkip: 'yes' },
    '3': { recording: '7' },
  },
});
const text = tree.text('extensions.d/announcement.conf');

test('an announcement answers, plays what is there of its recording, and goes on', () => {
  expect(contextOf(text, 'app-announcement-1')).toEqual([
    'exten = s,1,Set(ANNOUNCED=$[0${ANNOUNCED} + 1])',
    'same = n,GotoIf($[${ANNOUNCED} > 10]?app-blackhole,congestion,1)',
    'same = n,GotoIf($["${CHANNEL(state)}" = "Up"]?play)',
    'same = n,Answer()',
    'same = n,Wait(1)',
    'same = n(play),Playback(custom/part1&custom/part2)',
    'same = n,Goto(ext-group,600,1)',
  ]);
});

test('one that does not answer plays all the same, and its keys repeat or end it', () => {
  const lines = contextOf(text, 'app-announcement-2');
  expect(lines).toContain('same = n(play),BackGround(custom/part1&custom/part2,n)');
  expect(lines).toContain('exten = 9,1,Goto(s,play) ; once more');
  expect(lines.some((l) => l.startsWith('exten = _[0-9*#],1,Goto(app-blackhole,hangup,1)'))).toBe(true);
});

test('one without a sound goes on at once', () => {
  expect(contextOf(text, 'app-announcement-3').at(-1)).toBe('same = n(play),Goto(app-blackhole,hangup,1) ; there is no file to play');
});
