import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { RecordShape } from '../../src/verify/old/record-shape.ts';
import { page } from '../../src/verify/report/page.ts';
import { cannotJudge, sentence } from '../../src/verify/report/report.ts';
import { call, emptyReport, leg, poisoned, sampleReport, scenario, trace } from './report-sample.ts';
import { tagsOf } from './well-formed.ts';

const NASTY = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='x",
  '</style></details></html>',
  '{{{x}}}',
  '&lt;script&gt;',
  '\u202eevil\u2066',
  '\u0000\u0008\ud800',
  '<!--',
  ']]>',
];
const nastyText = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.tuple(fc.string({ maxLength: 5 }), fc.constantFrom(...NASTY)).map((parts) => parts.join('')),
);

/** What a reader sees: no tags, entities read back. */
function words(html: string): string {
  const marks: Record<string, string> = {
    '&amp;': '&',
    '&lt;': '<',
    '&gt;': '>',
    '&quot;': '"',
    '&#x27;': "'",
    '&#x60;': '`',
    '&#x3D;': '=',
  };
  return html
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&[#\w]+;/g, (m) => marks[m] ?? m)
    .replace(/\s+/g, ' ');
}

const section = (html: string, id: string): string => html.slice(html.indexOf(`<section id="${id}"`)).split('</section>')[0] ?? '';

describe('the page of a verification', () => {
  let html = '';
  beforeAll(async () => {
    html = await page(sampleReport());
  });

  test('says first how it went, then what no lab can tell, then what differs, then what to do', () => {
    const opening = words(html.slice(html.indexOf('<body>'))).trim();
    expect(opening.startsWith(`Verification of the new PBX ${sentence(sampleReport())}`)).toBe(true);
    for (const text of cannotJudge(sampleReport())) expect(words(section(html, 'cannot-judge'))).toContain(text);
    const headings = [...html.matchAll(/<h2>(.*?)<\/h2>/g)].map((m) => m[1]);
    expect(headings).toEqual([
      'What the lab cannot judge',
      'What differs',
      'What to do',
      'Each object and its calls',
      'The way of a call to each number',
      'What became of the old data',
      'All calls',
      'What was tested',
    ]);
  });

  test('is read with no network; its one script is the one that its policy names', () => {
    const [script, ...others] = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map((m) => m[1] ?? '');
    expect(others).toEqual([]);
    expect(html.replaceAll('&#x3D;', '=')).toContain(
      `script-src 'sha256-${createHash('sha256')
        .update(script ?? '')
        .digest('base64')}'`,
    );
    expect(html).not.toMatch(/<script [^>]|<link|<img|<iframe|@import|url\(|\ssrc=/i);
    expect(html).toContain("default-src 'none'");
    expect([...html.matchAll(/href="([^"]*)"/g)].map((m) => m[1]?.[0])).toEqual(Array.from({ length: 7 }, () => '#'));
    for (const [, id] of html.matchAll(/href="#([^"]*)"/g)) expect(html).toContain(`id="${id}"`);
  });

  test('shows of a failed call who called whom, both sides and the way through the dialplan', () => {
    const differs = words(section(html, 'differs'));
    expect(differs).toContain('"Анна Петрова" <101> (device/101) dials 600');
    expect(differs).toContain('2. device/105, 2.0 s, shows "Анна Петрова" <101>, answered');
    expect(differs).toContain('CF/103 is set to 104 in AstDB');
    expect(differs).toContain("the caller presses '1' 0.5 s after the answer");
    expect(differs).toContain('ring-group,600,2 Dial(PJSIP/103&PJSIP/104,20,trM(confirm))');
    expect(differs).toContain('It could not be judged: the call did not reach the PBX within 10 s');
  });

  test('lists what Asterisk holds otherwise, and tells complaints that are expected from those that are not', () => {
    const differs = section(html, 'differs');
    expect(words(differs)).toContain('mailbox/101 name Анна Петрова ???? ???????');
    expect(differs.indexOf('pjsip_wizard.conf')).toBeLessThan(differs.indexOf('that are expected'));
    expect(differs.indexOf('Debian builds it so')).toBeGreaterThan(differs.indexOf('that are expected'));
  });

  test('puts what needs a decision before what is good to know, each with its cure', () => {
    const codes = [...section(html, 'to-do').matchAll(/<code>([A-Z_]{6,})<\/code>/g)].map((m) => m[1]);
    expect(codes).toEqual(['ROUTE_HOURS_MISSING', 'EMERGENCY_ROUTE_SWALLOWED', 'COLUMN_UNREAD', 'SIP_GUESTS_ALLOWED', 'ENCODING_REPAIRED']);
    expect(words(section(html, 'to-do'))).toContain('Make a trunk for the carrier at 203.0.113.7.');
  });

  test('accounts for every row, and names those that nothing reads', () => {
    const ledger = words(section(html, 'ledger'));
    expect(ledger).toContain('All 3,818 3,401 7 405 5');
    expect(ledger).toMatch(/table dundi_peers : 3 unknown What became of it Why Rows unknown no reader asks for it Заречный/);
    expect(ledger).toContain('and 104 more in report.json');
    expect(ledger).not.toContain('spoken of by nobody');
  });

  test('says loudly that rows are unaccounted for', async () => {
    const { ledger } = sampleReport();
    if (ledger === null) throw new Error('the sample has a ledger');
    const [first, ...rest] = ledger.sums;
    const short = await page(
      sampleReport({ ledger: { ...ledger, sums: first === undefined ? [] : [{ ...first, rows: first.rows + 7 }, ...rest] } }),
    );
    expect(words(short)).toContain('7 rows of the source are spoken of by nobody');
  });

  test('draws a failed call as expected and as seen, with what differs marked', () => {
    const pictures = [...html.matchAll(/<figure class="sequence">[\s\S]*?<\/figure>/g)].map((m) => m[0]);
    expect(pictures.length).toBeGreaterThanOrEqual(2);
    expect(pictures.filter((p) => p.includes('<figcaption>Seen</figcaption>')).some((p) => p.includes('class="off"'))).toBe(true);
    for (const picture of pictures) expect(words(picture)).toContain('caller PBX');
  });

  test('shows of each object the calls that are about it', () => {
    const objects = section(html, 'objects');
    for (const { scenario } of sampleReport().calls?.results ?? [])
      for (const { id } of scenario.about) expect(objects).toContain(`<bdi>${id}</bdi>`);
  });

  test('counts calls by kind, and holds the way of those that failed alone', async () => {
    expect(words(section(html, 'calls'))).toMatch(/did 13 12 1 –.*queue 2 0 – 2 All 41 36 3 2/);
    expect(words(section(html, 'calls'))).toContain('2 calls: takes 300 s: run with --patient');
    const passed = { ...call(scenario('extension/102/answered')), way: ['from-internal,102,1 NoOp(of-a-passed-call)'] };
    expect(await page(sampleReport({ calls: { results: [passed], skipped: [], seconds: 1 } }))).not.toContain('of-a-passed-call');
  });

  test('tells what was edited by hand and what the lab changed', () => {
    const tested = words(section(html, 'tested'));
    expect(tested).toContain('etc/asterisk/queues.conf');
    expect(tested).toMatch(/'Ростелеком' at an address of its own : etc\/asterisk\/pjsip.conf etc\/asterisk\/pjsip.d\/trunks.conf/);
  });

  test('does not call a run well that looked at nothing', async () => {
    const empty = await page(emptyReport());
    tagsOf(empty);
    expect(empty).not.toContain('"sentence well"');
    expect(words(empty)).toContain('No calls were placed in this run');
  });

  test('calls a run well where all went as it should', async () => {
    const results = [call(scenario('extension/102/answered', { expect: trace({ legs: [leg({ kind: 'device', id: '102' })] }) }))];
    const well = await page(
      sampleReport({ findings: [], static: { lines: [], mismatches: [] }, calls: { results, skipped: [], seconds: 2 } }),
    );
    expect(well).toContain('"sentence well"');
    expect(words(section(well, 'differs'))).toContain('Nothing of what was looked at');
  });
});

/** What calls of a kind leave in the call records. */
function shape(kind: string, rows: number): RecordShape {
  const filled = { did: 0, accountcode: 0.25, userfield: 0, recordingfile: 0 };
  return { kind, calls: 12, rows: { [rows]: 12 }, told: { dcontext: { 'ext-queues': 12 }, lastapp: { Queue: 12 } }, filled };
}

describe('the old PBX beside the new one', () => {
  const [first] = sampleReport().calls?.results ?? [];
  if (first === undefined || first.trace === null) throw new Error('the sample has no call');
  const calls = { old: { ...first, trace: { ...first.trace, heard: ['old-prompt'] } }, new: first };
  const judged = (verdict: 'same' | 'differs' | 'expected', rule: string | null) => ({
    scenario: first.scenario,
    calls,
    verdict,
    differences: verdict === 'same' ? [] : [{ what: 'heard' as const, expected: 'old-prompt', seen: 'new-prompt', rule }],
    noise: [],
  });
  const against = {
    trouble: null,
    left: [{ id: 'queue/400/waits-out', why: 'it waits long' }],
    clients: [],
    records: {
      untold: null,
      old: [shape('from outside to a number of the kind queue, somebody answers', 1), shape('parked', 2)],
      new: [shape('from outside to a number of the kind queue, somebody answers', 2)],
      differences: [{ kind: 'from outside to a number of the kind queue, somebody answers', was: 'one row a call', is: 'mostly 2' }],
    },
    changes: [{ file: 'etc/asterisk/sip.conf', because: 'the address of the old box is not in the lab' }],
    missing: ['application Foo, in [bar]'],
    seconds: 61,
    comparison: {
      judged: [judged('differs', null), judged('expected', 'used'), judged('same', null)],
      rules: [
        { id: 'used', because: 'this must be so', calls: 1 },
        { id: 'stale', because: 'nobody needs this any more', calls: 0 },
      ],
    },
  };

  test('shows a call that differs on both sides, what must differ with its reason, and reasons that nothing needed', async () => {
    const report = sampleReport({ against });
    const html = await page(report);
    const told = words(section(html, 'old-side'));
    expect(told).toContain('3 calls placed into both: 1 the same, 1 otherwise for a known reason, 1 otherwise.');
    expect(told).toContain('heard : Old PBX: old-prompt ; New PBX: new-prompt');
    expect(told).toContain('1 call: this must be so');
    expect(told).toMatch(/Reasons that no call of this run needed.*nobody needs this any more/);
    expect(told).toContain('application Foo, in [bar]');
    expect(told).toContain('1 call: it waits long queue/400/waits-out');
    expect(sentence(report)).toContain('1 of 3 go as in the old PBX, 1 otherwise for a known reason, 1 otherwise');
    expect(tagsOf(html)).toBeDefined();
  });

  test('shows what a call leaves in the call records of both, and what of it reports find otherwise', async () => {
    const told = words(section(await page(sampleReport({ against })), 'old-side'));
    expect(told).toContain('from outside to a number of the kind queue, somebody answers : before, one row a call ; now, mostly 2');
    expect(told).toContain('12 calls, one row a call, Queue in [ext-queues], accountcode 25 %');
    expect(told).toMatch(/parked .*not tried/);
    const untold = { untold: 'the source holds no call records', old: [], new: [], differences: [] };
    const none = await page(sampleReport({ against: { ...against, records: untold } }));
    expect(words(section(none, 'old-side'))).toContain('Their shape is not compared: the source holds no call records .');
  });

  test('says why there is no comparison, and nothing at all where nobody asked', async () => {
    const html = await page(sampleReport({ against: { ...against, comparison: null, trouble: 'extensions.conf is not there' } }));
    expect(words(section(html, 'old-side'))).toContain('Nothing could be compared: extensions.conf is not there');
    expect(await page(sampleReport())).not.toContain('old-side');
  });

  test('says that a source with too little of the old PBX leaves the lab without its judgement', async () => {
    const html = await page(sampleReport({ notCompared: 'the source lacks extensions_additional.conf' }));
    expect(words(section(html, 'cannot-judge'))).toContain('in the old PBX itself: the source lacks extensions_additional.conf.');
  });
});

describe('text of the box on the page', () => {
  test('is text, whatever it holds: the tags are those of a page about tame names', async () => {
    const tame = tagsOf(await page(poisoned(sampleReport(), 'x')));
    await fc.assert(
      fc.asyncProperty(nastyText, async (text) => {
        const html = await page(poisoned(sampleReport(), text));
        expect(html.match(/<script/gi)).toHaveLength(1);
        expect(tagsOf(html)).toEqual(tame);
      }),
      { numRuns: 60 },
    );
  });

  test('comes back as it was', async () => {
    const name = `O'Neil & "Söhne" <script>`;
    const failed = call(scenario('extension/102/answered', { caller: { as: 'extension', ref: null, number: '101', name } }), { keys: '5' });
    expect(words(await page(sampleReport({ calls: { results: [failed], skipped: [], seconds: 1 } })))).toContain(
      `"${name}" <101> dials 102`,
    );
  });

  test('of a megabyte does not make a page of a megabyte', async () => {
    const trouble = 'x'.repeat(1_000_000);
    const html = await page(
      sampleReport({ calls: { results: [call(scenario('a/1'), {}, { trouble, passed: false })], skipped: [], seconds: 1 } }),
    );
    expect(html.length).toBeLessThan(100_000);
    expect(html).toContain('(998000 more characters in report.json)');
  });
});

test('a box with 5,000 calls and 3,000 findings, or where every call fails, still fits a browser', async () => {
  const { calls, findings } = sampleReport();
  const base = calls?.results ?? [];
  const long = Array.from({ length: 500 }, (_, i) => `macro-dial,s,${i} Set(X=${'y'.repeat(60)})`);
  const many = <T>(list: readonly T[], n: number): T[] => Array.from({ length: n }, (_, i) => list[i % list.length] as T);
  const usual = await page(
    sampleReport({ findings: many(findings, 3000), calls: { results: many(base, 5000), skipped: [], seconds: 900 } }),
  );
  const failing = base.filter((c) => !c.passed).map((c) => ({ ...c, way: long }));
  const worst = await page(sampleReport({ calls: { results: many(failing, 5000), skipped: [], seconds: 900 } }));
  expect(usual.length).toBeLessThan(6_000_000);
  expect(worst.length).toBeLessThan(16_000_000);
  expect(words(worst)).toContain('4,800 more calls failed');
});

test('no template of the page prints what nobody escaped, or holds a block other than each and if', () => {
  const folder = new URL('../../templates/report/', import.meta.url);
  for (const file of readdirSync(folder)) {
    const text = readFileSync(new URL(file, folder), 'utf8');
    expect(text, file).not.toMatch(/\{\{~?[{&]/);
    for (const [, block] of text.matchAll(/\{\{#(\S+)/g)) expect(['each', 'if'], file).toContain(block);
  }
});
