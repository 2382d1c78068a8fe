import { describe, expect, it } from 'vitest';
import { junit } from '../../src/verify/report/junit.ts';
import { page } from '../../src/verify/report/page.ts';
import { sentence } from '../../src/verify/report/report.ts';
import { sampleLoad, stepAt } from './load/load-sample.ts';
import { emptyReport, sampleReport } from './report-sample.ts';
import { tagsOf } from './well-formed.ts';

const section = (html: string): string => html.slice(html.indexOf('<section id="load"')).split('</section>')[0] ?? '';
const words = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('what the report says of the load', () => {
  it('how many originates a second the machine takes, and how sure that is', () => {
    const said = (o: Parameters<typeof sampleLoad>[0]) => sentence({ ...emptyReport(), load: sampleLoad(o) });
    const [own] = sampleLoad().climbed;
    if (own === undefined) throw new Error('the sample has a side');
    expect(said({})).toContain('at 4 customers per agent this machine takes 56 originates a second;');
    expect(said({ climbed: [{ ...own, end: 'most' }] })).toContain('56 originates a second or more: no higher rate was tried');
    expect(said({ climbed: [{ ...own, capacity: 0, end: 'nothing' }] })).toContain('does not bear even the slowest storm');
    expect(said({ climbed: [own, { ...own, name: 'old', capacity: 4.4 }] })).toContain('; the old PBX on it takes 4.4 originates a second');
    expect(said({ mode: 'progressive', perAgent: 1 })).toContain('at one customer per agent');
    expect(said({ trouble: 'nobody to call', whom: null, climbed: [], soak: null })).toContain('no load test: nobody to call');
  });

  it('what customers did, and limits that are not the usual ones', async () => {
    const shares = { answers: 1, machine: 0, leavesEarly: 0, busy: 0, silent: 3 };
    const { thresholds } = sampleLoad();
    const asked = sampleLoad({ shares, thresholds: { ...thresholds, answerToAgentP95Ms: 250 } });
    const said = words(section(await page(sampleReport({ load: asked }))));
    expect(said).toContain('of a hundred customers 25 answer, 75 do not answer, as seed');
    expect(said).toContain('Limits that were asked for: p95 from answer to agent 250 ms instead of 500 ms.');
    expect(words(section(await page(sampleReport({ load: sampleLoad() }))))).not.toContain('Limits that were asked for');
  });

  it('every storm with what it was like, the pictures drawn, and nothing from outside', async () => {
    const whole = await page(sampleReport({ load: sampleLoad() }));
    tagsOf(whole);
    const html = section(whole);
    expect(words(html)).toMatch(/new 56 96 116 9 0 of 560 0 78 % 14.0 3.5 91 2.10 holds/);
    expect(words(html)).toContain('p95 from answer to agent 1200 ms, over 500 ms');
    expect(words(html)).toContain('for minutes 45');
    expect(words(html)).toContain('What to raise first for more The processor: it is full.');
    const pictures = [...html.matchAll(/<img src="data:image\/svg\+xml;base64,([^"]+)"/g)].map(([, data]) =>
      Buffer.from((data ?? '').replaceAll('&#x3D;', '='), 'base64').toString('utf8'),
    );
    expect(pictures).toHaveLength(3);
    for (const svg of pictures) {
      expect(svg).toMatch(/^<svg [\s\S]*<\/svg>$/);
      expect(svg).toContain('originates a second');
      expect(svg.replaceAll('http://www.w3.org/', '')).not.toMatch(/https?:/);
    }
  });

  it('what each habit of old boxes would cost, where that was measured', async () => {
    const profile = [{ name: 'test -e with a mask', withoutMs: 14, withMs: 179.3 }];
    expect(words(section(await page(sampleReport({ load: sampleLoad({ profile }) }))))).toContain('test -e with a mask 14.0 179.3 165.3');
    expect(section(await page(sampleReport({ load: sampleLoad() })))).not.toContain('habits of old boxes');
  });

  it('what became of the calls where something went wrong on purpose', async () => {
    const faults = [
      { name: 'core reload', wrong: [], trouble: null },
      { name: 'the database hangs', wrong: ['while it lasted: failed calls 4 %, over 1 %'], trouble: null },
      { name: 'the dialler dies', wrong: [], trouble: 'it gets no signal' },
    ];
    const said = words(section(await page(sampleReport({ load: sampleLoad({ faults }) }))));
    expect(said).toContain('core reload no call suffers');
    expect(said).toContain('the database hangs while it lasted: failed calls 4 %');
    expect(said).toContain('the dialler dies not tried: it gets no signal');
  });

  it('nothing where no storm was asked for', async () => {
    expect(await page(sampleReport())).not.toContain('<section id="load"');
  });

  it('that a run is not well where a threshold broke, in JUnit as well', async () => {
    const well = { ...emptyReport(), load: sampleLoad() };
    const ill = { ...emptyReport(), load: sampleLoad({ failed: ['it bears 2 originates a second of 4 that it must'] }) };
    expect(await page(well)).toContain('"sentence well"');
    expect(await page(ill)).not.toContain('"sentence well"');
    expect(section(await page(ill))).toContain('it bears 2 originates a second of 4');
    expect(junit(well)).toContain('tests="1" failures="0"');
    expect(junit(ill)).toContain('failures="1"');
    expect(junit({ ...ill, load: sampleLoad({ trouble: 'nobody to call' }) })).toContain('skipped="1"');
  });

  it('an unfinished step of a slow machine without a number that there is none of', async () => {
    const silent = stepAt(4, {
      figures: { originateToRing: null, answerToAgent: null, eventLag: null, rang: 0 },
      broken: ['no customer rang at all'],
    });
    const load = sampleLoad({ climbed: [{ name: 'new', steps: [silent, stepAt(2)], capacity: 0, end: 'steps' }], soak: null });
    expect(words(section(await page(sampleReport({ load }))))).not.toMatch(/NaN|undefined|null/);
  });
});
