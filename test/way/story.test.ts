import { describe, expect, it } from 'vitest';
import { moments } from '../../src/model/moments.ts';
import { numbering } from '../../src/model/numbering.ts';
import { beginning, type Circumstances } from '../../src/way/beginning.ts';
import { dot, drawing, picture } from '../../src/way/picture.ts';
import { asOne, shownText } from '../../src/way/show.ts';
import { storiesByHour, story, storyText } from '../../src/way/story.ts';
import { aHouse } from './a-house.ts';

const model = aHouse();
const inside = numbering(model);

function told(kind: string, id: string, o: Partial<Circumstances> = {}): string[] {
  return storyText(story(model, beginning(model, kind, id, { time: null, phones: 'ignore', ...o }), inside));
}

describe('the way of a call, told', () => {
  it('goes by the hour, and by every key of a menu; a menu is told once', () => {
    expect(told('did', '7495', { time: '2026-11-24 11:00' })).toEqual([
      'inbound route 7495/any',
      'time condition 1 "Open"',
      'time condition 1 "Open": in time',
      'menu 1 "Main"',
      'answered by the PBX',
      'hears custom/welcome; has 7 s for a key',
      '- 1:',
      '    ring group 600 "Night"',
      '    rings device 101, which shows "70001112233" 70001112233, device 102, which shows "70001112233" 70001112233 for 20 s: nobody answers',
      '    the call ends',
      '- 2:',
      '    menu 2 "More"',
      '    has 7 s for a key',
      '    - 9:',
      '        menu 1 "Main"',
      '        hears custom/welcome; has 7 s for a key',
      '        and so on, as above',
      '    - nothing keyed:',
      '        hears vm-goodbye',
      '        the call ends',
      '- nothing keyed:',
      '    hears vm-goodbye',
      '    the call ends',
    ]);
  });

  it('who calls from inside shows his name, and telephones may answer or be busy', () => {
    expect(told('number', '102', { caller: '101', phones: 'answer' })).toEqual([
      'extension 102 "Name 102"',
      'rings device 102, which shows "Name 101" 101: answered',
    ]);
    expect(told('extension', '102', { phones: 'busy' }).at(1)).toMatch(/: busy$/);
  });

  it('at every hour that makes a difference, where no hour is named', () => {
    const ways = storiesByHour(model, beginning(model, 'did', '7495', { time: null, phones: 'ignore' }), inside, moments(model));
    expect(ways.map((w) => w.story.lines[2])).toEqual(['time condition 1 "Open": in time', 'time condition 1 "Open": out of time']);
    expect(ways.map((w) => w.times.length)).toEqual([1, 1]);
    expect(shownText({ what: 'did 7495', ways })).toMatch(/^did 7495\n {2}Tue 2026-11-24 11:00:\n {4}inbound route 7495\/any\n/);
    expect(asOne(ways).branches).toHaveLength(2);
  });

  it('a circle is told twice, then once more at its end', () => {
    const circle = {
      '600': { ringSeconds: '5', strategy: 'ringall', members: [{ number: '101' }], noAnswer: { to: 'announcement', id: '1' } },
    };
    const round = aHouse({ 'ring-group': circle, announcement: { '1': { next: { to: 'ring-group', id: '600' } } } });
    const text = storyText(story(round, beginning(round, 'ring-group', '600', { time: null, phones: 'ignore' }), numbering(round)));
    expect(text.filter((line) => line === 'ring group 600')).toHaveLength(3);
    expect(text.filter((line) => /^\.\.\. round again, \d+ times \.\.\.$/.test(line))).toHaveLength(1);
    expect(text.join('\n')).toMatch(/sent on too often, at \S+: the call ends/);
  });

  it('of what is not there nothing is told, and it is said what is', () => {
    expect(() => told('queue', '400')).toThrow(expect.objectContaining({ code: 'E_SHOW_NOTHING', hint: 'The model has no queue.' }));
    expect(() => told('ivr', '9')).toThrow(expect.objectContaining({ hint: 'The model has ivr 1, 2.' }));
    expect(() => told('ivr', 'constructor')).toThrow(expect.objectContaining({ code: 'E_SHOW_NOTHING' }));
  });
});

describe('a picture of it', () => {
  const one = story(model, beginning(model, 'ivr', '1', { time: null, phones: 'ignore' }), inside);

  it('has a box for each stretch and an arrow for each key', async () => {
    const svg = await picture('ivr 1', one);
    expect(svg).toMatch(/^<svg/);
    expect(svg.match(/<g id="node/g)).toHaveLength(7);
    expect(svg.match(/<g id="edge/g)).toHaveLength(6);
    expect(svg).toContain('menu 1');
  });

  it('is laid out for a page that draws it itself', async () => {
    const laid = await drawing('7495', one);
    expect([laid.boxes.length, laid.arrows.length]).toEqual([6, 6]);
    expect(laid.texts.map((t) => t.text)).toEqual(expect.arrayContaining(['7495', 'menu 1 "Main"', 'nothing keyed']));
    for (const { x, y } of laid.texts) {
      expect(x > 0 && x < laid.width).toBe(true);
      expect(y > 0 && y < laid.height).toBe(true);
    }
    for (const { line, tip } of laid.arrows) expect(`${line} ${tip}`).toMatch(/^M[\d.]+,[\d.]+ C[\d., ]+$/);
  });

  it('shows names as text, whatever is in them', async () => {
    const hostile = { lines: ['a "b" \\n <script>alert(1)</script> & {x|y}'], branches: [], byTime: false };
    expect(dot('"]; x', hostile).match(/^ {2}\w+ \[/gm)).toHaveLength(2 + 2);
    const svg = await picture('"]; x -> y; "', hostile);
    expect(svg).not.toContain('<script');
    expect(svg.match(/<g id="node/g)).toHaveLength(2);
  });
});
