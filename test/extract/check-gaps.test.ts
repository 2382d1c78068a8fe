import { describe, expect, it } from 'vitest';
import { checkGaps } from '../../src/extract/check-gaps.ts';
import { aModel } from '../model/a-model.ts';

function told(...lines: string[]): string[] {
  const held = lines.map((text, i) => {
    const [, extension, priority, application, args] = /^([^,]+),(\S+) (\w+)\((.*)\)$/.exec(text) ?? [];
    return extension === undefined
      ? { at: `x.conf:${i + 1}`, include: text }
      : { at: `x.conf:${i + 1}`, extension, priority, application, arguments: args ?? '' };
  });
  return checkGaps(aModel({ 'custom-dialplan': { x: { lines: held } } })).map((f) => `${f.where} ${f.means}`);
}

describe('a gap in the priorities of hand-made dialplan', () => {
  it('is told with the line that no call comes to', () => {
    expect(told('5566,1 Answer()', '5566,2 Playback(beep)', '5566,4 Playback(late)')).toEqual([
      'x.conf:3 Nothing stands at x,5566,3: a call ends there, and does not come to the line at 4.',
    ]);
    expect(told('5566,1 Answer()', '5566,3 Hangup()', 'more')).toHaveLength(1);
  });

  it.each([
    ['lines in sequence', ['5566,1 Answer()', '5566,n Playback(beep)', '5566,n Hangup()']],
    ['lines behind one that leads elsewhere', ['5566,1 Goto(5566,10)', '5566,10 Playback(beep)']],
    ['a place to which the old Asterisk jumped by itself', ['5566,1 Dial(SIP/101)', '5566,102 Busy()']],
    ['a pattern that has the line in between', ['5566,1 Answer()', '5566,3 Hangup()', '_55XX,2 Playback(beep)']],
    ['a context of the PBX included that may have it', ['5566,1 Answer()', '5566,3 Hangup()', 'ext-local']],
    ['another extension of the same context', ['5566,1 Answer()', '5567,3 Hangup()']],
  ])('is none: %s', (_, lines) => {
    expect(told(...lines)).toEqual([]);
  });
});
