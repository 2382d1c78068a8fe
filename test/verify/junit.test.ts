import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { junit } from '../../src/verify/report/junit.ts';
import { call, emptyReport, poisoned, sampleReport, scenario } from './report-sample.ts';
import { tagsOf } from './well-formed.ts';

const suiteOf = (xml: string, name: string): string | undefined => new RegExp(`<testsuite name="${name}" ([^>]*)>`).exec(xml)?.[1];

describe('JUnit of a verification', () => {
  const xml = junit(sampleReport());

  test('has a suite for what Asterisk holds and one for each kind of call, with the counts of the report', () => {
    // an expected complaint is a case that passes
    expect(suiteOf(xml, 'static')).toBe('tests="3" failures="2" skipped="0"');
    expect(suiteOf(xml, 'extension')).toBe('tests="24" failures="0" skipped="0"');
    expect(suiteOf(xml, 'did')).toBe('tests="13" failures="1" skipped="0"');
    expect(suiteOf(xml, 'queue')).toBe('tests="2" failures="0" skipped="2"');
    expect(xml.match(/<testcase /g)).toHaveLength(3 + 39 + 2);
    expect(xml.match(/<failure /g)).toHaveLength(2 + 3);
  });

  test('names a call by its scenario, and says of a failed one what differs and which way it went', () => {
    expect(xml).toContain(
      '<testcase classname="ring-group" name="ring-group/600/second-round" time="3.210"><failure message="ring time: expected device/104 20000 ms',
    );
    expect(xml).toContain('ring-group,600,2 Dial(PJSIP/103&amp;PJSIP/104,20,trM(confirm))');
    expect(xml).toContain('<skipped message="takes 300 s: run with --patient"/>');
  });

  test('of a run that looked at nothing holds no case', () => {
    expect(tagsOf(junit(emptyReport()))).toEqual(['testsuites', '/testsuites']);
  });

  test('of a clean start holds one case that passes', () => {
    expect(suiteOf(junit({ ...emptyReport(), static: { lines: [], mismatches: [] } }), 'static')).toBe(
      'tests="1" failures="0" skipped="0"',
    );
  });

  test('is well-formed and counts the same, whatever names and log lines hold', () => {
    const tame = junit(poisoned(sampleReport(), 'x'));
    const counts = (text: string): string[] => text.match(/tests="\d+" failures="\d+" skipped="\d+"/g) ?? [];
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom('<failure', '<skipped', ']]>', '"', '&', '\u0000\ufffe', "'", '\ud800'),
    );
    fc.assert(
      fc.property(text, (nasty) => {
        const made = junit(poisoned(sampleReport(), nasty));
        expect(tagsOf(made)).toEqual(tagsOf(tame));
        expect(counts(made)).toEqual(counts(tame));
      }),
    );
  });

  test('keeps the reason why a call could not be judged', () => {
    const made = junit({
      ...emptyReport(),
      calls: { results: [call(scenario('extension/102/busy'), {}, { trouble: 'AMI <lost>', passed: false })], skipped: [], seconds: 1 },
    });
    expect(made).toContain('<failure message="AMI &lt;lost&gt;">');
  });
});
